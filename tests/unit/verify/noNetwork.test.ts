import assert from "node:assert/strict";
import { Situation } from "./situation";

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
});
