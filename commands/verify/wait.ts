import { setTimeout as delay } from "node:timers/promises";
import type { LookResult } from "../../verify/look";

/** Faults that pass by themselves: AWS IoT Core takes up to an hour until it serves a new certificate. */
const passing = ["tls-certificate-outdated", "tls-certificate-differs", "tls-domain-not-served"];

/** Between two looks, in milliseconds. */
const interval = 30_000;

/** Time as the loop needs it. */
export interface Time {
    /** Milliseconds since some moment. */
    readonly now: () => number;
    readonly sleep: (milliseconds: number) => Promise<unknown>;
}

const machineTime: Time = { now: () => performance.now(), sleep: (milliseconds) => delay(milliseconds) };

/**
 * Looks again and again until no fault is left that passes by itself, or the time is up; which of them, the next look tells.
 *
 * @param milliseconds How long at most
 * @param tell Takes a line before each pause
 */
export async function waitUntilServed(
    look: () => Promise<Pick<LookResult, "findings">>,
    milliseconds: number,
    tell: (line: string) => void,
    time: Time = machineTime,
): Promise<void> {
    const end = time.now() + milliseconds;
    for (;;) {
        const { findings } = await look();
        const waiting = findings.filter(({ rule }) => passing.includes(rule));
        const left = end - time.now();
        if (waiting.length === 0 || left <= 0) {
            return;
        }
        const places = waiting.map(({ path }) => path).join(", ");
        tell(`not served yet: ${places}; looking again, for at most ${Math.ceil(left / 60_000)} min more`);
        await time.sleep(Math.min(interval, left));
    }
}
