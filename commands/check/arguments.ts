import path from "node:path";
import { Command, Option } from "commander";
import { readOptions, refuseFaults, repeated } from "../commandLine";
import { outputFaults, outputsOf, stackFaults, type Output, type OutputOptions } from "../reports";
import { exitStatus } from "./finding";
import { formatNames, formatOfExtension, type Format } from "./formats";

/** What the command line says. */
export interface Arguments {
    /** Absent where the exported state names it. */
    readonly stack?: string;
    readonly account: boolean;
    /** The folder of the project that is checked. */
    readonly project: string;
    /** A file that `pulumi stack export` wrote, or `-`. */
    readonly state?: string;
    /** Configures the pack. @default Pulumi.<stack>.policies.json, where there is one */
    readonly policyConfiguration?: string;
    readonly outputs: readonly Output<Format>[];
}

interface Options extends OutputOptions<Format> {
    readonly stack?: string;
    readonly account: boolean;
    readonly cwd?: string;
    readonly state?: string;
    readonly policyPackConfig?: string;
}

/** The project that is checked where no other is named. */
const repository = path.resolve(__dirname, "../..");

const call = "npm run -s check --";

const explanations = `
Without --output the report goes to standard output. --output may be given several times: each file is written as its
extension says, or all as --format says: .txt, .json, .sarif, .md, .xml (JUnit), .annotations (GitHub), .codequality (GitLab).

Exit status: ${exitStatus.clean} clean, ${exitStatus.violated} violations of mandatory rules, ${exitStatus.unchecked} could not check. Advisory findings do not fail.

Examples:
  ${call} --stack prod
  ${call} --stack prod --output findings.sarif --output comment.md
  ${call} --stack prod --account
  pulumi stack export --stack prod | ${call} --state -`;

function declareCommand(): Command {
    return new Command("check")
        .usage("--stack <name> [options]")
        .description(
            "Previews a stack with the policy pack and reports each finding with its place in the stack's configuration. " +
                "Nothing is deployed. The preview runs in the sandbox, which needs no AWS account.",
        )
        .option("-s, --stack <name>", "the stack: dev, prod or another that has a Pulumi.<name>.yaml")
        .option("-C, --cwd <folder>", "the folder of another Pulumi project to check with this pack")
        .option("--account", "preview against the real account, with your own Pulumi login and AWS credentials", false)
        .option(
            "--state <file>",
            "check a file that `pulumi stack export` wrote instead, without an engine; - for stdin",
        )
        .option(
            "--policy-pack-config <file>",
            "configures the pack (default: Pulumi.<stack>.policies.json if there is one)",
        )
        .addOption(
            new Option("-f, --format <format>", "how the report is written (default: text)").choices(formatNames),
        )
        .option("-o, --output <file>", "where the report is written", repeated(String))
        .addHelpText("after", explanations);
}

/**
 * Reads the command line.
 *
 * @param folder Where the person is who names files.
 * @returns `undefined` where help was asked for and has been printed.
 * @throws UnusableArguments with everything that is wrong.
 */
export function parseArguments(argv: readonly string[], folder: string): Arguments | undefined {
    const options = readOptions<Options>(declareCommand(), argv, call);
    if (options === undefined) {
        return undefined;
    }
    refuseFaults([...subjectFaults(options), ...outputFaults(options, formatOfExtension)]);
    const { stack, account, cwd, state, policyPackConfig } = options;
    const absolute = (file: string) => (file === "-" ? file : path.resolve(folder, file));
    return {
        stack,
        account,
        project: cwd === undefined ? repository : path.resolve(folder, cwd),
        state: state === undefined ? undefined : absolute(state),
        policyConfiguration: policyPackConfig === undefined ? undefined : absolute(policyPackConfig),
        outputs: outputsOf(options, formatOfExtension, "text", absolute),
    };
}

function subjectFaults({ stack, state, account }: Options): string[] {
    return [
        ...(stack === undefined && state !== undefined ? [] : stackFaults(stack)),
        ...(state !== undefined && account
            ? ["--account: expected no --state beside it, got both; an exported state is checked without an account"]
            : []),
    ];
}
