import { Command } from "commander";
import { runCommand } from "../commands/command";
import { findPulumiCli } from "./find";

const command = new Command("sandbox:cli")
    .description("Says which Pulumi CLI the sandbox uses, and why.")
    .option("--build", "build one from Go modules where none is found")
    .action(async (options: { build?: true }) => {
        const cli = await findPulumiCli({ build: options.build ?? false });
        console.log(`${cli.executable} ${cli.version}: ${cli.reason}`);
    });

void runCommand(command);
