import { Command } from "commander";
import { defaultStack } from "..";
import { runCommand } from "./command";
import { recover } from "./recovery/recover";
import { withUserSandbox } from "./userSandbox";

const command = new Command("sandbox:recover")
    .description("Puts a stack in order after a deployment was killed: nothing is lost and nothing is left over.")
    .option("-s, --stack <name>", "the stack", defaultStack)
    .action(({ stack }: { stack: string }) =>
        withUserSandbox((sandbox) => recover(sandbox, stack, { output: "inherit" })),
    );

void runCommand(command);
