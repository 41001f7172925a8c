import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { text } from "node:stream/consumers";

export interface Completed {
    /** As a shell reports it: 128 and the signal's number for a process that a signal ended. */
    readonly exitCode: number;
    readonly stdout: string;
    readonly stderr: string;
}

export interface RunOptions {
    readonly environment: NodeJS.ProcessEnv;
    /** Where it runs. @default the folder of this process */
    readonly folder?: string;
    /** Given to the process on its standard input. */
    readonly input?: string;
    /** `inherit` shows everything where this process shows its own; nothing is captured then. @default "capture" */
    readonly output?: "capture" | "inherit";
}

/** Starts a process that is left to the caller. */
export function startProcess(executable: string, args: readonly string[], options: RunOptions): ChildProcess {
    const { environment, folder, input, output = "capture" } = options;
    const shown = output === "inherit" ? "inherit" : "pipe";
    const silent = output === "inherit" ? "inherit" : "ignore";
    const child = spawn(executable, args, {
        env: environment,
        cwd: folder,
        stdio: [input === undefined ? silent : "pipe", shown, shown],
    });
    child.stdin?.end(input);
    return child;
}

/** Waits for a process and takes what it prints. */
export async function completion(child: ChildProcess): Promise<Completed> {
    const [stdout, stderr, [code, signal]] = await Promise.all([
        child.stdout === null ? "" : text(child.stdout),
        child.stderr === null ? "" : text(child.stderr),
        once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>,
    ]);
    return { exitCode: code ?? 128 + constants.signals[signal ?? "SIGKILL"], stdout, stderr };
}

/**
 * Waits for a process that shares this one's terminal, with the interrupts that a person sends left to it: the engine
 * finishes what it has begun after a first Ctrl-C, and its exit status is the one that counts.
 */
export async function completionInTerminal(child: ChildProcess): Promise<Completed> {
    const leaveToChild = () => {};
    const forward = () => child.kill("SIGTERM");
    process.on("SIGINT", leaveToChild).on("SIGTERM", forward);
    try {
        return await completion(child);
    } finally {
        process.off("SIGINT", leaveToChild).off("SIGTERM", forward);
    }
}
