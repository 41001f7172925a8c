import assert from "node:assert/strict";
import path from "node:path";
import { root } from "../../tools/generated";
import { TestStack } from "./stack";

const project = path.join(root, "examples", "consumer");
const stack = "consumer";

const consumerConfiguration = (overrides: Record<string, unknown> = {}) => ({
    config: {
        "aws:region": "us-east-1",
        "iot-domains-consumer:stack": "organization/iot-domains/test",
        "iot-domains-consumer:regions": ["us-east-1"],
        ...overrides,
    },
});

describe("another team's program", function () {
    this.timeout(240_000);
    const provider = new TestStack();
    after(() => provider.remove());

    before(() => provider.up());

    it("reads the domains of the stack and deploys with them", async () => {
        const { sandbox } = provider;
        sandbox.configure(stack, consumerConfiguration());
        const up = await sandbox.start(stack, { project });
        assert.equal(up.exitCode, 0, up.stdout + up.stderr);
        const output = await sandbox.pulumi(["stack", "output", "--json"], { stack, project });
        const { deviceSettings, firstCertificateExpiry } = JSON.parse(output.stdout);
        assert.equal(deviceSettings.endpoint, "iot.example.com");
        assert.deepEqual(deviceSettings.mqtt, [
            { protocol: "mqtt", authentication: "x509", port: 8883 },
            { protocol: "mqtt", authentication: "x509", port: 443, alpn: "x-amzn-mqtt-ca" },
        ]);
        assert.ok(Date.parse(firstCertificateExpiry) > Date.now());
        assert.equal(provider.inventory().filter((what) => what.endsWith("cloudwatch/alarm")).length, 2);
    });

    it("is told which domains there are when it asks for another", async () => {
        const { sandbox } = provider;
        sandbox.configure(stack, consumerConfiguration({ "iot-domains-consumer:domain": "video" }));
        const preview = await sandbox.pulumi(["preview"], { stack, project });
        assert.notEqual(preview.exitCode, 0);
        assert.match(preview.stdout + preview.stderr, /no domain video in that stack: it has telemetry/);
    });
});
