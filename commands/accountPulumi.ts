import type { Completed } from "../sandbox";
import { findPulumiCli, withCli } from "../sandbox/cli";
import { completion, startProcess } from "../sandbox/engine/childProcess";

/** Runs the Pulumi CLI on a project with the user's own Pulumi login and AWS credentials. */
export async function accountPulumi(
    project: string,
    args: readonly string[],
    environment: NodeJS.ProcessEnv = {},
): Promise<Completed> {
    const cli = await findPulumiCli();
    return completion(
        startProcess(cli.executable, ["-C", project, ...args], {
            environment: { ...withCli(cli, process.env), PULUMI_SKIP_UPDATE_CHECK: "true", ...environment },
        }),
    );
}
