import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import Table from "cli-table3";
import { Command } from "commander";
import { bundlePack } from "../policies/bundle";
import type { JudgedResource } from "../policies/client/judgedResource";
import { PackClient, packFolder } from "../policies/client/packClient";
import { ExampleFile } from "../policies/framework/rule";
import { rules } from "../policies/rules";
import { root } from "../tools/generated";
import { median } from "./statistics";

/** What a preview may pay for the pack: seconds more than for an empty one, and milliseconds a resource. */
const budget = { startSeconds: 0.5, resourceMilliseconds: 1 };

const emptyPack = `
const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("empty", { policies: [{
    name: "none", description: "Judges nothing.", enforcementLevel: "advisory", validateResource: () => undefined,
}] });
`;

interface Cost {
    /** From the start of the process until it listens, in seconds. */
    readonly startSeconds: number;
    /** One resource by its inputs, in milliseconds, the protocol's way there and back included. */
    readonly resourceMilliseconds: number;
    /** All resources together by their outputs, divided by their number, in milliseconds. */
    readonly stackMilliseconds: number;
}

const command = new Command("bench:policies")
    .description("Measures what the policy pack costs a run, beside an empty pack, over the engine's protocol.")
    .option("--rounds <number>", "counted rounds after a warm-up", Number, 5)
    .option("--resources <number>", "resources that are judged in a round", Number, 500)
    .action(bench);

async function bench({ rounds, resources }: { rounds: number; resources: number }): Promise<void> {
    const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "iot-domains-bench-"));
    try {
        const packs = { "empty pack": empty(scratch), "this pack": packFolder, "its bundle": await bundled(scratch) };
        const judged = stackOf(resources);
        const costs = new Map<string, Cost[]>();
        // All packs in turn, so that the machine's moods hit them alike; the first round warms up.
        for (let round = 0; round <= rounds; round++) {
            for (const [name, folder] of Object.entries(packs)) {
                const cost = await measure(folder, judged);
                costs.set(name, [...(costs.get(name) ?? []), ...(round === 0 ? [] : [cost])]);
            }
        }
        print(new Map([...costs].map(([name, measured]) => [name, medians(measured)])), resources);
    } finally {
        fs.rmSync(scratch, { recursive: true, force: true });
    }
}

async function measure(folder: string, resources: readonly JudgedResource[]): Promise<Cost> {
    const milliseconds = async (work: () => Promise<unknown>) => {
        const began = process.hrtime.bigint();
        await work();
        return Number(process.hrtime.bigint() - began) / 1e6;
    };
    let pack: PackClient | undefined;
    const start = await milliseconds(async () => (pack = await PackClient.start(folder)));
    try {
        await pack?.configureStack();
        await pack?.configure({});
        const each: number[] = [];
        for (const resource of resources) {
            each.push(await milliseconds(async () => pack?.analyze(resource)));
        }
        const stack = await milliseconds(async () => pack?.analyzeStack(resources));
        return {
            startSeconds: start / 1000,
            resourceMilliseconds: median(each),
            stackMilliseconds: stack / resources.length,
        };
    } finally {
        await pack?.stop();
    }
}

function medians(costs: readonly Cost[]): Cost {
    return {
        startSeconds: median(costs.map(({ startSeconds }) => startSeconds)),
        resourceMilliseconds: median(costs.map(({ resourceMilliseconds }) => resourceMilliseconds)),
        stackMilliseconds: median(costs.map(({ stackMilliseconds }) => stackMilliseconds)),
    };
}

/** The rules' own compliant examples over and over, each time under names of their own. */
function stackOf(count: number): JudgedResource[] {
    const examples = rules
        .flatMap((rule) => rule.examples.compliant)
        .filter(({ properties }) => !Object.values(properties).some((value) => value instanceof ExampleFile));
    return Array.from({ length: count }, (_, index) => {
        const { type, name, properties, protect } = examples[index % examples.length] ?? examples[0]!;
        const urn = `urn:pulumi:prod::bench::${type}::${name}-${index}`;
        const text = JSON.stringify(properties).replaceAll("example.com", `resource-${index}.example.com`);
        return {
            urn,
            type,
            name: `${name}-${index}`,
            properties: JSON.parse(text) as Record<string, unknown>,
            protect,
        };
    });
}

function empty(scratch: string): string {
    const folder = path.join(scratch, "empty");
    fs.mkdirSync(folder);
    fs.writeFileSync(path.join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
    fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "empty", version: "0.0.1" }));
    fs.writeFileSync(path.join(folder, "index.js"), emptyPack);
    fs.symlinkSync(path.join(root, "node_modules"), path.join(scratch, "node_modules"));
    return folder;
}

async function bundled(scratch: string): Promise<string> {
    const folder = path.join(scratch, "bundle");
    await bundlePack(folder);
    return folder;
}

function print(costs: ReadonlyMap<string, Cost>, resources: number): void {
    const floor = costs.get("empty pack");
    const table = new Table({
        head: ["pack", "start, s", "more", "a resource, ms", "more", "a resource in the stack, ms"],
        style: { head: [], border: [] },
    });
    for (const [name, { startSeconds, resourceMilliseconds, stackMilliseconds }] of costs) {
        const moreStart = startSeconds - (floor?.startSeconds ?? 0);
        const moreResource = resourceMilliseconds - (floor?.resourceMilliseconds ?? 0);
        table.push([
            name,
            startSeconds.toFixed(2),
            moreStart.toFixed(2),
            resourceMilliseconds.toFixed(2),
            moreResource.toFixed(2),
            stackMilliseconds.toFixed(2),
        ]);
        if (moreStart > budget.startSeconds || moreResource > budget.resourceMilliseconds) {
            process.exitCode = 1;
        }
    }
    console.log(`${rules.length} rules, ${resources} resources; medians; Node ${process.version}`);
    console.log(table.toString());
    console.log(
        `Budget beside the empty pack: ${budget.startSeconds} s to start, ${budget.resourceMilliseconds} ms a resource: ` +
            (process.exitCode === 1 ? "exceeded" : "kept"),
    );
}

void command.parseAsync();
