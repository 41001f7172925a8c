import { randomUUID } from "node:crypto";
import { Refusal } from "./errors";
import type { Store } from "./store";

/** How the cloud is to misbehave, for tests of what stands in front of it. */
export interface Misbehaviour {
    /** Service and operation as IAM spells them: `iot:CreateDomainConfiguration`; `iot:*` and `*` are all of them. */
    readonly operation: string;
    /** @default every region */
    readonly region?: string;
    /**
     * `throttle` answers ThrottlingException, `fail` the given error, `delay` answers late, and `lateConsistency` hides what
     * the operation makes from Describe, Get and List for a while.
     */
    readonly kind: "throttle" | "fail" | "delay" | "lateConsistency";
    /**
     * How many calls are met.
     *
     * @default 1
     */
    readonly times?: number;
    /**
     * How long `delay` waits, and how long `lateConsistency` hides on the store's clock.
     *
     * @default 1000
     */
    readonly milliseconds?: number;
    /**
     * What `fail` answers.
     *
     * @default an InternalFailure with status 500
     */
    readonly error?: { readonly name: string; readonly message?: string; readonly statusCode?: number };
}

const space = ["misbehaviour"] as const;

interface Pending extends Misbehaviour {
    readonly times: number;
    readonly order: number;
}

/** Adds one; must run in a transaction. */
export function addMisbehaviour(store: Store, misbehaviour: Misbehaviour): void {
    const orders = store.entries(space).map(({ value }) => (value as Pending).order);
    const order = Math.max(0, ...orders) + 1;
    const pending: Pending = { ...misbehaviour, times: misbehaviour.times ?? 1, order };
    store.put([...space, randomUUID()], pending);
}

/** Takes the oldest one that meets the call, and counts it; must run in the call's own transaction. */
export function takeMisbehaviour(
    store: Store,
    call: { service: string; operation: string; region: string },
): Misbehaviour | undefined {
    const meant = ["*", `${call.service}:*`, `${call.service}:${call.operation}`];
    const candidates = store
        .entries(space)
        .map(({ key, value }) => ({ key, pending: value as Pending }))
        .filter(({ pending }) => meant.includes(pending.operation))
        .filter(({ pending }) => pending.region === undefined || pending.region === call.region)
        .sort((left, right) => left.pending.order - right.pending.order);
    const [first] = candidates;
    if (first === undefined) {
        return undefined;
    }
    if (first.pending.times > 1) {
        store.put(first.key, { ...first.pending, times: first.pending.times - 1 });
    } else {
        store.delete(first.key);
    }
    return first.pending;
}

/** Forgets all; must run in a transaction. */
export function clearMisbehaviours(store: Store): void {
    for (const { key } of store.entries(space)) {
        store.delete(key);
    }
}

/** The exception with which a misbehaving call is answered, where it is answered with one. */
export function refusalOf(misbehaviour: Misbehaviour | undefined): Refusal | undefined {
    switch (misbehaviour?.kind) {
        case "throttle":
            return new Refusal("ThrottlingException", "Rate exceeded", 429);
        case "fail": {
            const { name = "InternalFailure", message, statusCode = 500 } = misbehaviour.error ?? {};
            return new Refusal(name, message ?? "An internal failure has occurred.", statusCode);
        }
        default:
            return undefined;
    }
}
