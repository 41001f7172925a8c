import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { readEvents } from "../../commands/check/engineEvents";
import { foundResource } from "../../commands/check/locator";
import type { ExampleResource, Rule } from "../../policies/framework/rule";
import { findPulumiCli, withCli } from "../../sandbox/cli";
import { completion, startProcess, type Completed } from "../../sandbox/engine/childProcess";
import { withFiles } from "../policies/exampleResources";
import { fixedClockPack } from "../policies/packProcess";

const repository = path.resolve(__dirname, "../..");
const plugins = ["aws", "tls"].map((name) => ({ name, path: path.join(__dirname, "recordingProvider", name) }));

const program = `"use strict";
const pulumi = require("@pulumi/pulumi");
for (const { type, name, protect, properties } of require("./resources.json")) {
    new pulumi.CustomResource(type, name, properties, { protect });
}
`;

/** What the engine and the pack make of examples. */
export interface JudgedExamples {
    readonly completed: Completed;
    /** Of each rule the levels at which it was violated by its own examples. */
    readonly levels: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Previews the examples of many rules in one plain program under the real engine.
 *
 * Each rule's examples have domains, zones and an account of their own, so that rules on the stack do not find in one
 * rule's examples what another's lack.
 */
export async function judgeExamples(
    rules: readonly Rule[],
    examplesOf: (rule: Rule) => readonly ExampleResource[],
    configuration: Readonly<Record<string, unknown>>,
): Promise<JudgedExamples> {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "iot-domains-examples-"));
    try {
        const write = (name: string, content: unknown) =>
            fs.writeFileSync(
                path.join(directory, name),
                typeof content === "string" ? content : JSON.stringify(content),
            );
        fs.mkdirSync(path.join(directory, "state"));
        fs.mkdirSync(path.join(directory, "program"));
        fs.symlinkSync(path.join(repository, "node_modules"), path.join(directory, "node_modules"));
        write("Pulumi.yaml", {
            name: "examples",
            main: "program/",
            runtime: { name: "nodejs", options: { typescript: false } },
            plugins: { providers: plugins },
        });
        write("program/index.js", program);
        write(
            "program/resources.json",
            rules.flatMap((rule, index) => examplesOf(rule).map((example) => apart(rule, index, example))),
        );
        write("policies.json", configuration);
        const log = path.join(directory, "events.json");
        const environment = withCli(await findPulumiCli(), {
            ...process.env,
            PULUMI_BACKEND_URL: pathToFileURL(path.join(directory, "state")).href,
            PULUMI_HOME: path.join(directory, "pulumi-home"),
            PULUMI_CONFIG_PASSPHRASE: "correct horse",
            PULUMI_SKIP_UPDATE_CHECK: "true",
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
            PULUMI_DEBUG_COMMANDS: "true",
        });
        const pulumi = (...args: readonly string[]) =>
            completion(startProcess("pulumi", ["-C", directory, ...args], { environment }));
        await pulumi("stack", "init", "prod");
        const completed = await pulumi(
            ...["preview", "--stack", "prod", "--policy-pack", fixedClockPack],
            ...["--policy-pack-config", path.join(directory, "policies.json"), "--event-log", log],
        );
        return { completed, levels: fs.existsSync(log) ? ownLevels(log) : new Map() };
    } finally {
        fs.rmSync(directory, { recursive: true, force: true });
    }
}

/** Where an example's name begins with the name of its rule. */
const separator = "/";

function ownLevels(log: string): Map<string, Set<string>> {
    const levels = new Map<string, Set<string>>();
    for (const { policyEvent } of readEvents(log)) {
        const { name } = foundResource(policyEvent?.resourceUrn ?? "");
        if (policyEvent !== undefined && name.startsWith(`${policyEvent.policyName}${separator}`)) {
            const known = levels.get(policyEvent.policyName) ?? new Set();
            levels.set(policyEvent.policyName, known.add(policyEvent.enforcementLevel));
        }
    }
    return levels;
}

/** An example with names of its own for what examples have in common. */
function apart(rule: Rule, index: number, example: ExampleResource): object {
    const { type, name, protect, properties } = withFiles(example);
    const number = String(index).padStart(3, "0");
    const text = JSON.stringify(properties)
        .replaceAll("example.com", `rule-${number}.example.com`)
        .replaceAll("123456789012", `123456789${number}`)
        .replaceAll("Z0123456789EXAMPLE", `Z0123456${number}EXAMPLE`);
    return { type, name: `${rule.name}${separator}${name}`, protect, properties: JSON.parse(text) as object };
}
