import assert from "node:assert/strict";
import type { Rule } from "../../policies/framework/rule";
import { rules } from "../../policies/rules";
import { CheckedProject, outline } from "./checkCommand";
import { judgeExamples, type JudgedExamples } from "./exampleStack";

const of = (level: Rule["enforcementLevel"]) => rules.filter(({ enforcementLevel }) => enforcementLevel === level);

/** The settings of the rules' examples, and the level of every rule that is not asked about. */
function configuration(asked: readonly Rule[]) {
    return Object.fromEntries(
        rules.map((rule) => [
            rule.name,
            asked.includes(rule) ? { enforcementLevel: rule.enforcementLevel, ...rule.examples.settings } : "disabled",
        ]),
    );
}

describe("each rule under the real engine", function () {
    this.timeout(240_000);

    for (const [level, verb] of [
        ["mandatory", "refuses"],
        ["advisory", "warns of"],
    ] as const) {
        describe(`that is ${level}`, () => {
            const asked = of(level);
            let violating: JudgedExamples;
            let compliant: JudgedExamples;
            before(async () => {
                violating = await judgeExamples(asked, ({ examples }) => examples.violating, configuration(asked));
                compliant = await judgeExamples(asked, ({ examples }) => examples.compliant, configuration(asked));
            });

            it(`${level === "mandatory" ? "stops" : "lets"} a preview ${level === "mandatory" ? "at" : "pass with"} violations`, () => {
                const { exitCode, stdout, stderr } = violating.completed;
                assert.equal(exitCode === 0, level === "advisory", stdout + stderr);
            });

            for (const rule of asked) {
                it(`${verb} what violates ${rule.name}, and nothing of what keeps it`, () => {
                    assert.deepEqual([...(violating.levels.get(rule.name) ?? [])], [level], violating.completed.stdout);
                    assert.deepEqual([...(compliant.levels.get(rule.name) ?? [])], []);
                });
            }
        });
    }
});

describe("this repository's stacks", function () {
    this.timeout(240_000);
    const project = new CheckedProject();
    after(() => project.remove());

    for (const stack of ["dev", "prod"]) {
        it(`${stack} keeps every rule of the preset production, without an exemption`, async () => {
            const file = project.write("production.json", { configuration: { preset: "production" } });
            const { exitCode, findings, failures } = await project.report(
                ["--cwd", ".", "--stack", stack, "--policy-pack-config", file],
                { INIT_CWD: process.cwd() },
            );
            assert.deepEqual(failures, []);
            assert.deepEqual(outline(findings.filter(({ level }) => level === "mandatory")), []);
            assert.deepEqual(outline(findings.filter(({ rule }) => rule === "configuration")), [], "exemptions");
            assert.equal(exitCode, 0);
        });
    }
});
