import type { Cloud } from "../../cloud";
import type { Session } from "../framework/resources";
import { directoryVariable } from "../framework/directory";
import type { Tls } from "./resource";

/** Opens the provider; where there is a sandbox's cloud, its clock is the provider's too. */
export async function openSession(): Promise<Session<Tls>> {
    const directory = process.env[directoryVariable];
    let cloud: Cloud | undefined;
    const now = async () => {
        if (directory === undefined || directory === "") {
            return new Date();
        }
        // Loaded late, because many programs make keys and no certificates.
        cloud ??= new (await import("../../cloud")).Cloud({ directory });
        return cloud.now();
    };
    return {
        prepare: (_properties, inputs) => inputs,
        open: () => ({ now }),
        close: () => cloud?.close(),
    };
}
