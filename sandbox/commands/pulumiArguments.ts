import path from "node:path";
import { defaultStack } from "..";

/** What the sandbox has to know of a command line that is Pulumi's. */
export interface PulumiArguments {
    /** For Pulumi, with the files that they name made absolute. */
    readonly args: readonly string[];
    /** Pulumi's command, such as `up`; nothing for a line of options alone. */
    readonly command?: string;
    readonly stack: string;
    /** The folder of another project than this repository's. */
    readonly project?: string;
}

/** Commands that run the program, and so deploy or preview: the policy pack checks those. */
const programCommands: ReadonlySet<string> = new Set(["up", "update", "preview", "pre", "watch"]);

/** Pulumi's options for every command that take a value; a value is not mistaken for the command then. */
const globalOptions: ReadonlySet<string> = new Set([
    "--color",
    "--cwd",
    "--memprofilerate",
    "--profiling",
    "--stack",
    "--tracing",
    "--verbose",
    "-C",
    "-s",
    "-v",
]);

/** Options that name a file: Pulumi runs in a folder of the sandbox's and would look for it there. */
const fileOptions: ReadonlySet<string> = new Set([
    "--file",
    "--out",
    "--plan",
    "--policy-pack",
    "--policy-pack-config",
]);

/** Whether a command runs the program. */
export function runsProgram(command: string | undefined): boolean {
    return command !== undefined && programCommands.has(command);
}

/**
 * Reads the stack, the project and the command from arguments for Pulumi.
 *
 * @param folder where the person is who names files
 */
export function readPulumiArguments(given: readonly string[], folder: string): PulumiArguments {
    const args: string[] = [];
    let command: string | undefined;
    let stack = defaultStack;
    let project: string | undefined;
    const tokens = splitOptions(given);
    for (let index = 0; index < tokens.length; index += 1) {
        const token = tokens[index] ?? "";
        const value = tokens[index + 1];
        if (token === "--") {
            args.push(...tokens.slice(index));
            break;
        }
        if (token === "-C" || token === "--cwd") {
            project = path.resolve(folder, value ?? ".");
            index += 1;
            continue;
        }
        args.push(token);
        if (!token.startsWith("-")) {
            command ??= token;
        } else if (value !== undefined && fileOptions.has(token)) {
            args.push(path.resolve(folder, value));
            index += 1;
        } else if (value !== undefined && globalOptions.has(token)) {
            stack = token === "-s" || token === "--stack" ? value : stack;
            args.push(value);
            index += 1;
        }
    }
    return { args, command, stack, project };
}

/** Takes `--option=value` and `-sVALUE` apart where the value matters here, so that there is one form to read. */
function splitOptions(given: readonly string[]): string[] {
    const end = given.includes("--") ? given.indexOf("--") : given.length;
    const options = given.slice(0, end).flatMap((token) => {
        const long = /^(--[\w-]+)=(.*)$/s.exec(token);
        if (long !== null && (globalOptions.has(long[1] ?? "") || fileOptions.has(long[1] ?? ""))) {
            return long.slice(1);
        }
        const short = /^(-[Cs])=?(.+)$/s.exec(token);
        return short === null ? [token] : short.slice(1);
    });
    return [...options, ...given.slice(end)];
}
