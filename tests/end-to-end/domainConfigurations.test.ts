import assert from "node:assert/strict";
import { domainsOutputSchema } from "../../outputs/contract";
import { settings, TestStack } from "./stack";

const region = "us-east-1";
const domain = (overrides: Record<string, unknown>) =>
    settings({ domains: { telemetry: { domainName: "iot.example.com", ...overrides } } });

describe("a domain configuration", function () {
    this.timeout(300_000);
    const stack = new TestStack();
    after(() => stack.remove());

    const call = (service: string, operation: string, parameters: Record<string, unknown>) =>
        stack.sandbox.cloud().call({ service, operation, region, parameters });
    const described = () => call("iot", "DescribeDomainConfiguration", { domainConfigurationName: "test-telemetry" });
    const connections = async () =>
        domainsOutputSchema
            .parse((await stack.outputs()).domains)
            ["telemetry"]?.connections.map(
                ({ protocol, authentication, port }) => `${protocol} ${authentication} ${port}`,
            );

    it("comes up enabled although it is to be disabled, and says so", async () => {
        stack.configure(domain({ status: "DISABLED" }));
        const { completed } = await stack.preview();
        assert.match(
            completed.stdout + completed.stderr,
            /AWS makes every domain configuration ENABLED; deploy once more/,
        );
        await stack.up();
        assert.equal((await described()).domainConfigurationStatus, "ENABLED");
    });

    it("is disabled by the next deployment, as the preview shows", async () => {
        const { steps } = await stack.preview();
        const changed = steps.filter(({ op }) => op !== "same" && op !== "read");
        assert.deepEqual(
            changed.map(({ op, type, detailedDiff }) => [op, type, Object.keys(detailedDiff ?? {})]),
            [["update", "aws:iot/domainConfiguration:DomainConfiguration", ["status"]]],
        );
        await stack.up();
        assert.equal((await described()).domainConfigurationStatus, "DISABLED");
        stack.configure(domain({}));
        await stack.up();
        assert.equal((await described()).domainConfigurationStatus, "ENABLED");
    });

    it("changes authentication and protocol in place, and promises what goes with them", async () => {
        stack.configure(domain({ authenticationType: "AWS_X509", applicationProtocol: "SECURE_MQTT" }));
        const { changes } = await stack.preview();
        assert.equal(changes.update, 1);
        assert.equal(changes.replace ?? 0, 0);
        await stack.up();
        const { authenticationType, applicationProtocol } = await described();
        assert.deepEqual([authenticationType, applicationProtocol], ["AWS_X509", "SECURE_MQTT"]);
        assert.deepEqual(await connections(), ["mqtt x509 8883", "mqtt x509 443"]);
    });

    it("keeps the OCSP stapling that somebody turned on beside the stack", async () => {
        const serverCertificateConfig = { enableOCSPCheck: true };
        await call("iot", "UpdateDomainConfiguration", {
            domainConfigurationName: "test-telemetry",
            serverCertificateConfig,
        });
        await stack.succeed("refresh", "--yes");
        stack.configure(domain({ authenticationType: "AWS_X509" }));
        await stack.up();
        const found = await described();
        assert.equal(found.applicationProtocol, "DEFAULT");
        assert.deepEqual(found.serverCertificateConfig, serverCertificateConfig);
    });

    it("takes an authorizer, and lets it go", async () => {
        const authorizerFunctionArn = `arn:aws:lambda:${region}:123456789012:function:authorizer`;
        await call("iot", "CreateAuthorizer", {
            authorizerName: "telemetry",
            authorizerFunctionArn,
            signingDisabled: true,
            status: "ACTIVE",
        });
        const authorizerConfig = { defaultAuthorizerName: "telemetry" };
        stack.configure(domain({ authenticationType: "CUSTOM_AUTH", authorizerConfig }));
        await stack.up();
        assert.deepEqual((await described()).authorizerConfig, {
            defaultAuthorizerName: "telemetry",
            allowAuthorizerOverride: false,
        });
        assert.ok((await connections())?.every((each) => each.includes("custom-authorizer")));
        stack.configure(domain({}));
        await stack.up();
        assert.equal((await described()).authorizerConfig, undefined);
        assert.deepEqual(Object.keys((await stack.preview()).changes), ["same"]);
    });

    it("has an alarm, and ACM's events on its certificate, go to the region's topic", async () => {
        const { Rules } = await call("events", "ListRules", {});
        const [rule] = Rules as any[];
        const arn = (await stack.outputs()).domains.telemetry.regions[region].certificateArn;
        const pattern = JSON.parse(rule.EventPattern);
        assert.deepEqual([pattern.source, pattern.resources], [["aws.acm"], [arn]]);
        assert.deepEqual(pattern.$or[0].detail, { DaysToExpiry: [{ numeric: ["<=", 30] }] });
        const { Targets } = await call("events", "ListTargetsByRule", { Rule: rule.Name });
        const { MetricAlarms } = await call("cloudwatch", "DescribeAlarms", {});
        assert.deepEqual(
            Targets.map(({ Arn }: any) => Arn),
            MetricAlarms[0].AlarmActions,
        );
        assert.match(MetricAlarms[0].AlarmDescription, /ACM was to renew it by itself and has not/);
        const { Attributes } = await call("sns", "GetTopicAttributes", { TopicArn: Targets[0].Arn });
        const statements = JSON.parse(Attributes.Policy).Statement as any[];
        assert.deepEqual(
            statements.map(({ Principal, Condition }) => [Principal.Service, Object.values(Condition)[0]]),
            [
                ["cloudwatch.amazonaws.com", { "aws:SourceAccount": "123456789012" }],
                ["events.amazonaws.com", { "aws:SourceArn": `arn:aws:events:${region}:123456789012:rule/*` }],
            ],
        );
    });
});
