import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { writeWhole } from "./files";

/** The pack's rule that asks whether a CA is public, and its setting for those that the machine does not know. */
const [rule, setting] = ["domain-configuration-validation-certificate", "publicRoots"] as const;

/**
 * Writes the policy pack's configuration as a run in the sandbox takes it: with the sandbox's own public CA among those
 * that AWS trusts.
 *
 * @param given The stack's own configuration of the pack, if there is one; whether it is right, is for the pack to say.
 * @param roots The sandbox's public roots, in PEM.
 * @param folder Where the copy is written.
 * @returns The file for the engine; what was given where there is nothing to add.
 */
export function policyConfigurationFor(
    given: string | undefined,
    roots: readonly string[],
    folder: string,
): string | undefined {
    const configuration = given === undefined ? {} : readObject(given);
    if (roots.length === 0 || configuration === undefined) {
        return given;
    }
    const own = configuration[rule];
    const entry = typeof own === "string" ? { enforcementLevel: own } : (own as Record<string, unknown> | undefined);
    const others = Array.isArray(entry?.[setting]) ? (entry[setting] as unknown[]) : [];
    const file = path.join(folder, path.basename(given ?? "policies.json"));
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeWhole(file, JSON.stringify({ ...configuration, [rule]: { ...entry, [setting]: [...others, ...roots] } }));
    return file;
}

function readObject(file: string): Record<string, unknown> | undefined {
    try {
        const content: unknown = JSON.parse(readFileSync(file, "utf8"));
        return typeof content === "object" && content !== null && !Array.isArray(content)
            ? (content as Record<string, unknown>)
            : undefined;
    } catch {
        return undefined;
    }
}
