import * as pulumi from "@pulumi/pulumi";
import { contractVersion, domainsOutputSchema, type DomainOutput } from "./contract";

/** The name of the stack output that holds the contract. */
export const domainsOutputName = "domains";

/**
 * Reads the domains of another stack of this program.
 *
 * @throws {pulumi.RunError} when the stack has no such output, when its major version is not this reader's, or when a
 * value is not what the contract says; the message names the stack and what to do.
 */
export function readDomains(stack: pulumi.StackReference): pulumi.Output<Record<string, DomainOutput>> {
    return pulumi
        .all([stack.name, stack.getOutput(domainsOutputName)])
        .apply(([name, value]) => parseDomains(value, `stack ${name}`));
}

/**
 * Checks what another stack's output `domains` holds, however it was read: `pulumi stack output --json` will do.
 *
 * @param source Where the value comes from, for the error.
 */
export function parseDomains(value: unknown, source: string): Record<string, DomainOutput> {
    if (value === undefined || value === null) {
        throw new pulumi.RunError(
            `${source}: expected an output named ${domainsOutputName}, got none; deploy that stack, and check its name`,
        );
    }
    refuseOtherMajorVersions(value, source);
    const result = domainsOutputSchema.safeParse(value);
    if (!result.success) {
        const faults = result.error.issues.map(
            (issue) => `  - ${[domainsOutputName, ...issue.path].join(".")}: ${issue.message}`,
        );
        throw new pulumi.RunError(
            [`${source}: its outputs are not those of iot-domains ${contractVersion}:`, ...faults].join("\n"),
        );
    }
    return result.data;
}

function refuseOtherMajorVersions(value: unknown, source: string): void {
    const major = (version: unknown) => String(version).split(".")[0];
    for (const [key, domain] of Object.entries(value as Record<string, { version?: unknown } | null>)) {
        if (domain?.version !== undefined && major(domain.version) !== major(contractVersion)) {
            throw new pulumi.RunError(
                `${source}: ${domainsOutputName}.${key}.version: expected ${major(contractVersion)}.x, ` +
                    `got ${String(domain.version)}; use the reader of that version of iot-domains`,
            );
        }
    }
}
