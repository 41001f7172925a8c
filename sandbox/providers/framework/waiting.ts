import { setTimeout as sleep } from "node:timers/promises";

/** How long to try, and how often. */
export interface Patience {
    /** Milliseconds until giving up. */
    readonly timeout: number;
    readonly cancelled: AbortSignal;
}

const firstPause = 50;
const longestPause = 2000;

/** What an attempt found: the result, or that it is worth another look. */
export type Attempt<Result> = { readonly done: Result } | { readonly pending: string };

/**
 * Tries until an attempt is done, with growing pauses.
 *
 * @throws Error with the last attempt's state when the time is up, or when the engine cancels
 */
export async function waitUntil<Result>(patience: Patience, attempt: () => Promise<Attempt<Result>>): Promise<Result> {
    const end = Date.now() + patience.timeout;
    for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
        patience.cancelled.throwIfAborted();
        const result = await attempt();
        if ("done" in result) {
            return result.done;
        }
        if (Date.now() + pause > end) {
            const waited = patience.timeout > 0 ? ` (timeout: ${formatDuration(patience.timeout)})` : "";
            throw new Error(`${result.pending}${waited}`);
        }
        await sleep(pause, undefined, { signal: patience.cancelled });
    }
}

/** A duration as the providers that Pulumi bridges write it: `1h15m0s`. */
export function formatDuration(milliseconds: number): string {
    const seconds = Math.round(milliseconds / 1000);
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor((seconds % 3600) / 60);
    const parts = [hours > 0 ? `${hours}h` : "", hours > 0 || minutes > 0 ? `${minutes}m` : "", `${seconds % 60}s`];
    return parts.join("");
}
