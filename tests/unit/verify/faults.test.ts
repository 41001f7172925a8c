import assert from "node:assert/strict";
import { isFault } from "../../../rules/finding";
import { injectedFaults } from "./injectedFaults";
import { withAuthority, withClaim } from "./provisioned";
import { rulesOf, Situation } from "./situation";

describe("a look at a domain with a fault", function () {
    this.timeout(60_000);

    for (const { title, configuration, imported, inject, rules, remedy } of injectedFaults) {
        it(`tells of ${title}, and of nothing else`, async () => {
            const situation = await Situation.open(configuration, imported);
            try {
                await inject(situation);
                const result = await situation.look();
                assert.deepEqual(rulesOf(result), rules, JSON.stringify(result.findings, null, 2));
                for (const finding of result.findings.filter(isFault)) {
                    assert.match(finding.remedy, remedy);
                    assert.match(finding.reference ?? "", /^https:\/\//);
                }
                const faulty = result.observations.filter(({ outcome }) => outcome === "fault");
                assert.ok(faulty.length > 0);
            } finally {
                await situation.close();
            }
        });
    }
});

describe("a look at sound provisioning", function () {
    this.timeout(60_000);

    for (const [title, prepare] of [
        ["by claim", withClaim],
        ["just in time", withAuthority],
    ] as const) {
        it(`has a device provisioned ${title}, which then connects, publishes and receives`, async () => {
            const situation = await Situation.open();
            try {
                await prepare(situation);
                const { findings, observations } = await situation.look();
                assert.deepEqual(findings.filter(isFault), []);
                const seen = observations.filter(({ look }) => look === "provisioning");
                assert.deepEqual([...new Set(seen.map(({ outcome }) => outcome))], ["sound"]);
                assert.ok(seen.some(({ detail }) => /connected, published and received/.test(detail)));
            } finally {
                await situation.close();
            }
        });
    }
});
