import assert from "node:assert/strict";
import { toResources } from "./conversions";
import { judge } from "./judge";
import { makeSandbox, removeSandboxes } from "./sandbox";
import { zip } from "./zip";
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

describe("the model and AWS's own schemas both refuse", function () {
    this.timeout(60_000);
    afterEach(removeSandboxes);

    const TopicArn = "arn:aws:sns:us-east-1:123456789012:alerts";
    const PolicyDocument = (rest: object) =>
        JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "iot:Connect", ...rest }] });
    const AssumeRolePolicyDocument = PolicyDocument({
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
    });
    const definition = {
        FunctionName: "hook",
        Role: "arn:aws:iam::123456789012:role/Hook",
        Runtime: "nodejs22.x",
        Handler: "index.handler",
        Code: { ZipFile: zip("index.js", "") },
    };
    const permission = { FunctionName: "hook", StatementId: "iot", Principal: "iot.amazonaws.com" };

    const cases: Array<[title: string, call: string, unsound: Record<string, unknown>]> = [
        ["a topic's name of 257 letters", "sns:CreateTopic", { Name: "x".repeat(257) }],
        ["a subscription without a protocol", "sns:Subscribe", { TopicArn, Endpoint: "ops@example.com" }],
        ["no policy as a topic's policy", "sns:SetTopicAttributes", { TopicArn, AttributeName: "Policy" }],
        ["an alarm on nothing", "cloudwatch:PutMetricAlarm", { ...alarm, MetricName: undefined }],
        ["a comparison that is none", "cloudwatch:PutMetricAlarm", { ...alarm, ComparisonOperator: "Less" }],
        ["two statistics of one metric", "cloudwatch:PutMetricAlarm", { ...alarm, ExtendedStatistic: "p90" }],
        ["a rule that nothing triggers", "events:PutRule", { Name: "expiry" }],
        ["a rate of one days", "events:PutRule", { Name: "expiry", ScheduleExpression: "rate(1 days)" }],
        ["a rule's state that is none", "events:PutRule", { Name: "expiry", EventPattern: "{}", State: "ON" }],
        [
            "six targets of a rule",
            "events:PutTargets",
            { Rule: "expiry", Targets: Array.from({ length: 6 }, (_, index) => ({ Id: `t${index}`, Arn: TopicArn })) },
        ],
        [
            "a session of one minute",
            "iam:CreateRole",
            { RoleName: "Short", AssumeRolePolicyDocument, MaxSessionDuration: 60 },
        ],
        ["a path without slashes", "iam:CreateRole", { RoleName: "Short", AssumeRolePolicyDocument, Path: "fleet" }],
        [
            "a principal in a role's own policy",
            "iam:PutRolePolicy",
            { RoleName: "Hook", PolicyName: "p", PolicyDocument: PolicyDocument({ Resource: "*", Principal: "*" }) },
        ],
        [
            "a managed policy without an action",
            "iam:CreatePolicy",
            { PolicyName: "p", PolicyDocument: PolicyDocument({ Resource: "*", Action: undefined }) },
        ],
        [
            "a function without a runtime",
            "lambda:CreateFunction",
            { ...definition, FunctionName: "other", MemorySize: 64 },
        ],
        ["a timeout of no seconds", "lambda:CreateFunction", { ...definition, FunctionName: "other", Timeout: 0 }],
        ["a permission for no action", "lambda:AddPermission", { ...permission, Action: "invoke" }],
        [
            "a permission for what is no ARN",
            "lambda:AddPermission",
            { ...permission, Action: "lambda:InvokeFunction", SourceArn: "iot" },
        ],
        ["a secret's name of 513 letters", "secretsmanager:CreateSecret", { Name: "x".repeat(513) }],
    ];

    for (const [title, name, unsound] of cases) {
        it(title, async () => {
            const sandbox = makeSandbox();
            await sandbox.call("sns:CreateTopic", { Name: "alerts" });
            await sandbox.call("events:PutRule", { Name: "expiry", ScheduleExpression: "rate(1 day)" });
            await sandbox.call("iam:CreateRole", { RoleName: "Hook", AssumeRolePolicyDocument });
            await sandbox.call("lambda:CreateFunction", definition);
            const before = sandbox.cloud.resources();
            assert.match(await sandbox.refusal(name, unsound), /^\w+: /);
            assert.deepEqual(sandbox.cloud.resources(), before);
            assert.notDeepEqual(judge("us-east-1", toResources(call(name, unsound))), []);
        });
    }
});
