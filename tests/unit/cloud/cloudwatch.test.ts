import assert from "node:assert/strict";
import { makeSandbox, removeSandboxes, start, type Sandbox } from "./sandbox";

const topic = "arn:aws:sns:us-east-1:123456789012:alerts";

const expiry = {
    AlarmName: "expiry",
    AlarmActions: [topic],
    Namespace: "AWS/CertificateManager",
    MetricName: "DaysToExpiry",
    Dimensions: [{ Name: "CertificateArn", Value: "arn:aws:acm:us-east-1:123456789012:certificate/1" }],
    Statistic: "Minimum",
    Period: 86_400,
    EvaluationPeriods: 1,
    Threshold: 30,
    ComparisonOperator: "LessThanOrEqualToThreshold",
    TreatMissingData: "breaching",
};

const metric = (Id: string, rest: object = {}) => ({
    Id,
    MetricStat: { Metric: { Namespace: "AWS/IoT", MetricName: Id }, Period: 300, Stat: "Sum" },
    ReturnData: false,
    ...rest,
});

const ofExpression = {
    AlarmName: "failures",
    Metrics: [metric("failed"), metric("all"), { Id: "share", Expression: "failed / all" }],
    EvaluationPeriods: 3,
    Threshold: 0.1,
    ComparisonOperator: "GreaterThanThreshold",
};

