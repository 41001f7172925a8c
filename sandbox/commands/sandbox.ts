import { Command } from "commander";
import { defaultStack, Failure, type Sandbox } from "..";
import { runCommand } from "./command";
import { readPulumiArguments, runsProgram } from "./pulumiArguments";
import { withUserSandbox } from "./userSandbox";

const command = new Command("sandbox")
    .description("Runs a Pulumi command in the sandbox.")
    .usage("-- <pulumi command and its arguments>")
    .argument("[arguments...]")
    .allowUnknownOption()
    .helpOption(false)
    .addHelpText(
        "after",
        `
Examples:
  npm run sandbox -- preview --diff             what a deployment of stack ${defaultStack} would change
  npm run sandbox -- up --yes --stack prod      deploy another stack
  npm run sandbox -- stack export               its state
  npm run sandbox -- config set --secret --path 'iot-domains:...' VALUE
                                                a value for a secret that is encrypted for the real stack
  npm run sandbox -- -C examples/consumer up    another program that reads this one's outputs
  npm run sandbox -- help                       Pulumi's own help

--stack is ${defaultStack} where it is not given. preview and up are checked by the policy pack.`,
    )
    .action(async (given: string[]) => {
        if (given.length === 0 || (given.length === 1 && ["-h", "--help"].includes(given[0] ?? ""))) {
            command.outputHelp();
            return;
        }
        process.exitCode = await withUserSandbox((sandbox) => runPulumi(sandbox, given));
    });

async function runPulumi(sandbox: Sandbox, given: readonly string[]): Promise<number> {
    // npm runs scripts in the repository; this is where the person is.
    const parsed = readPulumiArguments(given, process.env.INIT_CWD ?? process.cwd());
    const { stack, project } = parsed;
    const checked = runsProgram(parsed.command);
    if (checked) {
        await sandbox.prepareStack(stack, project);
    } else if (parsed.command === "config") {
        await sandbox.createStack(stack, project);
    }
    const policies = checked && project === undefined ? await sandbox.policyArguments(stack) : [];
    const options = { stack, project, output: "inherit" as const };
    const { exitCode } = await sandbox.pulumi([...parsed.args, ...policies], options);
    if (parsed.command === "config" && exitCode === 0 && !sandbox.keepsConfiguration(stack, project)) {
        throw new Failure(
            `Pulumi.${stack}.yaml: expected every setting in this file, got one for the sandbox's copy alone, which is ` +
                "made anew from the file; write it there. The sandbox keeps values of its own for what the file has " +
                'as a secret: a placeholder, `secure: ""`, is enough',
        );
    }
    return exitCode;
}

void runCommand(command);
