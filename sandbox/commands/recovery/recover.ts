import { setTimeout as sleep } from "node:timers/promises";
import { Failure, type PulumiOptions, type Sandbox } from "../..";
import { succeeded } from "../../engine/sandbox";
import { recordedResources, runningUpdates } from "../../engine/state";
import { pendingCreations, settleCreations, type ExportedStack } from "./deployment";
import { planRecovery } from "./plan";

/** A plugin looks every two seconds whether its engine is still there, and might create something until then. */
const pluginsEnd = 3000;

export interface RecoverOptions {
    /** Whether Pulumi's own progress is shown. @default "capture" */
    readonly output?: PulumiOptions["output"];
    /** Takes what is done, line by line. @default console.log */
    readonly report?: (line: string) => void;
}

/**
 * Puts a stack in order after the engine was killed in the middle of a deployment.
 *
 * What creations have made that the engine never heard the end of is found in the cloud and recorded; what does not
 * exist is forgotten; what there is once more goes with the next deployment. Every command is printed, as a person could run it.
 *
 * @throws Failure where an update is at work, Pulumi fails, or a creation is of a type that is not known here
 */
export async function recover(
    sandbox: Sandbox,
    stack: string,
    { output, report = console.log }: RecoverOptions = {},
): Promise<void> {
    const updating = runningUpdates(sandbox.directory.state).find((update) => update.stack === stack);
    if (updating !== undefined) {
        throw new Failure(
            `stack ${stack}: expected no update at work, got process ${updating.pid}; wait for its end or stop it`,
        );
    }
    const pulumi = async (...args: string[]) => {
        report(`$ pulumi ${args.join(" ")}`);
        return succeeded(await sandbox.pulumi(args, { stack, output }), `pulumi ${args[0]}`);
    };

    await pulumi("cancel", "--yes", "--stack", stack);
    report("waiting 3 seconds for plugins of the killed engine to end");
    await sleep(pluginsEnd);

    report("$ pulumi stack export");
    const exported = await exportStack(sandbox, stack);
    const pending = exported.deployment.pending_operations ?? [];
    if (pending.length === 0) {
        report(`\nStack ${stack} has no operation that was cut off: nothing to recover.`);
        return;
    }
    report(
        `\nOperations that were cut off: ${pending.length}, of them creations: ${pendingCreations(exported).length}. They may have made:`,
    );
    // What is secret is needed to know things by; it goes nowhere from here.
    const shown = await exportStack(sandbox, stack, "--show-secrets");
    const plan = await planRecovery(exported, sandbox.cloud(), recordedResources(sandbox.directory.state), shown);
    report(plan.report.map((line) => `  ${line}`).join("\n"));

    report("\n$ pulumi stack import");
    const input = JSON.stringify(settleCreations(exported, plan.settled, plan.adopted));
    succeeded(await sandbox.pulumi(["stack", "import"], { stack, input }), "pulumi stack import");
    // It drops what does not exist. Updates and deletions that were cut off need no more than this.
    await pulumi("refresh", "--yes", "--skip-preview", "--stack", stack);
    if (plan.unknown.length > 0) {
        throw new Failure(
            `${plan.unknown.length} creations are still pending, of types that recovery cannot look for; look for them as ` +
                `docs/recovery.md says, then forget them: npm run sandbox -- refresh --stack ${stack} --clear-pending-creates`,
        );
    }
    report(`\nStack ${stack} is in order. Go on with: npm start -- --stack ${stack}`);
}

async function exportStack(sandbox: Sandbox, stack: string, ...options: string[]): Promise<ExportedStack> {
    const { stdout } = succeeded(
        await sandbox.pulumi(["stack", "export", ...options], { stack }),
        "pulumi stack export",
    );
    return JSON.parse(stdout) as ExportedStack;
}
