import assert from "node:assert/strict";
import { TestStack } from "./stack";
import { valuesOf } from "./stackFiles";

/** Each has a ready stack file in examples/configurations. */
const policies = ["simple", "weighted", "latency", "failover", "geolocation", "geoproximity", "ip-based"];

describe("every routing policy", function () {
    this.timeout(240_000);

    for (const policy of policies) {
        it(`${policy} comes up, has nothing left to do, and goes down`, async () => {
            const stack = new TestStack(valuesOf(`examples/configurations/routing-${policy}.yaml`));
            try {
                await stack.up();
                const { changes } = await stack.preview();
                assert.deepEqual(Object.keys(changes), ["same"]);
                await stack.succeed("destroy", "--yes");
                assert.deepEqual(stack.inventory(), []);
            } finally {
                stack.remove();
            }
        });
    }
});
