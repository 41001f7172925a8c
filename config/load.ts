import * as pulumi from "@pulumi/pulumi";
import * as runtimeConfiguration from "@pulumi/pulumi/runtime/config";
import path from "node:path";
import type { MaterialSource } from "./material";
import { ConfigurationError, parseConfiguration } from "./parse";
import { readProvisioning, type ReadProvisioning } from "./provisioningChecks";
import type { Configuration } from "./schema";

/** The namespace of this project's keys: Pulumi takes it from the project's name. */
const namespace = "iot-domains";

/**
 * Reads the configuration of the stack that runs.
 *
 * All keys are read, not only the known ones: a misspelt key that is silently ignored is an outage with a delay.
 *
 * @throws {pulumi.RunError} that lists every fault; Pulumi prints it without a stack trace.
 */
export function loadConfiguration(): Configuration {
    try {
        const raw = rawConfiguration(pulumi.runtime.allConfig());
        return parseConfiguration(raw, {
            isSecret: (key) => isSecret(`${namespace}:${key}`),
            material: materialOf(raw),
            stack: pulumi.getStack(),
            providerRegion: pulumi.runtime.allConfig()["aws:region"],
            at: new Date(),
        });
    } catch (error) {
        if (error instanceof ConfigurationError) {
            throw new pulumi.RunError(error.message);
        }
        throw error;
    }
}

/** The settings of provisioning with every file and secret read, and the advice on them; `undefined` without provisioning. */
export function loadProvisioning({ provisioning, regions }: Configuration): ReadProvisioning | undefined {
    return (
        provisioning &&
        readProvisioning(provisioning, {
            stack: pulumi.getStack(),
            regions: Object.keys(regions),
            material: stackMaterial(),
            at: new Date(),
        })
    );
}

/** Where the PEM texts that this stack's configuration refers to are read from. */
export function stackMaterial(): MaterialSource {
    return materialOf(rawConfiguration(pulumi.runtime.allConfig()));
}

function materialOf(raw: Record<string, unknown>): MaterialSource {
    const secrets = raw["secrets"];
    return {
        secrets: typeof secrets === "object" && secrets !== null ? (secrets as Record<string, string>) : {},
        directory: path.resolve(__dirname, ".."),
    };
}

/** Pulumi leaves this function out of its types; should a later version drop it, every value counts as a secret. */
const { isConfigSecret: isSecret = () => true } = runtimeConfiguration as { isConfigSecret?: (key: string) => boolean };

/** The keys of this project without their namespace; Pulumi hands structured values over as JSON. */
export function rawConfiguration(all: Readonly<Record<string, string>>): Record<string, unknown> {
    const prefix = `${namespace}:`;
    return Object.fromEntries(
        Object.entries(all)
            .filter(([key]) => key.startsWith(prefix))
            .map(([key, value]) => [key.slice(prefix.length), structured(value)]),
    );
}

function structured(value: string): unknown {
    if (!/^\s*[{[]/.test(value)) {
        return value;
    }
    try {
        return JSON.parse(value) as unknown;
    } catch {
        // Not JSON after all: the schema says what it should have been.
        return value;
    }
}
