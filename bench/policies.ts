import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import Table from "cli-table3";
import { Command } from "commander";
import { bundlePack } from "../policies/bundle";
import type { JudgedResource } from "../policies/client/judgedResource";
import { PackClient, packFolder } from "../policies/client/packClient";
import { rules } from "../policies/rules";
import { root } from "../tools/generated";
import { domainStack } from "./domainStack";
import { median } from "./statistics";

/** What a preview may pay for the pack beside an empty one: seconds to start, and milliseconds a resource in all. */
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
        const judged = domainStack(resources);
        const costs = new Map<string, Cost[]>();
        // All packs in turn, so that the machine's moods hit them alike; the first round warms up.
        for (let round = 0; round <= rounds; round++) {
            for (const [name, folder] of Object.entries(packs)) {
                const cost = await measure(folder, judged);
                costs.set(name, [...(costs.get(name) ?? []), ...(round === 0 ? [] : [cost])]);
            }
        }
        print(new Map([...costs].map(([name, measured]) => [name, medians(measured)])), judged.length);
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
    const floor = costs.get("empty pack") ?? { startSeconds: 0, resourceMilliseconds: 0, stackMilliseconds: 0 };
    const table = new Table({
        head: [
            "pack",
            "start, s",
            "a resource, ms",
            "a resource in the stack, ms",
            "start more, s",
            "a resource more, ms",
        ],
        style: { head: [], border: [] },
    });
    let isKept = true;
    for (const [name, { startSeconds, resourceMilliseconds, stackMilliseconds }] of costs) {
        const moreStart = startSeconds - floor.startSeconds;
        // The engine asks about each resource by itself, and once more about all together.
        const moreResource =
            resourceMilliseconds - floor.resourceMilliseconds + (stackMilliseconds - floor.stackMilliseconds);
        isKept &&= moreStart <= budget.startSeconds && moreResource <= budget.resourceMilliseconds;
        const figures = [startSeconds, resourceMilliseconds, stackMilliseconds, moreStart, moreResource];
        table.push([name, ...figures.map((figure) => figure.toFixed(2))]);
    }
    console.log(`${rules.length} rules, ${resources} resources; medians; Node ${process.version}`);
    console.log(table.toString());
    console.log(
        `Budget beside the empty pack: ${budget.startSeconds} s to start, ${budget.resourceMilliseconds} ms a resource: ` +
            (isKept ? "kept" : "exceeded"),
    );
    process.exitCode = isKept ? 0 : 1;
}

void command.parseAsync();
