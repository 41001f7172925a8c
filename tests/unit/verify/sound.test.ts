import assert from "node:assert/strict";
import { withClaim } from "./provisioned";
import { rulesOf, Situation } from "./situation";

describe("a look at a sound domain", function () {
    this.timeout(300_000);
    let situation: Situation;
    before(async () => {
        situation = await Situation.open();
        await withClaim(situation);
    });
    after(() => situation.close());

    it("finds no fault, and sees everything for which there are credentials, fifty times over", async () => {
        for (let run = 1; run <= 50; run++) {
            const result = await situation.look();
            const unsound = result.observations.filter(({ outcome }) => outcome !== "sound");
            assert.deepEqual([rulesOf(result), unsound], [[], []], `run ${run}`);
            assert.ok(result.observations.length > 16);
        }
    });
});
