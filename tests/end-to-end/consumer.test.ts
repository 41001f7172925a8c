import assert from "node:assert/strict";
import path from "node:path";
import type { DomainOutput } from "../../outputs";
import { root } from "../../tools/generated";
import { placedSettings } from "./placedStack";
import { TestStack } from "./stack";

const project = path.join(root, "examples", "consumer");
const stack = "consumer";

const consumerConfiguration = (overrides: Record<string, unknown> = {}) => ({
    config: {
        "aws:region": "us-east-1",
        "iot-domains-consumer:stack": "organization/iot-domains/test",
        ...overrides,
    },
});

describe("another team's program", function () {
    this.timeout(240_000);
    const provider = new TestStack(placedSettings({ "us-east-1": {}, "eu-central-1": {} }));
    after(() => provider.remove());

    before(() => provider.up());

    it("reads the domains of the stack and deploys with them", async () => {
        const { sandbox } = provider;
        sandbox.configure(stack, consumerConfiguration());
        const up = await sandbox.start(stack, { project });
        assert.equal(up.exitCode, 0, up.stdout + up.stderr);
        const output = await sandbox.pulumi(["stack", "output", "--json"], { stack, project });
        const { deviceSettings, firstCertificateExpiry, standIns } = JSON.parse(output.stdout);
        assert.equal(deviceSettings.endpoint, "iot.example.com");
        assert.deepEqual(deviceSettings.mqtt, [
            { protocol: "mqtt", authentication: "x509", port: 8883 },
            { protocol: "mqtt", authentication: "x509", port: 443, alpn: "x-amzn-mqtt-ca" },
        ]);
        assert.ok(Date.parse(firstCertificateExpiry) > Date.now());
        assert.deepEqual(standIns, { "eu-central-1": ["us-east-1"] });
    });

    it("watches the connections, the health check and the provisioning of every region", async () => {
        const { domains } = await provider.outputs<{ domains: Record<string, DomainOutput> }>();
        const healthCheckOf = (region: string) => domains["telemetry"]?.regions[region]?.healthCheckId;
        const alarms = provider.sandbox
            .cloud()
            .trail()
            .filter(({ operation }) => operation === "PutMetricAlarm")
            .map(({ region, parameters }) => ({ region, parameters: parameters as Record<string, any> }))
            .filter(({ parameters }) => parameters["Namespace"] !== "AWS/CertificateManager")
            .map(({ region, parameters }) =>
                [region, parameters["MetricName"], parameters["Dimensions"][0].Value].join(),
            );
        assert.deepEqual(
            alarms.sort(),
            [
                "eu-central-1,Connect.AuthError,MQTT",
                "eu-central-1,RegisterThingFailed,test-fleet",
                "us-east-1,Connect.AuthError,MQTT",
                "us-east-1,RegisterThingFailed,test-fleet",
                `us-east-1,HealthCheckStatus,${healthCheckOf("us-east-1")}`,
                `us-east-1,HealthCheckStatus,${healthCheckOf("eu-central-1")}`,
            ].sort(),
        );
    });

    it("is told which domains there are when it asks for another", async () => {
        const { sandbox } = provider;
        sandbox.configure(stack, consumerConfiguration({ "iot-domains-consumer:domain": "video" }));
        const preview = await sandbox.pulumi(["preview"], { stack, project });
        assert.notEqual(preview.exitCode, 0);
        assert.match(preview.stdout + preview.stderr, /no domain video in that stack: it has telemetry/);
    });
});
