import * as pulumi from "@pulumi/pulumi";

/** Has Pulumi's mocks, set before, take hooks: they know of none, and a program that registers one would wait for ever. */
export function acceptHooks(): void {
    Object.assign(pulumi.runtime.getMonitor() ?? {}, {
        registerResourceHook: (_: unknown, done: (error: null, answer: object) => void) => done(null, {}),
    });
}
