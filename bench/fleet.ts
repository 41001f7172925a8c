import Table from "cli-table3";
import { Command } from "commander";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Sandbox } from "../sandbox";
import { root } from "../tools/generated";
import { wholeNumbers } from "./arguments";
import { machine } from "./machine";
import { measure, type Measurement } from "./measure";
import { plainJavaScript } from "./projects";
import { bareConfiguration, countResources, programConfiguration, stack } from "./stacks";

const regions = ["us-east-1", "us-west-2", "eu-central-1", "ap-southeast-1", "sa-east-1"];

/**
 * What a stack goes through, each time with the state that the one before has left.
 *
 * Pulumi's file backend writes the whole state twice for each resource, which makes any deployment cost the square of its
 * size. A fleet is deployed without these checkpoints, the floor as well, so that what is measured is the rest.
 */
const commands = [
    { name: "preview of a new stack", args: ["preview"] },
    { name: "deployment", args: ["up", "--yes", "--skip-preview"] },
    { name: "preview with nothing to do", args: ["preview"] },
] as const;

const withoutCheckpoints = { PULUMI_SKIP_CHECKPOINTS: "true" };

interface Contestant {
    readonly project: string;
    readonly sandbox: Sandbox;
}

interface Measured {
    readonly domains: number;
    readonly resources: number;
    readonly command: string;
    readonly floor: Measurement;
    readonly program: Measurement;
}

new Command("bench:fleet")
    .description(
        `Measures stacks of many domains in ${regions.length} regions under the real engine: previews and a deployment, beside the ` +
            "floor (plain JavaScript that registers as many bare resources), one after the other in one run.",
    )
    .option("--domains <list>", "domains of the stacks", wholeNumbers, [25, 100])
    .option("--json", "one JSON object on standard output, progress on standard error")
    .action(async (options: { domains: readonly number[]; json?: boolean }) => {
        const rows: Measured[] = [];
        for (const domains of options.domains) {
            rows.push(...(await measureFleet(domains)));
        }
        console.log(options.json === true ? JSON.stringify({ machine: machine(), rows }, null, 2) : tableOf(rows));
    })
    .parse();

async function measureFleet(domains: number): Promise<Measured[]> {
    const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "iot-domains-bench-"));
    const sandboxes: Sandbox[] = [];
    const sandbox = (name: string, configuration: { config: Record<string, unknown> }) => {
        const made = new Sandbox({ directory: path.join(scratch, name), configurations: { [stack]: configuration } });
        sandboxes.push(made);
        return made;
    };
    try {
        const program = { project: root, sandbox: sandbox("program", programConfiguration(domains, regions)) };
        await program.sandbox.prepareStack(stack);
        const resources = await countResources(program.sandbox);
        const { directory } = plainJavaScript(path.join(scratch, "bare"), resources);
        const floor = { project: directory, sandbox: sandbox("floor", bareConfiguration) };
        await floor.sandbox.prepareStack(stack, directory);

        const measured: Measured[] = [];
        for (const { name, args } of commands) {
            const inTurn = { floor: await run(floor, args), program: await run(program, args) };
            console.error(
                `${domains} domains, ${resources} resources, ${name}: ${inTurn.program.seconds.toFixed(1)} s, ` +
                    `floor ${inTurn.floor.seconds.toFixed(1)} s`,
            );
            measured.push({ domains, resources, command: name, ...inTurn });
        }
        return measured;
    } finally {
        sandboxes.forEach((each) => each.close());
        fs.rmSync(scratch, { recursive: true, force: true });
    }
}

async function run({ project, sandbox }: Contestant, args: readonly string[]): Promise<Measurement> {
    const measurement = await measure(() =>
        sandbox.startPulumi([...args, "--stack", stack], { stack, project, env: withoutCheckpoints }),
    );
    if (measurement.exitCode !== 0) {
        throw new Error(`${project}: pulumi ${args.join(" ")} failed with exit status ${measurement.exitCode}`);
    }
    return measurement;
}

function tableOf(rows: readonly Measured[]): string {
    const table = new Table({
        head: ["domains", "resources", "", "seconds", "× floor", "ms a resource", "MB", "× floor"],
        style: { head: [], border: [] },
    });
    for (const { domains, resources, command, floor, program } of rows) {
        table.push([
            domains,
            resources,
            command,
            program.seconds.toFixed(1),
            (program.seconds / floor.seconds).toFixed(2),
            ((program.seconds * 1000) / resources).toFixed(1),
            program.megabytes.toFixed(0),
            (program.megabytes / floor.megabytes).toFixed(2),
        ]);
    }
    return `${regions.length} regions; ${machine()}\n${table.toString()}`;
}
