import { Failure } from "../../sandbox/cli";
import { completion, startProcess } from "../../sandbox/engine/childProcess";

/** The last lines that a tool said: the first of them are progress. */
const linesShown = 15;

/** Runs a tool that has to succeed. @throws Failure with what it said where it does not, or is not there */
export async function runTool(
    executable: string,
    args: readonly string[],
    environment: NodeJS.ProcessEnv,
): Promise<void> {
    const fault = await completion(startProcess(executable, args, { environment })).then(
        ({ exitCode, stdout, stderr }) =>
            exitCode === 0
                ? undefined
                : `${[executable, ...args.slice(0, 2)].join(" ")}: exit status ${exitCode}:\n${lastLines(`${stdout}${stderr}`)}`,
        (error: NodeJS.ErrnoException) => `${executable}: ${error.code === "ENOENT" ? "found none" : error.message}`,
    );
    if (fault !== undefined) {
        throw new Failure(fault);
    }
}

function lastLines(text: string): string {
    return text
        .trim()
        .split("\n")
        .slice(-linesShown)
        .map((line) => `  ${line}`)
        .join("\n");
}
