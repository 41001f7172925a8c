import { Command } from "commander";
import { defaultStack, Failure, type Sandbox } from "..";
import { wasCutOff } from "../engine/state";
import { runCommand } from "./command";
import { explainOutputs } from "./outputs";
import { withUserSandbox } from "./userSandbox";

const command = new Command("start")
    .description("Deploys a stack into an AWS account on this machine, with the real Pulumi engine and policy pack.")
    .option("-s, --stack <name>", "the stack: dev, prod or another that has a Pulumi.<name>.yaml", defaultStack)
    .option("-y, --yes", "accepted as Pulumi does; the sandbox never asks")
    .action(async ({ stack }: { stack: string }) => {
        process.exitCode = await withUserSandbox((sandbox) => start(sandbox, stack));
    });

async function start(sandbox: Sandbox, stack: string): Promise<number> {
    const { executable, version, reason } = await sandbox.cli();
    console.log(`Pulumi CLI ${version}: ${executable} (${reason})`);
    console.log(`Sandbox: ${sandbox.directory.root} (nothing leaves this machine, and no AWS account is needed)`);

    const { createdStack, hostedZone } = await sandbox.prepareStack(stack);
    console.log(`Stack ${stack}: ${createdStack ? "created" : "there already"}`);
    if (hostedZone !== undefined) {
        const origin = hostedZone.created ? "made, as an account has one before its first deployment" : "there already";
        console.log(`Hosted zone ${hostedZone.name}: ${origin}`);
    }

    if (wasCutOff(sandbox.directory.state, stack)) {
        throw new Failure(
            `stack ${stack}: expected the last deployment to have come to its end, got one that was killed; put the stack ` +
                `in order first: npm run sandbox:recover -- --stack ${stack}`,
        );
    }
    console.log("Deploying with the policy pack, which takes about ten seconds\n");
    const args = ["up", "--yes", ...(await sandbox.policyArguments(stack))];
    const { exitCode } = await sandbox.pulumi(args, { stack, output: "inherit" });
    if (exitCode === 0) {
        await explainOutputs(sandbox, stack);
    }
    return exitCode;
}

void runCommand(command);
