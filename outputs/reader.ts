import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { domainsOutputSchema, type DomainOutput } from "./contract";
import { provisioningOutputSchema, type ProvisioningOutput } from "./provisioningContract";
import { contractVersion } from "./version";

/** The name of the stack output that holds the domains. */
export const domainsOutputName = "domains";

/** The name of the stack output that holds how devices get their identity. */
export const provisioningOutputName = "provisioning";

/**
 * Reads the domains of another stack of this program.
 *
 * @throws {pulumi.RunError} when the stack has no such output, when its major version is not this reader's, or when a
 * value is not what the contract says; the message names the stack and what to do.
 */
export function readDomains(stack: pulumi.StackReference): pulumi.Output<Record<string, DomainOutput>> {
    return read(stack, domainsOutputName, parseDomains);
}

/**
 * Reads how devices get their identity in another stack of this program. It is a secret as a whole wherever a bundle holds a
 * private key.
 *
 * @throws {pulumi.RunError} when the stack has no provisioning, and as {@link readDomains}.
 */
export function readProvisioning(stack: pulumi.StackReference): pulumi.Output<ProvisioningOutput> {
    return read(stack, provisioningOutputName, parseProvisioning);
}

/**
 * Checks what another stack's output `domains` holds, however it was read: `pulumi stack output --json` will do.
 *
 * @param source Where the value comes from, for the error.
 */
export function parseDomains(value: unknown, source: string): Record<string, DomainOutput> {
    return parse(value, source, {
        name: domainsOutputName,
        schema: domainsOutputSchema,
        versioned: (all) => Object.entries(all).map(([key, domain]) => [`${domainsOutputName}.${key}`, domain]),
        absent: "deploy that stack, and check its name",
    });
}

/**
 * Checks what another stack's output `provisioning` holds, however it was read; with `--show-secrets`, where keys are needed.
 *
 * @param source Where the value comes from, for the error.
 */
export function parseProvisioning(value: unknown, source: string): ProvisioningOutput {
    return parse(value, source, {
        name: provisioningOutputName,
        schema: provisioningOutputSchema,
        versioned: (whole) => [[provisioningOutputName, whole]],
        absent: "deploy that stack with iot-domains:provisioning in its configuration, and check its name",
    });
}

function read<Value>(
    stack: pulumi.StackReference,
    name: string,
    parseValue: (value: unknown, source: string) => Value,
): pulumi.Output<Value> {
    return pulumi
        .all([stack.name, stack.getOutput(name)])
        .apply(([stackName, value]) => parseValue(value, `stack ${stackName}`)) as pulumi.Output<Value>;
}

interface OutputKind<Value> {
    readonly name: string;
    readonly schema: z.ZodType<Value>;
    /** The parts of a value that have a version each, with where they stand. */
    readonly versioned: (value: object) => (readonly [path: string, part: { readonly version?: unknown } | null])[];
    /** What to do where the stack has no such output. */
    readonly absent: string;
}

function parse<Value>(value: unknown, source: string, kind: OutputKind<Value>): Value {
    if (value === undefined || value === null) {
        throw new pulumi.RunError(`${source}: expected an output named ${kind.name}, got none; ${kind.absent}`);
    }
    // The versions first: in another major version, any other fault is only a consequence.
    refuseOtherMajorVersions(kind.versioned(value), source);
    const result = kind.schema.safeParse(value);
    if (!result.success) {
        const faults = result.error.issues.map(
            (issue) => `  - ${[kind.name, ...issue.path].join(".")}: ${issue.message}`,
        );
        throw new pulumi.RunError(
            [`${source}: its outputs are not those of iot-domains ${contractVersion}:`, ...faults].join("\n"),
        );
    }
    return result.data;
}

function refuseOtherMajorVersions(parts: ReturnType<OutputKind<unknown>["versioned"]>, source: string): void {
    const major = (version: unknown) => String(version).split(".")[0];
    for (const [path, part] of parts) {
        if (part?.version !== undefined && major(part.version) !== major(contractVersion)) {
            throw new pulumi.RunError(
                `${source}: ${path}.version: expected ${major(contractVersion)}.x, ` +
                    `got ${String(part.version)}; use the reader of that version of iot-domains`,
            );
        }
    }
}
