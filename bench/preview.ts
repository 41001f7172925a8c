import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Sandbox } from "../sandbox";
import { root } from "../tools/generated";
import { measure, type Measurement } from "./measure";
import { copyModules, defaultTypeScript, plainJavaScript } from "./projects";
import { bareConfiguration, countResources, programConfiguration, stack } from "./stacks";
import { median, type Row } from "./statistics";

/** One way of running a preview. */
interface Scenario {
    readonly name: string;
    readonly project: string;
    readonly sandbox: Sandbox;
    readonly args: readonly string[];
}

/** What is compared in one round: all scenarios in turn, so that the machine's moods hit them alike. */
export interface PreviewOptions {
    /** How many resources each preview is to have, about. */
    readonly size: number;
    readonly rounds: number;
    /** Whether Pulumi's default set-up is measured as well; it takes most of the time. */
    readonly withDefault: boolean;
    readonly progress: (text: string) => void;
}

/** Domains of this program's stack for about that many resources; the smallest stack has one. */
function domainsFor(size: number): number {
    const fixed = 7;
    const each = 11;
    return Math.max(1, Math.round((size - fixed) / each));
}

/** Measures a preview of this program without and with the pack, the floor, and Pulumi's default set-up. */
export async function measurePreviews(options: PreviewOptions): Promise<{ resources: number; rows: Row[] }> {
    const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "iot-domains-bench-"));
    try {
        const sandbox = (name: string, configuration: { config: Record<string, unknown> }) =>
            new Sandbox({
                directory: path.join(scratch, "sandboxes", name),
                configurations: { [stack]: configuration },
            });
        const ours = sandbox("ours", programConfiguration(domainsFor(options.size), ["us-east-1"]));
        await ours.prepareStack(stack);
        const resources = await countResources(ours);

        const scenarios: Scenario[] = [
            {
                name: "floor",
                sandbox: sandbox("floor", bareConfiguration),
                project: plainJavaScript(path.join(scratch, "floor"), resources).directory,
                args: [],
            },
            { name: "this program", sandbox: ours, project: root, args: [] },
            {
                name: "this program, with the pack",
                sandbox: ours,
                project: root,
                args: await ours.policyArguments(stack),
            },
        ];
        if (options.withDefault) {
            const modules = path.join(scratch, "modules");
            copyModules(modules);
            const { directory } = defaultTypeScript(path.join(scratch, "default"), resources, modules);
            scenarios.push({
                name: "Pulumi's default set-up",
                sandbox: sandbox("default", bareConfiguration),
                project: directory,
                args: [],
            });
        }
        const measured = await measureRounds(scenarios, options);
        return { resources, rows: scenarios.map(({ name }) => summarize(name, measured.get(name) ?? [])) };
    } finally {
        fs.rmSync(scratch, { recursive: true, force: true });
    }
}

async function measureRounds(
    scenarios: readonly Scenario[],
    options: PreviewOptions,
): Promise<Map<string, Measurement[]>> {
    const measured = new Map<string, Measurement[]>();
    for (const { sandbox, project } of scenarios) {
        await sandbox.prepareStack(stack, project);
    }
    for (let round = 0; round <= options.rounds; round++) {
        for (const scenario of scenarios) {
            const { sandbox, project, args } = scenario;
            const result = await measure(() =>
                sandbox.startPulumi(["preview", "--stack", stack, ...args], { stack, project }),
            );
            if (result.exitCode !== 0) {
                throw new Error(`${scenario.name}: the preview failed with exit status ${result.exitCode}`);
            }
            const warmUp = round === 0;
            options.progress(
                `${warmUp ? "warm-up" : `round ${round}`}: ${scenario.name}: ${result.seconds.toFixed(2)} s, ${result.megabytes.toFixed(0)} MB`,
            );
            if (!warmUp) {
                measured.set(scenario.name, [...(measured.get(scenario.name) ?? []), result]);
            }
        }
    }
    return measured;
}

function summarize(name: string, runs: readonly Measurement[]): Row {
    return {
        name,
        seconds: median(runs.map(({ seconds }) => seconds)),
        megabytes: median(runs.map(({ megabytes }) => megabytes)),
    };
}
