import assert from "node:assert/strict";
import { TestStack } from "./stack";

describe("debug messages of Pulumi's SDK", function () {
    this.timeout(120_000);
    const stack = new TestStack();
    after(() => stack.remove());

    /** What `pulumi preview --debug` says, with this in the environment. */
    async function said(env: Record<string, string>): Promise<string> {
        const { exitCode, stdout, stderr } = await stack.pulumi(["preview", "--debug"], { env });
        assert.equal(exitCode, 0, stdout + stderr);
        return stdout + stderr;
    }

    it("cost a preview nothing unless they are asked for", async () => {
        await stack.sandbox.prepareStack(stack.name);
        const message = /Registering resource: t=iot-domains:index:CustomDomain/;
        assert.doesNotMatch(await said({}), message);
        assert.match(await said({ IOT_DOMAINS_DEBUG: "1" }), message);
    });
});
