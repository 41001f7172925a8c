import { existsSync, rmSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { Command } from "commander";
import { Failure } from "../cli";
import { isSandbox, notASandbox, sandboxDirectory } from "../engine/directory";
import { runningUpdates, stacksIn } from "../engine/state";
import { runCommand } from "./command";
import { userSandboxDirectory } from "./userSandboxDirectory";

const command = new Command("sandbox:reset")
    .description("Empties the sandbox: its AWS account, its stacks and what Pulumi keeps for them.")
    .option("-y, --yes", "do not ask; without a terminal nothing is asked either")
    .action(async ({ yes }: { yes?: true }) => {
        const root = userSandboxDirectory();
        if (!existsSync(root)) {
            console.log(`${root}: there is no sandbox; \`npm start\` makes one`);
            return;
        }
        if (!isSandbox(root)) {
            throw notASandbox(root, "expected a sandbox");
        }
        refuseWhileUpdating(root);
        const stacks = stacksIn(sandboxDirectory(root).state);
        console.log(
            `This removes ${root}: the sandbox's AWS account and ${describe(stacks)}. Nothing else is touched.`,
        );
        if (yes || !process.stdin.isTTY || (await confirmed())) {
            rmSync(root, { recursive: true });
            console.log("Removed. `npm start` makes a new one.");
        } else {
            console.log("Nothing was removed.");
        }
    });

function refuseWhileUpdating(root: string): void {
    const updates = runningUpdates(sandboxDirectory(root).state);
    if (updates.length > 0) {
        const processes = updates.map(({ stack, pid }) => `stack ${stack} (process ${pid})`).join(", ");
        throw new Failure(`${root}: expected no update at work, got ${processes}; wait for its end or stop it`);
    }
}

function describe(stacks: readonly { stack: string; resources: number }[]): string {
    return stacks.length === 0
        ? "no stack"
        : `stack${stacks.length === 1 ? "" : "s"} ${stacks.map(({ stack, resources }) => `${stack} (${resources} resources)`).join(", ")}`;
}

async function confirmed(): Promise<boolean> {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    try {
        return /^y(es)?$/i.test(await terminal.question("Go on? [y/N] "));
    } finally {
        terminal.close();
    }
}

void runCommand(command);
