import assert from "node:assert/strict";
import { levelIn, presets } from "../../policies/framework/configuration";
import { frameworkTag, type ExampleResource, type Rule } from "../../policies/framework/rule";
import { rules } from "../../policies/rules";
import { withFiles } from "./exampleResources";
import { fixedClockPack, PackProcess } from "./packProcess";

describe("the rules' own examples", function () {
    this.timeout(20_000);
    let pack: PackProcess;

    before(async () => {
        pack = await PackProcess.start(fixedClockPack);
        await pack.configureStack();
    });
    after(() => pack.stop());

    for (const rule of rules) {
        it(`${rule.name} accepts the example that is called compliant`, async () => {
            assert.deepEqual(
                (await violations(rule, rule.examples.compliant)).filter((violation) => violation.rule === rule.name),
                [],
            );
        });

        it(`${rule.name} refuses the example that is called violating, with got, expected, remedy and a page`, async () => {
            const found = (await violations(rule, rule.examples.violating)).filter(
                (violation) => violation.rule === rule.name,
            );
            assert.notEqual(found.length, 0);
            for (const { message, level } of found) {
                assert.match(message, /^.+\n[^\n]+: expected .+, got .+; .+\nSee https:\/\/\S+$/);
                assert.equal(level, rule.enforcementLevel);
            }
        });
    }

    it("come with the frameworks that they put into practice", async () => {
        const policies = (await pack.info()).getPoliciesList();
        for (const { name, frameworks = [] } of rules) {
            const policy = policies.find((each) => each.getName() === name);
            assert.deepEqual(policy?.getTagsList(), frameworks.map(frameworkTag), name);
            assert.equal(policy?.getFramework()?.getReference(), frameworks[0]?.reference, name);
        }
    });

    async function violations(rule: Rule, examples: readonly ExampleResource[]) {
        await pack.configure({ [rule.name]: { level: levelOf(rule), ...rule.examples.settings } });
        return pack.run(examples.map(withFiles));
    }
});

describe("the list of rules", () => {
    it("has no name twice", () => {
        const names = rules.map(({ name }) => name);
        assert.deepEqual(names, [...new Set(names)]);
    });

    for (const rule of rules) {
        it(`${rule.name} is complete`, () => {
            assert.match(rule.name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
            assert.match(rule.reference, /^https:\/\//);
            assert.match(rule.description, /^[A-Z][^\n]+\.$/);
            assert.ok(rule.resource !== undefined || rule.stack !== undefined, "it judges nothing");
            assert.ok(
                rule.examples.compliant.length > 0 && rule.examples.violating.length > 0,
                "an example is missing",
            );
            for (const text of [rule.title, rule.rationale, ...Object.values(rule.remediation)]) {
                assert.notEqual(text.trim(), "");
            }
            for (const { specification, title, version } of rule.frameworks ?? []) {
                assert.match(specification, /^https:\/\//);
                assert.ok(title !== "" && version !== "");
            }
            assert.equal(levelIn("production", rule), rule.enforcementLevel, "production is how the rules stand");
            assert.ok(presets.every((preset) => ["mandatory", "advisory", "disabled"].includes(levelIn(preset, rule))));
        });
    }
});

function levelOf({ enforcementLevel }: Rule) {
    return enforcementLevel === "disabled" ? undefined : enforcementLevel;
}
