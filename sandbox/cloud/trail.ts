import { appendFileSync, readFileSync } from "node:fs";
import path from "node:path";

/** One call, as the trail keeps it. */
export interface TrailEntry {
    /** ISO 8601, on the store's clock. */
    readonly time: string;
    readonly service: string;
    readonly operation: string;
    readonly region: string;
    readonly account: string;
    /** As they were sent, with `[secret]` in the place of each secret. */
    readonly parameters: Record<string, unknown>;
    /** `ok`, or the exception's name and message. */
    readonly outcome: string;
}

function trailFile(directory: string): string {
    return path.join(directory, "trail.jsonl");
}

/** Adds one line in one write that appends, so that the lines of several processes never mix. */
export function appendToTrail(directory: string, entry: TrailEntry): void {
    appendFileSync(trailFile(directory), `${JSON.stringify(entry)}\n`, { flag: "a" });
}

/** All calls so far, the oldest first; none where nothing has been called yet. */
export function readTrail(directory: string): TrailEntry[] {
    let text;
    try {
        text = readFileSync(trailFile(directory), "utf8");
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") {
            return [];
        }
        throw error;
    }
    return text
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line) as TrailEntry);
}
