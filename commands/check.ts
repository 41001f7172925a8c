import { Failure } from "../sandbox";
import { parseArguments, type Arguments } from "./check/arguments";
import { exitStatus, exitStatusOf, outcomeInWords, type CheckReport } from "./check/finding";
import { formats } from "./check/formats";
import { policyConfigurationOf } from "./check/packConfiguration";
import { runCommand } from "./commandLine";
import { writeReports } from "./reports";

async function check({ stack, account, project, state, policyConfiguration }: Arguments): Promise<CheckReport> {
    const configurationOf = (name: string) => policyConfiguration ?? policyConfigurationOf(project, name);
    // The engine's side and the protocol's are loaded only where they are needed.
    if (state !== undefined) {
        const { checkState } = await import("./check/stateFile");
        return checkState({ state, stack, project, policyConfigurationOf: configurationOf });
    }
    const { checkInAccount, checkInSandbox } = await import("./check/preview");
    const request = { stack: stack ?? "", project, policyConfiguration: configurationOf(stack ?? "") };
    return account ? checkInAccount(request) : checkInSandbox(request);
}

/** A check that fails is reported like any other: a comment that nobody brings up to date would go on to say what held before. */
async function checkOrExplain(options: Arguments): Promise<CheckReport> {
    try {
        return await check(options);
    } catch (error) {
        if (!(error instanceof Failure)) {
            throw error;
        }
        return { stack: options.stack ?? "unknown", subject: "not previewed", findings: [], failures: [error.message] };
    }
}

async function main(): Promise<number> {
    const options = parseArguments(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
    if (options === undefined) {
        return exitStatus.clean;
    }
    const report = await checkOrExplain(options);
    writeReports(options.outputs, (format) => formats[format](report), outcomeInWords(report));
    if (options.outputs.every(({ file }) => file !== undefined)) {
        report.failures.forEach((failure) => process.stderr.write(`${failure}\n`));
    }
    return exitStatusOf(report);
}

void runCommand(main, { status: exitStatus.unchecked, expected: [Failure] });
