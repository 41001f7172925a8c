import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Completed } from "../../sandbox";
import { withUserSandbox } from "../../sandbox/commands/userSandbox";
import { accountPulumi } from "../accountPulumi";
import { changesIn, parentsIn, readEvents, type EngineEvent } from "./engineEvents";
import { refusalsIn, violationFinding } from "./findings";
import type { CheckReport } from "./finding";
import { Locator } from "./locator";
import { disabledRules, exemptionsIn, policyFolder, policyOptions, readPackConfiguration } from "./packConfiguration";
import { StackFile } from "./stackFile";

/** What a preview is made of. */
export interface PreviewRequest {
    readonly stack: string;
    /** The project's folder. */
    readonly project: string;
    /** The pack's configuration; absent where there is none. */
    readonly policyConfiguration?: string;
}

/** How an engine is run that writes its events into a file. */
type Preview = (args: readonly string[], environment: NodeJS.ProcessEnv) => Promise<Completed>;

/** Checks a stack by a preview in the sandbox, where nothing is asked of AWS. */
export function checkInSandbox(request: PreviewRequest): Promise<CheckReport> {
    const { stack, project } = request;
    return withUserSandbox(async (sandbox) => {
        await sandbox.prepareStack(stack, project);
        const policies = await sandbox.policyArgumentsWith(request.policyConfiguration);
        return check(request, policies, "preview in the sandbox", (args, env) =>
            sandbox.pulumi(args, { stack, project, env }),
        );
    });
}

/** Checks a stack by a preview against the real account, with the user's own Pulumi login and AWS credentials. */
export function checkInAccount(request: PreviewRequest): Promise<CheckReport> {
    const policies = ["--policy-pack", policyFolder, ...policyOptions(request.policyConfiguration)];
    return check(request, policies, "preview against the account", (args, env) =>
        accountPulumi(request.project, args, env),
    );
}

async function check(
    request: PreviewRequest,
    policies: readonly string[],
    subject: string,
    preview: Preview,
): Promise<CheckReport> {
    if (request.policyConfiguration !== undefined) {
        // What the engine says of a file that it cannot read has no name in it.
        readPackConfiguration(request.policyConfiguration);
    }
    // The log holds the engine's messages in full: it lies where nobody else reads, and is gone afterwards.
    const scratch = mkdtempSync(path.join(os.tmpdir(), "iot-domains-check-"));
    try {
        const log = path.join(scratch, "events.json");
        const completed = await preview(
            [
                ...["preview", "--stack", request.stack, "--non-interactive", "--color", "never"],
                ...policies,
                ...["--event-log", log],
            ],
            { PULUMI_DEBUG_COMMANDS: "true" },
        );
        return reportOf(request, subject, existsSync(log) ? readEvents(log) : [], completed);
    } finally {
        rmSync(scratch, { recursive: true, force: true });
    }
}

/** What a preview's events and its end come to. */
export function reportOf(
    { stack, project, policyConfiguration }: PreviewRequest,
    subject: string,
    events: readonly EngineEvent[],
    completed: Completed,
): CheckReport {
    const locator = new Locator(StackFile.of(project, stack), parentsIn(events));
    const policyEvents = events.flatMap(({ policyEvent }) => policyEvent ?? []);
    const exemptions = policyEvents.length === 0 ? [] : exemptionsIn(policyConfiguration);
    const violations = policyEvents.map((event) => violationFinding(event, locator, exemptions));
    const refusals = refusalsIn(events, locator);
    const findings = [...refusals.findings, ...violations];
    const isStopped = refusals.findings.length > 0 || refusals.failures.length > 0;
    const isExplained = findings.some(({ level }) => level === "mandatory") || refusals.failures.length > 0;
    const unexplained = completed.exitCode !== 0 && !isExplained ? [lastWords(completed)] : [];
    return {
        stack,
        subject,
        findings,
        // What stops a preview leaves resources out of its summary.
        changes: isStopped ? undefined : changesIn(events),
        failures: [...refusals.failures, ...unexplained],
        disabled: disabledRules(policyConfiguration),
    };
}

function lastWords({ exitCode, stdout, stderr }: Completed): string {
    const said = stderr.trim() || stdout.trim();
    return said === "" ? `pulumi preview ended with exit status ${exitCode} and said nothing` : said;
}
