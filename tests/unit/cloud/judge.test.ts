import assert from "node:assert/strict";
import { judge, toResources } from "./judge";
import type { TrailEntry } from "../../../sandbox/cloud";

const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";

const call = (name: string, parameters: Record<string, unknown>): TrailEntry => {
    const [service = "", operation = ""] = name.split(":");
    const time = "2026-03-02T10:00:00.000Z";
    return { time, service, operation, region: "us-east-1", account: "123456789012", parameters, outcome: "ok" };
};

const domain = { domainConfigurationName: "a", domainName: "iot.example.com", serverCertificateArns: [certificateArn] };
const record = (ResourceRecordSet: object) => ({
    HostedZoneId: "/hostedzone/Z123",
    ChangeBatch: { Changes: [{ Action: "CREATE", ResourceRecordSet }] },
});
const address = { Name: "a.example.com", Type: "A", TTL: 60, ResourceRecords: [{ Value: "192.0.2.1" }] };
const alarm = {
    AlarmName: "expiry",
    MetricName: "DaysToExpiry",
    Namespace: "AWS/CertificateManager",
    Statistic: "Minimum",
    Period: 86_400,
    EvaluationPeriods: 1,
    Threshold: 30,
    ComparisonOperator: "LessThanThreshold",
};

describe("AWS's own resource schemas, which judge what the model accepts,", function () {
    this.timeout(60_000);

    const cases: Array<[name: string, sound: Record<string, unknown>, unsound: Record<string, unknown>]> = [
        [
            "iot:CreateDomainConfiguration",
            domain,
            { ...domain, serverCertificateArns: [certificateArn, certificateArn] },
        ],
        [
            "acm:RequestCertificate",
            { DomainName: "iot.example.com", ValidationMethod: "DNS", KeyAlgorithm: "RSA_2048" },
            { DomainName: "iot.example.com", Validation: "DNS" },
        ],
        ["route53:ChangeResourceRecordSets", record(address), record({ ...address, Type: undefined })],
        [
            "route53:CreateHealthCheck",
            { HealthCheckConfig: { Type: "TCP", FullyQualifiedDomainName: "a.example.com", Port: 8883 } },
            { HealthCheckConfig: { Type: "TCP", DomainName: "a.example.com", Port: 8883 } },
        ],
        ["cloudwatch:PutMetricAlarm", alarm, { ...alarm, MetricName: undefined }],
        ["sns:CreateTopic", { Name: "alerts" }, { Name: "alerts", Tags: [{ key: "a" }] }],
        [
            "sns:Subscribe",
            { TopicArn: "arn:aws:sns:us-east-1:123456789012:alerts", Protocol: "email", Endpoint: "ops@example.com" },
            { TopicArn: "arn:aws:sns:us-east-1:123456789012:alerts", Endpoint: "ops@example.com" },
        ],
    ];
    for (const [name, sound, unsound] of cases) {
        it(`take a sound ${name} and refuse an unsound one`, () => {
            assert.deepEqual(judge("us-east-1", toResources(call(name, sound))), []);
            assert.notDeepEqual(judge("us-east-1", toResources(call(name, unsound))), []);
        });
    }

    it("are not asked about calls that were refused or have no counterpart", () => {
        assert.deepEqual(
            toResources({ ...call("sns:CreateTopic", { Name: "a" }), outcome: "InvalidParameter: x" }),
            [],
        );
        assert.deepEqual(toResources(call("sts:GetCallerIdentity", {})), []);
    });
});
