import assert from "node:assert/strict";
import { fixedClockPack, PackProcess, type TestResource } from "./packProcess";

/** What a rule makes of some resources: the violations' messages, in any order; none where the rule is kept. */
export interface RuleCase {
    readonly resources: readonly TestResource[];
    readonly violations?: readonly RegExp[];
    /** Settings of the rule. */
    readonly settings?: Readonly<Record<string, unknown>>;
}

/** Cases by title, which follows the word "it": "refuses ...", "accepts ...", "waits for ...". */
export type RuleTable = Readonly<Record<string, RuleCase>>;

/** Tests the real pack in a process of its own by a table of cases a rule. */
export function describeRules(title: string, tables: Readonly<Record<string, RuleTable>>): void {
    describe(title, function () {
        this.timeout(20_000);
        let pack: PackProcess;

        before(async () => {
            pack = await PackProcess.start(fixedClockPack);
            await pack.configureStack();
        });
        after(() => pack.stop());

        for (const [rule, table] of Object.entries(tables)) {
            describe(rule, () => {
                for (const [name, { resources, violations = [], settings }] of Object.entries(table)) {
                    it(name, async () => {
                        await pack.configure(
                            settings === undefined ? {} : { [rule]: { level: "mandatory", ...settings } },
                        );
                        const messages = (await pack.run(resources))
                            .filter((violation) => violation.rule === rule)
                            .map(({ message }) => message);
                        assert.equal(
                            messages.length,
                            violations.length,
                            `it reported: ${messages.join("\n") || "nothing"}`,
                        );
                        for (const expected of violations) {
                            assert.ok(
                                messages.some((message) => expected.test(message)),
                                `nothing matches ${expected} in: ${messages.join("\n")}`,
                            );
                        }
                    });
                }
            });
        }
    });
}
