import { createHash, randomBytes } from "node:crypto";
import type { AutomaticName } from "./properties";
import type { PlainBag } from "./values";

/** What the engine says of a name that the program did not give. */
export interface NameRequest {
    /** The resource's name in the program. */
    readonly resourceName: string;
    /** Makes a plan and its execution agree; empty where nothing is planned. */
    readonly randomSeed: Uint8Array;
    /** What `pulumi:autonaming` in the stack's configuration asks for. */
    readonly configured?: { readonly mode: "propose" | "enforce" | "disable"; readonly proposedName: string };
}

const randomCharacters = 7;

/**
 * The name of a resource that the program leaves unnamed: `name-` and seven hexadecimal digits.
 *
 * @returns `undefined` where the stack's configuration switches such names off
 * @throws Error where the resource's own name leaves no room for the random digits
 */
export function automaticName(rule: AutomaticName, request: NameRequest, inputs: PlainBag): string | undefined {
    const { configured } = request;
    if (configured?.mode === "disable") {
        return undefined;
    }
    if (configured !== undefined) {
        return configured.proposedName;
    }
    const prefix = `${request.resourceName}-`;
    if (prefix.length + randomCharacters > rule.maximumLength) {
        throw new Error(
            `name '${prefix}' plus ${randomCharacters} random chars is longer than maximum length ${rule.maximumLength}`,
        );
    }
    const random =
        request.randomSeed.length > 0 ? createHash("sha256").update(request.randomSeed).digest() : randomBytes(32);
    return `${prefix}${random.toString("hex").slice(0, randomCharacters)}${rule.suffix?.(inputs) ?? ""}`;
}
