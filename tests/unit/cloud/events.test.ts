import assert from "node:assert/strict";
import { patternFault } from "../../../sandbox/cloud/services/events/eventPatterns";
import { isSchedule } from "../../../sandbox/cloud/services/events/schedules";
import { makeSandbox, removeSandboxes, type Sandbox } from "./sandbox";

const topic = "arn:aws:sns:us-east-1:123456789012:alerts";
const rule = {
    Name: "expiry",
    EventPattern: JSON.stringify({ source: ["aws.acm"], "detail-type": ["ACM Certificate Approaching Expiration"] }),
};
const ruleArn = "arn:aws:events:us-east-1:123456789012:rule/expiry";

describe("sandbox/cloud events", () => {
    let sandbox: Sandbox;

    beforeEach(async () => {
        sandbox = makeSandbox();
        await sandbox.call("events:PutRule", { ...rule, Tags: [{ Key: "a", Value: "1" }] });
    });
    afterEach(removeSandboxes);

    it("makes a rule on the default bus, enabled", async () => {
        assert.deepEqual(await sandbox.call("events:DescribeRule", { Name: "expiry" }), {
            ...rule,
            Arn: ruleArn,
            State: "ENABLED",
            EventBusName: "default",
            CreatedBy: "123456789012",
        });
    });

    it("overwrites a rule as a whole, but for its tags", async () => {
        await sandbox.call("events:PutRule", { ...rule, Description: "Expiry", State: "DISABLED" });
        await sandbox.call("events:PutRule", { ...rule, Tags: [{ Key: "b", Value: "2" }] });
        const { Description, State } = await sandbox.call("events:DescribeRule", { Name: "expiry" });
        assert.deepEqual([Description, State], [undefined, "ENABLED"]);
        const { Tags } = await sandbox.call("events:ListTagsForResource", { ResourceARN: ruleArn });
        assert.deepEqual(Tags, [{ Key: "a", Value: "1" }]);
    });

    it("switches a rule off and on", async () => {
        for (const [operation, expected] of [
            ["DisableRule", "DISABLED"],
            ["EnableRule", "ENABLED"],
        ] as const) {
            await sandbox.call(`events:${operation}`, { Name: "expiry" });
            assert.equal((await sandbox.call("events:DescribeRule", { Name: "expiry" })).State, expected);
        }
    });

    it("lists rules by prefix, page by page", async () => {
        await sandbox.call("events:PutRule", { ...rule, Name: "expired" });
        await sandbox.call("events:PutRule", { ...rule, Name: "other" });
        const first = await sandbox.call("events:ListRules", { NamePrefix: "expir", Limit: 1 });
        const rest = await sandbox.call("events:ListRules", { NamePrefix: "expir", NextToken: first.NextToken });
        const names = [...first.Rules, ...rest.Rules].map(({ Name }) => Name);
        assert.deepEqual([names, rest.NextToken], [["expired", "expiry"], undefined]);
    });

    it("deletes a rule only when its targets are gone", async () => {
        await sandbox.call("events:PutTargets", { Rule: "expiry", Targets: [{ Id: "topic", Arn: topic }] });
        const refusal = await sandbox.refusal("events:DeleteRule", { Name: "expiry" });
        assert.match(refusal, /^ValidationException: Rule can't be deleted since it has targets\.$/);
        await sandbox.call("events:RemoveTargets", { Rule: "expiry", Ids: ["topic"] });
        await sandbox.call("events:DeleteRule", { Name: "expiry" });
        assert.deepEqual(sandbox.cloud.resources(), []);
        assert.match(
            await sandbox.refusal("events:DescribeRule", { Name: "expiry" }),
            /^ResourceNotFoundException: Rule expiry does not exist on EventBus default\.$/,
        );
    });

    const refusedRules: Array<[title: string, change: object, expected: RegExp]> = [
        ["nothing to match", { EventPattern: undefined }, /^ValidationException: .*must be specified/],
        ["a pattern that is no JSON", { EventPattern: "{" }, /^InvalidEventPatternException: .*not valid JSON/],
        ["a schedule that is none", { ScheduleExpression: "daily" }, /^ValidationException: .*ScheduleExpression/],
        ["another bus", { EventBusName: "own" }, /^ResourceNotFoundException: Event bus own does not exist/],
        ["a name with a space", { Name: "a b" }, /^ValidationException: .*regular expression/],
        ["tags that AWS reserves", { Name: "other", Tags: [{ Key: "aws:a", Value: "1" }] }, /^ValidationException: /],
    ];

    for (const [title, change, expected] of refusedRules) {
        it(`refuses a rule with ${title}`, async () => {
            assert.match(await sandbox.refusal("events:PutRule", { ...rule, ...change }), expected);
            assert.equal(sandbox.cloud.resources().length, 1);
        });
    }

    it("keeps targets by their identifiers", async () => {
        const put = (...Targets: object[]) => sandbox.call("events:PutTargets", { Rule: "expiry", Targets });
        await put({ Id: "one", Arn: topic }, { Id: "two", Arn: topic });
        const answer = await put({ Id: "two", Arn: topic, Input: '{"a":1}' });
        assert.deepEqual(answer, { FailedEntryCount: 0, FailedEntries: [] });
        const { Targets } = await sandbox.call("events:ListTargetsByRule", { Rule: "expiry" });
        assert.deepEqual(Targets, [
            { Id: "one", Arn: topic },
            { Id: "two", Arn: topic, Input: '{"a":1}' },
        ]);
    });

    const refusedTargets: Array<[title: string, targets: object[], expected: RegExp]> = [
        ["no ARN", [{ Id: "a", Arn: "alerts" }], /Provided Arn is not in correct format/],
        [
            "another region's ARN",
            [{ Id: "a", Arn: topic.replace("us-east-1", "eu-west-1") }],
            /not in the rule's Region/,
        ],
        ["an input that is no JSON", [{ Id: "a", Arn: topic, Input: "hello" }], /JSON syntax error in input/],
        ["a path that is none", [{ Id: "a", Arn: topic, InputPath: "detail" }], /Invalid InputPath/],
        ["two inputs", [{ Id: "a", Arn: topic, Input: "1", InputPath: "$.detail" }], /Only one of Input, InputPath/],
        [
            "a stream without a role",
            [{ Id: "a", Arn: "arn:aws:kinesis:us-east-1:123456789012:stream/x" }],
            /RoleArn is required for target a/,
        ],
        [
            "six targets",
            Array.from({ length: 6 }, (_, index) => ({ Id: `t${index}`, Arn: topic })),
            /^LimitExceededException: /,
        ],
    ];

    for (const [title, Targets, expected] of refusedTargets) {
        it(`refuses ${title} as a target`, async () => {
            const refusal = await sandbox.refusal("events:PutTargets", { Rule: "expiry", Targets });
            assert.match(refusal, /^(Validation|LimitExceeded)Exception: /);
            assert.match(refusal, expected);
            assert.deepEqual((await sandbox.call("events:ListTargetsByRule", { Rule: "expiry" })).Targets, []);
        });
    }

    it("tags rules", async () => {
        const ResourceARN = ruleArn;
        await sandbox.call("events:TagResource", { ResourceARN, Tags: [{ Key: "b", Value: "2" }] });
        await sandbox.call("events:UntagResource", { ResourceARN, TagKeys: ["a"] });
        const { Tags } = await sandbox.call("events:ListTagsForResource", { ResourceARN });
        assert.deepEqual(Tags, [{ Key: "b", Value: "2" }]);
        const absent = { ResourceARN: `${ruleArn}-absent` };
        assert.match(await sandbox.refusal("events:ListTagsForResource", absent), /^ResourceNotFoundException: /);
    });

    describe("event patterns", () => {
        const sound = [
            { source: ["aws.acm"] },
            { detail: { DaysToExpiry: [{ numeric: [">=", 0, "<", 30] }], count: [{ numeric: ["=", 1] }] } },
            { detail: { state: [{ "anything-but": ["OK", "DONE"] }, null, true, 3] } },
            { detail: { state: [{ "anything-but": { prefix: "x" } }] } },
            {
                detail: {
                    name: [{ prefix: { "equals-ignore-case": "IOT" } }, { suffix: ".com" }, { wildcard: "a*b" }],
                },
            },
            { detail: { address: [{ cidr: "192.0.2.0/24" }], other: [{ exists: false }] } },
            { $or: [{ source: ["a"] }, { detail: { kind: ["b"] } }] },
        ];
        for (const pattern of sound) {
            it(`may be ${JSON.stringify(pattern)}`, () =>
                assert.equal(patternFault(JSON.stringify(pattern)), undefined));
        }

        const faulty: Array<[pattern: unknown, expected: RegExp]> = [
            [[], /not an object/],
            [{}, /Empty objects/],
            [{ source: "aws.acm" }, /"source" must be an object or an array/],
            [{ detail: { state: [] } }, /Empty arrays are not allowed at detail\.state/],
            [{ source: [{ like: "x" }] }, /Unrecognized match type like/],
            [{ source: [{ prefix: 1 }] }, /Value of prefix is not valid/],
            [{ count: [{ numeric: ["<", 1, ">", 2] }] }, /Value of numeric is not valid/],
            [{ count: [{ numeric: [">"] }] }, /Value of numeric is not valid/],
            [{ source: [{ exists: "yes" }] }, /Value of exists is not valid/],
            [{ $or: [{ source: ["a"] }] }, /at least two objects/],
        ];
        for (const [pattern, expected] of faulty) {
            it(`may not be ${JSON.stringify(pattern)}`, () =>
                assert.match(patternFault(JSON.stringify(pattern)) ?? "", expected));
        }
    });

    describe("schedules", () => {
        const sound = ["rate(1 minute)", "rate(12 hours)", "cron(0 10 * * ? *)", "cron(0/15 8-17 ? * MON-FRI *)"];
        sound.push("cron(0 9 ? * 2#1 *)", "cron(0 0 L * ? 2026-2030)", "cron(5,35 14 * JAN,jul ? *)");
        const faulty = ["rate(1 minutes)", "rate(5 minute)", "rate(0 days)", "rate(1.5 hours)", "cron(0 10 * * *)"];
        faulty.push("cron(0 10 * * * *)", "cron(0 10 ? * ? *)", "cron(x 10 * * ? *)", "0 10 * * ? *");
        for (const [expressions, expected] of [
            [sound, true],
            [faulty, false],
        ] as const) {
            for (const expression of expressions) {
                it(`${expected ? "may" : "may not"} be ${expression}`, () =>
                    assert.equal(isSchedule(expression), expected));
            }
        }
    });
});