describe("sandbox/cloud cloudwatch", () => {
    let sandbox: Sandbox;

    beforeEach(() => {
        sandbox = makeSandbox();
    });
    afterEach(removeSandboxes);

    async function names(input: object): Promise<string[]> {
        const { MetricAlarms } = await sandbox.call("cloudwatch:DescribeAlarms", input);
        return MetricAlarms.map((alarm: { AlarmName: string }) => alarm.AlarmName);
    }

    it("makes an alarm without data, and tells it as it was put", async () => {
        await sandbox.call("cloudwatch:PutMetricAlarm", expiry);
        const { MetricAlarms } = await sandbox.call("cloudwatch:DescribeAlarms", { AlarmNames: ["expiry"] });
        assert.deepEqual(MetricAlarms, [
            {
                ...expiry,
                ActionsEnabled: true,
                OKActions: [],
                InsufficientDataActions: [],
                AlarmArn: "arn:aws:cloudwatch:us-east-1:123456789012:alarm:expiry",
                AlarmConfigurationUpdatedTimestamp: start,
                StateValue: "INSUFFICIENT_DATA",
                StateReason: "Unchecked: Initial alarm creation",
                StateReasonData: undefined,
                StateUpdatedTimestamp: start,
                StateTransitionedTimestamp: start,
            },
        ]);
    });

    it("overwrites an alarm as a whole, leaves its state, and ignores tags then", async () => {
        await sandbox.call("cloudwatch:PutMetricAlarm", { ...expiry, Tags: [{ Key: "a", Value: "1" }] });
        sandbox.cloud.advanceClock(1000);
        const changed = { ...expiry, Threshold: 14, TreatMissingData: undefined };
        await sandbox.call("cloudwatch:PutMetricAlarm", { ...changed, Tags: [{ Key: "b", Value: "2" }] });
        const { MetricAlarms } = await sandbox.call("cloudwatch:DescribeAlarms");
        const [alarm] = MetricAlarms;
        assert.deepEqual([alarm.Threshold, alarm.TreatMissingData], [14, undefined]);
        assert.deepEqual(alarm.StateUpdatedTimestamp, start);
        assert.deepEqual(alarm.AlarmConfigurationUpdatedTimestamp, new Date(start.getTime() + 1000));
        const { Tags } = await sandbox.call("cloudwatch:ListTagsForResource", { ResourceARN: alarm.AlarmArn });
        assert.deepEqual(Tags, [{ Key: "a", Value: "1" }]);
    });

    it("takes an alarm on an expression, on an anomaly and on a PromQL query", async () => {
        await sandbox.call("cloudwatch:PutMetricAlarm", ofExpression);
        await sandbox.call("cloudwatch:PutMetricAlarm", {
            AlarmName: "anomaly",
            Metrics: [
                metric("m1", { ReturnData: true }),
                { Id: "band", Expression: "ANOMALY_DETECTION_BAND(m1, 2)", ReturnData: true },
            ],
            ThresholdMetricId: "band",
            EvaluationPeriods: 2,
            ComparisonOperator: "GreaterThanUpperThreshold",
        });
        await sandbox.call("cloudwatch:PutMetricAlarm", {
            AlarmName: "query",
            EvaluationCriteria: { PromQLCriteria: { Query: "up == 0" } },
            EvaluationInterval: 60,
        });
        assert.deepEqual(await names({ StateValue: "INSUFFICIENT_DATA" }), ["anomaly", "failures"]);
        assert.deepEqual(await names({ StateValue: "OK" }), ["query"]);
    });

    const refused: Array<[title: string, alarm: object, expected: RegExp]> = [
        ["an alarm on nothing", { ...expiry, MetricName: undefined }, /MetricName must not be null/],
        ["a metric without a namespace", { ...expiry, Namespace: undefined }, /Namespace must not be null/],
        ["a metric without a statistic", { ...expiry, Statistic: undefined }, /Exactly one of Statistic/],
        ["two statistics", { ...expiry, ExtendedStatistic: "p90" }, /cannot both be set/],
        [
            "an extended statistic that is none",
            { ...expiry, Statistic: undefined, ExtendedStatistic: "q90" },
            /ExtendedStatistic is not supported/,
        ],
        ["a metric without a period", { ...expiry, Period: undefined }, /Period must not be null/],
        ["a period of 45 seconds", { ...expiry, Period: 45 }, /multiple of 60/],
        ["no evaluation periods", { ...expiry, EvaluationPeriods: undefined }, /EvaluationPeriods must not be null/],
        ["no comparison", { ...expiry, ComparisonOperator: undefined }, /ComparisonOperator must not be null/],
        ["no threshold", { ...expiry, Threshold: undefined }, /Threshold must not be null/],
        ["eight days of a day each", { ...expiry, EvaluationPeriods: 8 }, /seven days/],
        ["25 hours in minutes", { ...expiry, Period: 60, EvaluationPeriods: 1500 }, /a day/],
        ["more data points than periods", { ...expiry, DatapointsToAlarm: 2 }, /DatapointsToAlarm must be less/],
        ["a treatment of missing data that is none", { ...expiry, TreatMissingData: "Breaching" }, /TreatMissingData/],
        [
            "a comparison with a band without one",
            { ...expiry, ComparisonOperator: "LessThanLowerThreshold" },
            /only with/,
        ],
        ["a statistic that is none", { ...expiry, Statistic: "Median" }, /enum value set/],
        ["six actions", { ...expiry, AlarmActions: Array(6).fill(topic) }, /less than or equal to 5/],
        ["an action that is no ARN", { ...expiry, OKActions: ["alerts"] }, /Invalid arn syntax: alerts/],
        [
            "an action of another region",
            { ...expiry, AlarmActions: [topic.replace("us-east-1", "eu-west-1")] },
            /Invalid region eu-west-1 specified. Only us-east-1 is supported./,
        ],
        ["a name with a line break", { ...expiry, AlarmName: "a\nb" }, /control characters/],
        ["a metric beside a list", { ...ofExpression, Period: 60 }, /Period should not be set if list of Metrics/],
        [
            "a list that returns two results",
            { ...ofExpression, Metrics: [metric("a", { ReturnData: true }), { Id: "b", Expression: "a" }] },
            /Exactly one element of the metrics list should return data/,
        ],
        [
            "a list with an identifier twice",
            { ...ofExpression, Metrics: [metric("a"), metric("a"), { Id: "b", Expression: "a" }] },
            /must be unique/,
        ],
        [
            "an identifier with a capital first",
            { ...ofExpression, Metrics: [{ Id: "Sum", Expression: "1" }] },
            /lowercase letter/,
        ],
        [
            "a query of both kinds",
            { ...ofExpression, Metrics: [metric("a", { Expression: "b", ReturnData: true })] },
            /Exactly one of Expression and MetricStat/,
        ],
        [
            "eleven metrics",
            {
                ...ofExpression,
                Metrics: [
                    ...Array.from({ length: 11 }, (_, index) => metric(`m${index}`)),
                    { Id: "e", Expression: "m1" },
                ],
            },
            /at most 10 retrieve a metric/,
        ],
        [
            "criteria without an interval",
            { AlarmName: "query", EvaluationCriteria: { PromQLCriteria: { Query: "up" } } },
            /EvaluationInterval must not be null/,
        ],
        ["tags that AWS reserves", { ...expiry, Tags: [{ Key: "aws:x", Value: "1" }] }, /reserved/],
    ];

    for (const [title, alarm, expected] of refused) {
        it(`refuses ${title}`, async () => {
            const refusal = await sandbox.refusal("cloudwatch:PutMetricAlarm", alarm);
            assert.match(refusal, /^ValidationError: /);
            assert.match(refusal, expected);
            assert.deepEqual(sandbox.cloud.resources(), []);
        });
    }

    it("finds alarms by name, prefix and action, page by page", async () => {
        for (const AlarmName of ["a-1", "a-2", "b-1"]) {
            await sandbox.call("cloudwatch:PutMetricAlarm", {
                ...expiry,
                AlarmName,
                AlarmActions: AlarmName === "a-2" ? [] : [topic],
            });
        }
        assert.deepEqual(await names({ AlarmNames: ["b-1", "absent"] }), ["b-1"]);
        assert.deepEqual(await names({ AlarmNamePrefix: "a-" }), ["a-1", "a-2"]);
        assert.deepEqual(await names({ ActionPrefix: "arn:aws:sns" }), ["a-1", "b-1"]);
        assert.deepEqual(await names({ AlarmTypes: ["CompositeAlarm"] }), []);
        const first = await sandbox.call("cloudwatch:DescribeAlarms", { MaxRecords: 2 });
        assert.equal(first.MetricAlarms.length, 2);
        assert.deepEqual(await names({ NextToken: first.NextToken }), ["b-1"]);
        assert.match(
            await sandbox.refusal("cloudwatch:DescribeAlarms", { NextToken: "nonsense" }),
            /^InvalidNextToken: /,
        );
        assert.match(
            await sandbox.refusal("cloudwatch:DescribeAlarms", { AlarmNames: ["a-1"], AlarmNamePrefix: "a" }),
            /^ValidationError: /,
        );
    });

    it("deletes the alarms that are there, whatever other names are given, and their tags", async () => {
        await sandbox.call("cloudwatch:PutMetricAlarm", { ...expiry, Tags: [{ Key: "a", Value: "1" }] });
        await sandbox.call("cloudwatch:DeleteAlarms", { AlarmNames: ["absent", "expiry"] });
        assert.deepEqual(sandbox.cloud.resources(), []);
        await sandbox.call("cloudwatch:PutMetricAlarm", expiry);
        const ResourceARN = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:expiry";
        assert.deepEqual(await sandbox.call("cloudwatch:ListTagsForResource", { ResourceARN }), { Tags: [] });
    });

    it("tags alarms", async () => {
        await sandbox.call("cloudwatch:PutMetricAlarm", expiry);
        const ResourceARN = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:expiry";
        await sandbox.call("cloudwatch:TagResource", { ResourceARN, Tags: [{ Key: "a", Value: "1" }] });
        await sandbox.call("cloudwatch:TagResource", { ResourceARN, Tags: [{ Key: "b", Value: "2" }] });
        await sandbox.call("cloudwatch:UntagResource", { ResourceARN, TagKeys: ["a"] });
        const { Tags } = await sandbox.call("cloudwatch:ListTagsForResource", { ResourceARN });
        assert.deepEqual(Tags, [{ Key: "b", Value: "2" }]);
        const absent = { ResourceARN: `${ResourceARN}-absent` };
        assert.match(await sandbox.refusal("cloudwatch:ListTagsForResource", absent), /^ResourceNotFoundException: /);
        const topicArn = { ResourceARN: topic };
        assert.match(await sandbox.refusal("cloudwatch:ListTagsForResource", topicArn), /^InvalidParameterValue/);
    });

    it("sets the state of an alarm", async () => {
        await sandbox.call("cloudwatch:PutMetricAlarm", expiry);
        sandbox.cloud.advanceClock(1000);
        const change = { AlarmName: "expiry", StateValue: "ALARM", StateReason: "a test" };
        await sandbox.call("cloudwatch:SetAlarmState", change);
        const { MetricAlarms } = await sandbox.call("cloudwatch:DescribeAlarms", { StateValue: "ALARM" });
        assert.deepEqual(
            [MetricAlarms[0].StateReason, MetricAlarms[0].StateTransitionedTimestamp],
            ["a test", new Date(start.getTime() + 1000)],
        );
        assert.match(
            await sandbox.refusal("cloudwatch:SetAlarmState", { ...change, AlarmName: "absent" }),
            /^ResourceNotFound: /,
        );
        assert.match(
            await sandbox.refusal("cloudwatch:SetAlarmState", { ...change, StateReasonData: "{" }),
            /^InvalidFormatFault: /,
        );
    });
});
