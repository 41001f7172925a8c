import { readdirSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { readIfThere } from "./files";

/** An update that a process is at. */
export interface RunningUpdate {
    readonly stack: string;
    readonly pid: number;
}

/** A resource of a stack, as far as anything here tells it from others. */
export interface RecordedResource {
    readonly type?: string;
    /** Absent for components. */
    readonly id?: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
    /** Whether the engine refuses to delete it. */
    readonly protect?: boolean;
}

interface Checkpoint {
    readonly checkpoint?: {
        readonly latest?: {
            readonly resources?: readonly RecordedResource[];
            readonly pending_operations?: readonly unknown[];
        };
    };
}

/**
 * The stacks of a file backend with the number of their resources, read without the engine: a sandbox has to be
 * emptied also where the engine can no longer read it.
 */
export function stacksIn(state: string): { stack: string; resources: number }[] {
    return checkpoints(state).map((file) => ({ stack: stackOf(file), resources: resourcesIn(file).length }));
}

/** All resources of all stacks. */
export function recordedResources(state: string): RecordedResource[] {
    return checkpoints(state).flatMap(resourcesIn);
}

/** Whether a stack cannot be taken down before its protection is lifted. */
export function isProtected(state: string, stack: string): boolean {
    const files = checkpoints(state).filter((file) => stackOf(file) === stack);
    return files.flatMap(resourcesIn).some(({ protect }) => protect === true);
}

/** The updates of a file backend whose processes live; the lock of a process that was killed does not count. */
export function runningUpdates(state: string): RunningUpdate[] {
    return locks(state).filter(({ pid }) => isAlive(pid));
}

/** Whether a stack's last update was killed and nobody has put the stack in order since. */
export function wasCutOff(state: string, stack: string): boolean {
    const isLeft = locks(state).some((lock) => lock.stack === stack && !isAlive(lock.pid));
    const isPending = checkpoints(state).some((file) => stackOf(file) === stack && pendingIn(file).length > 0);
    return isLeft || isPending;
}

/** The locks that processes of this machine hold or held. */
function locks(state: string): RunningUpdate[] {
    return filesBelow(path.join(state, ".pulumi", "locks"))
        .filter((file) => file.endsWith(".json"))
        .flatMap((file) => {
            const { pid, hostname: host } = JSON.parse(readIfThere(file) ?? "{}") as {
                pid?: number;
                hostname?: string;
            };
            return pid !== undefined && host === hostname() ? [{ stack: path.basename(path.dirname(file)), pid }] : [];
        });
}

function checkpoints(state: string): string[] {
    return filesBelow(path.join(state, ".pulumi", "stacks")).filter((file) => file.endsWith(".json"));
}

function stackOf(checkpoint: string): string {
    return path.basename(checkpoint, ".json");
}

function resourcesIn(checkpoint: string): readonly RecordedResource[] {
    return latestOf(checkpoint)?.resources ?? [];
}

function pendingIn(checkpoint: string): readonly unknown[] {
    return latestOf(checkpoint)?.pending_operations ?? [];
}

function latestOf(checkpoint: string): NonNullable<Checkpoint["checkpoint"]>["latest"] {
    try {
        return (JSON.parse(readIfThere(checkpoint) ?? "{}") as Checkpoint).checkpoint?.latest;
    } catch {
        return undefined;
    }
}

function filesBelow(folder: string): string[] {
    try {
        return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => path.join(folder, name));
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") {
            return [];
        }
        throw error;
    }
}

function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}
