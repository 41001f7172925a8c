import { CommanderError, type Command } from "commander";

/** Thrown where a command cannot do what it is asked: what is wrong with its arguments or the files they name, and what to do. */
export class UnusableArguments extends Error {}

/**
 * Reads a command line.
 *
 * @param call How people call the command, which the error's advice repeats: `npm run -s check --`.
 * @returns `undefined` where help was asked for and has been printed.
 * @throws UnusableArguments where the command has no such option, or an option no such value.
 */
export function readOptions<Options>(command: Command, argv: readonly string[], call: string): Options | undefined {
    command
        .allowExcessArguments(false)
        .exitOverride()
        .configureOutput({ writeErr: () => undefined });
    try {
        command.parse(argv, { from: "user" });
    } catch (error) {
        if (!(error instanceof CommanderError)) {
            throw error;
        }
        if (error.exitCode === 0) {
            return undefined;
        }
        throw new UnusableArguments(`${error.message}\nSee ${call} --help`);
    }
    return command.opts() as Options;
}

/** Reads an option that may be given several times. */
export function repeated<Value>(read: (text: string) => Value) {
    return (text: string, before: readonly Value[] = []): Value[] => [...before, read(text)];
}

/** @throws UnusableArguments with all faults, where there is any. */
export function refuseFaults(faults: readonly string[]): void {
    if (faults.length > 0) {
        throw new UnusableArguments(faults.join("\n"));
    }
}

/** How a command ends that could not do its work. */
export interface CommandFailures {
    /** The exit status. */
    readonly status: number;
    /** Errors whose message says all that a person needs; others are shown with where they came from. */
    readonly expected: readonly (new (...args: never[]) => Error)[];
}

/** Runs a command and sets the process's exit status: what it answers, or that of a failure after the error was printed. */
export async function runCommand(run: () => Promise<number>, { status, expected }: CommandFailures): Promise<void> {
    let isOutputLost = false;
    process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
        // Whoever has read enough, as `head` has, closes the pipe: that is no failure of the command.
        if (code !== "EPIPE") {
            isOutputLost = true;
            process.stderr.write(`The output cannot be written: ${message}\n`);
            process.exitCode = status;
        }
    });
    try {
        const answer = await run();
        process.exitCode = isOutputLost ? status : answer;
    } catch (error) {
        const isExpected = [UnusableArguments, ...expected].some((kind) => error instanceof kind);
        const { message, stack } = error instanceof Error ? error : new Error(String(error));
        process.stderr.write(`${isExpected ? message : (stack ?? message)}\n`);
        process.exitCode = status;
    }
}
