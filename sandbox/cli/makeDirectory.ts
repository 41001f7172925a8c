import { mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import lockfile from "proper-lockfile";

/** Takes one line of progress. */
export type Report = (line: string) => void;

/** A directory of the user's cache that takes a while to make. */
export interface Making {
    /** What a person calls its content: `the Pulumi CLI 3.192.0`. */
    readonly title: string;
    readonly directory: string;
    /** Whether there is nothing left to do. */
    readonly isMade: () => Promise<boolean>;
    /** Makes it under another name. */
    readonly make: (draft: string) => Promise<void>;
    readonly report: Report;
}

const draftSuffix = ".draft";

/** A lock not renewed for this long belongs to a process that was killed: milliseconds. */
const staleLock = 10_000;

/**
 * Makes a directory, unless it is made already.
 *
 * It comes into being whole: what is made lies under another name until it is complete. Processes that make it at the same
 * time wait for the first and take what it has made.
 *
 * @throws what `make` throws; nothing is left behind then
 */
export async function makeDirectory({ title, directory, isMade, make, report }: Making): Promise<void> {
    await mkdir(path.dirname(directory), { recursive: true });
    const release = await lock(title, directory, report);
    const draft = `${directory}.${process.pid}${draftSuffix}`;
    try {
        if (await isMade()) {
            return;
        }
        await removeDrafts(directory);
        await make(draft);
        await rm(directory, { recursive: true, force: true });
        await rename(draft, directory);
    } finally {
        await rm(draft, { recursive: true, force: true });
        await release();
    }
}

async function lock(title: string, directory: string, report: Report): Promise<() => Promise<void>> {
    const options = {
        realpath: false,
        stale: staleLock,
        // A machine that slept loses its lock. Two then do the same work, no more: each has a name of its own.
        onCompromised: () => report("the lock was lost; the work goes on"),
    };
    if (await lockfile.check(directory, { realpath: false, stale: staleLock })) {
        report(`another process is making ${title}: waiting for it`);
    }
    return lockfile.lock(directory, {
        ...options,
        retries: { forever: true, factor: 1, minTimeout: 500, maxTimeout: 500 },
    });
}

async function removeDrafts(directory: string): Promise<void> {
    const parent = path.dirname(directory);
    const drafts = (await readdir(parent)).filter(
        (name) => name.startsWith(`${path.basename(directory)}.`) && name.endsWith(draftSuffix),
    );
    await Promise.all(drafts.map((name) => rm(path.join(parent, name), { recursive: true, force: true })));
}
