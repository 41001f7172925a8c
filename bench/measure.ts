import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";

/** What one run of a command cost. */
export interface Measurement {
    /** Wall-clock seconds. */
    readonly seconds: number;
    /** Peak resident memory of the largest process among the command and all that it started, in megabytes. */
    readonly megabytes: number;
    readonly exitCode: number | null;
}

/** How often the processes are looked at; the kernel keeps each process's peak, so only the very last growth is missed. */
const interval = 20;

/** Waits for a command and measures it with all its descendants. Memory is read from /proc, so it is Linux's alone. */
export async function measure(start: () => Promise<ChildProcess>): Promise<Measurement> {
    const began = process.hrtime.bigint();
    const child = await start();
    child.stdout?.resume();
    child.stderr?.resume();
    let peak = 0;
    const timer = setInterval(() => (peak = Math.max(peak, peakOf(child.pid))), interval);
    const [exitCode] = (await once(child, "close")) as [number | null];
    clearInterval(timer);
    return { seconds: Number(process.hrtime.bigint() - began) / 1e9, megabytes: peak / 1024, exitCode };
}

/** Peak of the largest process in the tree below, in kilobytes. */
function peakOf(root: number | undefined): number {
    const children = new Map<number, number[]>();
    for (const name of readDirectory("/proc")) {
        const parent = /^\d+$/.test(name) ? parentOf(name) : undefined;
        if (parent !== undefined) {
            children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
        }
    }
    const pending = root === undefined ? [] : [root];
    let largest = 0;
    for (let pid = pending.pop(); pid !== undefined; pid = pending.pop()) {
        largest = Math.max(largest, Number(/VmHWM:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0));
        pending.push(...(children.get(pid) ?? []));
    }
    return largest;
}

function parentOf(pid: string): number | undefined {
    // The name in parentheses may hold anything, so what counts comes after the last one: the state, then the parent.
    const parent = read(`/proc/${pid}/stat`)
        .replace(/^.*\) /s, "")
        .split(" ")[1];
    return parent === undefined ? undefined : Number(parent);
}

function read(file: string): string {
    try {
        return fs.readFileSync(file, "utf8");
    } catch {
        // The process has ended meanwhile.
        return "";
    }
}

function readDirectory(directory: string): string[] {
    try {
        return fs.readdirSync(directory);
    } catch {
        return [];
    }
}
