import { writeFileSync } from "node:fs";
import { Failure } from "../sandbox";
import { parseArguments, UnusableArguments, type Arguments } from "./check/arguments";
import { countsInWords, exitStatus, exitStatusOf, type CheckReport } from "./check/finding";
import { formats } from "./check/formats";
import { policyConfigurationOf } from "./check/packConfiguration";

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

function write(report: CheckReport, outputs: Arguments["outputs"]): void {
    for (const { format, file } of outputs) {
        const text = formats[format](report);
        if (file === undefined) {
            process.stdout.write(text);
        } else {
            writeFileSync(file, text);
            process.stderr.write(`${format} report: ${file} (${countsInWords(report.findings)})\n`);
        }
    }
}

async function main(): Promise<void> {
    try {
        const options = parseArguments(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
        if (options === undefined) {
            return;
        }
        const report = await check(options);
        write(report, options.outputs);
        process.exitCode = exitStatusOf(report);
    } catch (error) {
        const isExpected = error instanceof UnusableArguments || error instanceof Failure;
        process.stderr.write(`${isExpected ? error.message : String((error as Error).stack)}\n`);
        process.exitCode = exitStatus.unchecked;
    }
}

void main();
