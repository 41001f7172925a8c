import { lateCloud } from "../framework/lateCloud";
import type { Session } from "../framework/resources";
import type { Tls } from "./resource";

/** Opens the provider; where there is a sandbox's cloud, its clock is the provider's too. */
export async function openSession(): Promise<Session<Tls>> {
    const cloud = lateCloud();
    return {
        prepare: (_properties, inputs) => inputs,
        open: () => ({ now: async () => (cloud === undefined ? new Date() : (await cloud.open()).now()) }),
        close: () => cloud?.close(),
    };
}
