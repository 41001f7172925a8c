import { Failure } from "../sandbox";
import { exitStatus, exitStatusOf, outcomeInWords } from "./check/finding";
import { runCommand } from "./commandLine";
import { writeReports } from "./reports";
import { parseArguments } from "./verify/arguments";
import { checkReportOf, render } from "./verify/report";
import { waitUntilServed } from "./verify/wait";

async function main(): Promise<number> {
    const options = parseArguments(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
    if (options === undefined) {
        return exitStatus.clean;
    }
    // Loaded only once there is something to look at.
    const [{ lookAtStack }, { withSurroundings }] = await Promise.all([
        import("./verify/look"),
        import("./verify/surroundings"),
    ]);
    const report = await withSurroundings(options, async (surroundings) => {
        if (options.wait !== undefined) {
            // TLS alone: nothing is made in an account every half minute.
            const onlyTls = { ...options, only: new Set(["tls"] as const) };
            const tell = (line: string) => process.stderr.write(`${line}\n`);
            await waitUntilServed(() => lookAtStack(onlyTls, surroundings), options.wait, tell);
        }
        return lookAtStack(options, surroundings);
    });
    const inShort = checkReportOf(report);
    writeReports(options.outputs, (format) => render(report, format), outcomeInWords(inShort));
    return exitStatusOf(inShort);
}

void runCommand(main, { status: exitStatus.unchecked, expected: [Failure] });
