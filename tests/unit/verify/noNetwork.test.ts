import assert from "node:assert/strict";
import dns from "node:dns";
import { mock } from "node:test";
import { rulesOf, Situation } from "./situation";

describe("a look from a machine without a network", () => {
    it("blames nobody, sees nothing, and says that it could not look", async () => {
        const situation = await Situation.open();
        try {
            situation.aws = undefined;
            // No TCP connection leads to everybody at once.
            situation.connectTo = [{ toHost: "255.255.255.255" }];
            const { findings, observations, failures } = await situation.look();
            assert.deepEqual(findings, []);
            assert.deepEqual([...new Set(observations.map(({ outcome }) => outcome))], ["unseen"]);
            assert.match(failures?.join() ?? "", /^telemetry us-east-1: .* no way to any of its addresses$/);
        } finally {
            await situation.close();
        }
    });

    for (const [code, isOfTheStack] of [
        ["EAI_AGAIN", false],
        ["EAI_FAIL", false],
        ["ENOTFOUND", true],
    ] as const) {
        it(`takes ${code} of this machine's resolver for ${isOfTheStack ? "the stack's" : "its own"} fault`, async () => {
            const situation = await Situation.open();
            const lookup = mock.method(dns.promises, "lookup", () =>
                Promise.reject(Object.assign(new Error(code), { code })),
            );
            try {
                situation.aws = undefined;
                situation.only = ["tls", "protocols"];
                situation.asksMachine = true;
                const { observations, failures, ...rest } = await situation.look();
                assert.deepEqual(rulesOf({ observations, ...rest }), isOfTheStack ? ["endpoint-unresolved"] : []);
                assert.equal(failures?.length, isOfTheStack ? 0 : 1);
                const told = isOfTheStack ? "the region's data endpoint has no address" : `no answer .*: ${code}`;
                const unseen = observations.filter(({ look }) => look !== "endpoint");
                assert.ok(unseen.length > 0);
                unseen.forEach(({ outcome, detail }) => {
                    assert.equal(outcome, "unseen");
                    assert.match(detail, new RegExp(`^${told}$`));
                });
            } finally {
                lookup.mock.restore();
                await situation.close();
            }
        });
    }
});
