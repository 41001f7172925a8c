import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { packFolder, type ConfiguredLevel, type PackConfiguration } from "../../policies/client/packClient";
import { configurationName, readConfiguration } from "../../policies/framework/configuration";
import type { Exemption } from "../../policies/framework/exemptions";
import { rules } from "../../policies/rules";
import { Failure } from "../../sandbox";
import { shortStackName } from "./stackFile";

/** The pack that previews are checked with. */
export const policyFolder = packFolder;

/** The file that configures the pack for a stack of a project, if there is one. */
export function policyConfigurationOf(project: string, stack: string): string | undefined {
    const file = path.join(project, `Pulumi.${shortStackName(stack)}.policies.json`);
    return existsSync(file) ? file : undefined;
}

/** The engine's options for the pack's configuration. */
export function policyOptions(file: string | undefined): string[] {
    return file === undefined ? [] : ["--policy-pack-config", file];
}

/** The exemptions in a configuration of the pack; none where there is no file. */
export function exemptionsIn(file: string | undefined): readonly Exemption[] {
    const own = file === undefined ? undefined : readPackConfiguration(file)[configurationName];
    // Whether they are what they should be, the pack has judged.
    return (own?.["exemptions"] ?? []) as readonly Exemption[];
}

/** The rules that a configuration of the pack turns off, by their own entries or by its preset. */
export function disabledRules(file: string | undefined): readonly string[] {
    const configuration = file === undefined ? {} : readPackConfiguration(file);
    const given = new Map(
        [...rules, { name: configurationName, enforcementLevel: "advisory" } as const].map((rule) => {
            const { level = rule.enforcementLevel, ...properties } = configuration[rule.name] ?? {};
            return [rule.name, { enforcementLevel: level, properties }];
        }),
    );
    const { entries } = readConfiguration(rules, given);
    return [...entries].filter(([, entry]) => entry.enforcementLevel === "disabled").map(([name]) => name);
}

const levels: readonly ConfiguredLevel[] = ["mandatory", "advisory", "disabled"];

/**
 * Reads a configuration of the pack as the engine does: a rule's entry is a level, or settings that may hold one, and
 * `all` is the level of the rules that have no entry.
 *
 * @throws Failure where the file is not such a configuration; what the names in it mean is for the pack to judge.
 */
export function readPackConfiguration(file: string): PackConfiguration {
    const { all, ...entries } = parseFile(file);
    const everywhere =
        all === undefined ? {} : Object.fromEntries(rules.map(({ name }) => [name, entryOf(file, "all", all)]));
    const own = Object.entries(entries).map(([name, entry]) => [name, entryOf(file, name, entry)] as const);
    return { ...everywhere, ...Object.fromEntries(own) };
}

function parseFile(file: string): Record<string, unknown> {
    let content: unknown;
    try {
        content = JSON.parse(readFileSync(file, "utf8"));
    } catch (error) {
        throw new Failure(`${file}: expected a JSON file, got ${(error as Error).message}; correct it`);
    }
    if (typeof content !== "object" || content === null || Array.isArray(content)) {
        throw new Failure(`${file}: expected an object with the names of rules, got something else; correct it`);
    }
    return content as Record<string, unknown>;
}

function entryOf(file: string, name: string, entry: unknown): PackConfiguration[string] {
    const { enforcementLevel, ...settings } =
        typeof entry === "object" && entry !== null ? (entry as Record<string, unknown>) : { enforcementLevel: entry };
    if (enforcementLevel !== undefined && !(levels as readonly unknown[]).includes(enforcementLevel)) {
        throw new Failure(
            `${file}: ${name}: expected one of ${levels.join(", ")}, got ${JSON.stringify(enforcementLevel)}; correct it`,
        );
    }
    return enforcementLevel === undefined ? settings : { ...settings, level: enforcementLevel as ConfiguredLevel };
}
