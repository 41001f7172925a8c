import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { root } from "../../tools/generated";
import { placedSettings } from "./placedStack";
import { TestStack } from "./stack";

describe("a script that reads the outputs by the Automation API", function () {
    this.timeout(240_000);
    const stack = new TestStack(placedSettings({ "us-east-1": {}, "eu-central-1": { drained: true } }));
    after(() => stack.remove());

    const run = async (name: string) =>
        spawnSync(
            process.execPath,
            [
                "--require",
                path.join(root, "tools/typescript.cjs"),
                path.join(root, "examples/automation/index.ts"),
                name,
            ],
            { env: await stack.sandbox.environment(name), encoding: "utf8" },
        );

    it("tells how long each certificate lasts, what stands in for each region, and how devices are provisioned", async () => {
        await stack.up();
        const { status, stdout, stderr } = await run(stack.name);
        assert.equal(status, 0, stderr);
        assert.match(stdout, /^iot\.example\.com in us-east-1: \d{2,3} days left$/m);
        assert.match(stdout, /^iot\.example\.com in eu-central-1: \d{2,3} days left; drained; us-east-1 stands in$/m);
        assert.match(stdout, /^provisioning in eu-central-1: by claim$/m);
    });

    it("says which stack it does not find", async () => {
        const { status, stderr } = await run("nowhere");
        assert.equal(status, 2);
        assert.match(stderr, /nowhere/);
    });
});
