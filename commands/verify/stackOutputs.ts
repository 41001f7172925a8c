import type { Completed } from "../../sandbox";
import { UnusableArguments } from "../commandLine";

/** How the Pulumi CLI is run on the project. */
export type RunPulumi = (args: readonly string[]) => Promise<Completed>;

/**
 * The outputs of a stack, as the CLI prints them.
 *
 * @param showsSecrets Whether private keys are to be among them, which stay in this process
 * @throws UnusableArguments with what Pulumi said, where there is no such stack
 */
export async function readStackOutputs(
    run: RunPulumi,
    stack: string,
    showsSecrets: boolean,
): Promise<Record<string, unknown>> {
    const secrets = showsSecrets ? ["--show-secrets"] : [];
    const { exitCode, stdout, stderr } = await run([
        ...["stack", "output", "--json", "--stack", stack, "--non-interactive", "--color", "never"],
        ...secrets,
    ]);
    if (exitCode !== 0) {
        const said = stderr.trim();
        throw new UnusableArguments(
            said.includes("no stack named")
                ? `stack ${stack}: expected a stack that has been deployed, got none: ${said}; deploy it first`
                : `stack ${stack}: expected its outputs of the Pulumi CLI, got ${said}; look whether pulumi stack output works ` +
                      "there: it takes pulumi login, the stack's passphrase or key, and a project's folder (--cwd)",
        );
    }
    return JSON.parse(stdout) as Record<string, unknown>;
}
