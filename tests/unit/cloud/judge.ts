import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { RegoEngine, TemplateFile, type Engine } from "@aws/cloudformation-validate";
import type { TemplateResource } from "./conversions";

/** Rules that are no judgement on one resource. */
const otherRules = [
    "E2531", // whether a Lambda runtime is still taken on the day of the test
    "E2533",
    "E3019", // whether names are unique in the template: tests use the same names again and again
    "F0007", // how many resources a template may have
];

/** A warning to CloudFormation, because its lists of values age: a value that is none of the list. */
const unknownValue = "W3030";

/** Takes more than a second to make, so that one serves all tests. */
let engine: Engine | undefined;

/**
 * What AWS's own resource schemas and rules refuse.
 *
 * They come from AWS and know nothing of this model, so they tell where it accepts what AWS would not.
 */
export function judge(region: string, resources: readonly TemplateResource[]): string[] {
    if (resources.length === 0) {
        return [];
    }
    const directory = mkdtempSync(path.join(os.tmpdir(), "iot-domains-judge-"));
    const file = path.join(directory, "template.json");
    const named = resources.map((resource, index) => [`Resource${index}`, resource] as const);
    const template = { AWSTemplateFormatVersion: "2010-09-09", Resources: Object.fromEntries(named) };
    writeFileSync(file, JSON.stringify(template));
    engine ??= new RegoEngine();
    const config = { pseudoParameterOverrides: { region }, exclude: { ids: otherRules } };
    try {
        return engine
            .validateStandard(new TemplateFile(file), config)
            .diagnostics.filter(
                ({ severity, ruleId }) => ["FATAL", "ERROR"].includes(severity) || ruleId === unknownValue,
            )
            .map(({ ruleId, message, entity }) => {
                const judged = named.find(([name]) => name === entity?.logicalId)?.[1];
                return `${ruleId} ${message} in ${JSON.stringify(judged)}`;
            });
    } finally {
        rmSync(directory, { recursive: true });
    }
}
