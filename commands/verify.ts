import { Failure } from "../sandbox";
import { countsInWords, exitStatus, exitStatusOf } from "./check/finding";
import { runCommand } from "./commandLine";
import { writeReports } from "./reports";
import { parseArguments } from "./verify/arguments";
import { checkReportOf, render } from "./verify/report";
import { lookUntilServed } from "./verify/wait";

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
    const report = await withSurroundings(options, (surroundings) =>
        lookUntilServed(
            () => lookAtStack(options, surroundings),
            options.wait ?? 0,
            (line) => process.stderr.write(`${line}\n`),
        ),
    );
    const inShort = checkReportOf(report);
    writeReports(options.outputs, (format) => render(report, format), countsInWords(inShort.findings));
    return exitStatusOf(inShort);
}

void runCommand(main, { status: exitStatus.unchecked, expected: [Failure] });
