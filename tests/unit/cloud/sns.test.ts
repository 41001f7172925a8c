import assert from "node:assert/strict";
import { makeSandbox, removeSandboxes, type Sandbox } from "./sandbox";

const account = "123456789012";
const hour = 3_600_000;

describe("sandbox/cloud sns", () => {
    let sandbox: Sandbox;
    let TopicArn: string;

    beforeEach(async () => {
        sandbox = makeSandbox();
        ({ TopicArn } = await sandbox.call("sns:CreateTopic", { Name: "alerts", Tags: [{ Key: "a", Value: "1" }] }));
    });
    afterEach(removeSandboxes);

    async function attributes(): Promise<Record<string, string>> {
        return (await sandbox.call("sns:GetTopicAttributes", { TopicArn })).Attributes;
    }

    async function subscribe(Protocol: string, Endpoint: string, rest: object = {}): Promise<string> {
        const input = { TopicArn, Protocol, Endpoint, ...rest };
        return (await sandbox.call("sns:Subscribe", input)).SubscriptionArn;
    }

    function set(AttributeName: string, AttributeValue: string): Promise<unknown> {
        return sandbox.call("sns:SetTopicAttributes", { TopicArn, AttributeName, AttributeValue });
    }

    it("gives a topic an ARN of its region, a policy for its owner and a delivery policy", async () => {
        assert.equal(TopicArn, `arn:aws:sns:us-east-1:${account}:alerts`);
        const { Policy, EffectiveDeliveryPolicy, ...others } = await attributes();
        assert.deepEqual(others, {
            DisplayName: "",
            Owner: account,
            SubscriptionsConfirmed: "0",
            SubscriptionsDeleted: "0",
            SubscriptionsPending: "0",
            TopicArn,
        });
        assert.equal(JSON.parse(Policy ?? "").Statement[0].Condition.StringEquals["AWS:SourceOwner"], account);
        assert.equal(JSON.parse(EffectiveDeliveryPolicy ?? "").http.defaultHealthyRetryPolicy.numRetries, 3);
    });

    it("answers a second creation with the same topic, unless it asks for something else", async () => {
        const again = (rest: object) => ["sns:CreateTopic", { Name: "alerts", ...rest }] as const;
        assert.deepEqual(await sandbox.call(...again({})), { TopicArn });
        assert.deepEqual(await sandbox.call(...again({ Tags: [{ Key: "a", Value: "1" }] })), { TopicArn });
        assert.match(
            await sandbox.refusal(...again({ Tags: [{ Key: "a", Value: "2" }] })),
            /^InvalidParameterException: .*Topic already exists with different tags$/,
        );
        assert.match(
            await sandbox.refusal(...again({ Attributes: { DisplayName: "Other" } })),
            /^InvalidParameterException: .*Topic already exists with different attributes$/,
        );
        assert.equal(sandbox.cloud.resources().length, 1);
    });

    it("keeps the topics of regions apart", async () => {
        const name = "sns:GetTopicAttributes";
        const options = { region: "eu-central-1" };
        assert.match(await sandbox.refusal(name, { TopicArn }, options), /^InvalidParameterException: .*TopicArn$/);
        const there = TopicArn.replace("us-east-1", "eu-central-1");
        assert.match(await sandbox.refusal(name, { TopicArn: there }, options), /^NotFoundException: /);
    });

    it("sets attributes, and unsets them with an empty value", async () => {
        await set("DisplayName", "Fleet alerts");
        await set("KmsMasterKeyId", "alias/aws/sns");
        assert.deepEqual(
            [(await attributes()).DisplayName, (await attributes()).KmsMasterKeyId],
            ["Fleet alerts", "alias/aws/sns"],
        );
        await set("DisplayName", "");
        await set("KmsMasterKeyId", "");
        assert.deepEqual([(await attributes()).DisplayName, (await attributes()).KmsMasterKeyId], ["", undefined]);
    });

    it("takes a policy that lets CloudWatch publish", async () => {
        const policy = JSON.stringify(allow({ Principal: { Service: "cloudwatch.amazonaws.com" } }));
        await set("Policy", policy);
        assert.equal((await attributes()).Policy, policy);
    });

    const allow = (rest: object) => ({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: "*", Action: "sns:Publish", Resource: "*", ...rest }],
    });

    const refusedAttributes: Array<[title: string, name: string, value: string, expected: RegExp]> = [
        ["an attribute that SNS does not know", "Colour", "red", /AttributeName$/],
        ["an attribute of FIFO topics", "ContentBasedDeduplication", "true", /FIFO topics only$/],
        ["a policy that is no JSON", "Policy", "{", /Policy Error: This policy contains invalid Json$/],
        ["an empty policy", "Policy", "", /Policy Error/],
        [
            "a policy without a principal",
            "Policy",
            JSON.stringify(allow({ Principal: undefined })),
            /Missing required field Principal$/,
        ],
        [
            "a policy on another service's actions",
            "Policy",
            JSON.stringify(allow({ Action: "sqs:SendMessage" })),
            /Policy statement action out of service scope!$/,
        ],
        ["a sample rate above a hundred", "HTTPSuccessFeedbackSampleRate", "101", /from 0 to 100$/],
        ["a signature version that is none", "SignatureVersion", "3", /must be one of 1, 2$/],
        ["a tracing mode that is none", "TracingConfig", "On", /must be one of PassThrough, Active$/],
        ["a display name of 101 letters", "DisplayName", "x".repeat(101), /at most 100 characters long$/],
    ];

    for (const [title, AttributeName, AttributeValue, expected] of refusedAttributes) {
        it(`refuses ${title}`, async () => {
            const before = await attributes();
            const input = { TopicArn, AttributeName, AttributeValue };
            const refusal = await sandbox.refusal("sns:SetTopicAttributes", input);
            assert.match(refusal, /^InvalidParameterException: Invalid parameter: /);
            assert.match(refusal, expected);
            assert.deepEqual(await attributes(), before);
        });
    }

    const refusedNames: Array<[Name: string, Attributes?: object]> = [
        ["with space"],
        ["x".repeat(257)],
        ["dot.ted"],
        ["queue.fifo"],
        ["queue", { FifoTopic: "true" }],
    ];

    for (const [Name, Attributes] of refusedNames) {
        it(`refuses the name ${Name.slice(0, 20)} for a topic ${Attributes ? "with" : "without"} FIFO`, async () => {
            const refusal = await sandbox.refusal("sns:CreateTopic", { Name, Attributes });
            assert.match(refusal, /^InvalidParameterException: Invalid parameter: Topic Name/);
        });
    }

    it("makes FIFO topics", async () => {
        const made = await sandbox.call("sns:CreateTopic", { Name: "q.fifo", Attributes: { FifoTopic: "true" } });
        const { Attributes } = await sandbox.call("sns:GetTopicAttributes", made);
        assert.equal(Attributes.FifoTopic, "true");
        assert.equal(Attributes.ContentBasedDeduplication, "false");
    });

    it("leaves a subscription by email pending, and tells its ARN only when asked", async () => {
        assert.equal(await subscribe("email", "ops@example.com"), "pending confirmation");
        const SubscriptionArn = await subscribe("email", "ops@example.com", { ReturnSubscriptionArn: true });
        assert.match(SubscriptionArn, /^arn:aws:sns:us-east-1:123456789012:alerts:[0-9a-f-]{36}$/);
        const { Attributes } = await sandbox.call("sns:GetSubscriptionAttributes", { SubscriptionArn });
        assert.deepEqual(
            [Attributes.PendingConfirmation, Attributes.ConfirmationWasAuthenticated, Attributes.Endpoint],
            ["true", "false", "ops@example.com"],
        );
        const { Subscriptions } = await sandbox.call("sns:ListSubscriptionsByTopic", { TopicArn });
        assert.deepEqual(Subscriptions, [
            {
                SubscriptionArn: "PendingConfirmation",
                Owner: account,
                Protocol: "email",
                Endpoint: "ops@example.com",
                TopicArn,
            },
        ]);
        assert.equal((await attributes()).SubscriptionsPending, "1");
        assert.match(
            await sandbox.refusal("sns:Unsubscribe", { SubscriptionArn }),
            /^InvalidParameterException: .*pending confirmation$/,
        );
    });

    it("forgets a subscription that nobody has confirmed in 48 hours", async () => {
        await subscribe("email", "ops@example.com");
        sandbox.cloud.advanceClock(48 * hour - 1);
        assert.equal((await attributes()).SubscriptionsPending, "1");
        sandbox.cloud.advanceClock(1);
        assert.equal((await attributes()).SubscriptionsPending, "0");
    });

    it("subscribes a queue of the account at once, and unsubscribes it", async () => {
        const SubscriptionArn = await subscribe("sqs", `arn:aws:sqs:us-east-1:${account}:alerts`, {
            Attributes: { RawMessageDelivery: "true" },
        });
        assert.equal((await attributes()).SubscriptionsConfirmed, "1");
        const change = { SubscriptionArn, AttributeName: "FilterPolicy", AttributeValue: '{"kind":["expiry"]}' };
        await sandbox.call("sns:SetSubscriptionAttributes", change);
        const { Attributes } = await sandbox.call("sns:GetSubscriptionAttributes", { SubscriptionArn });
        assert.deepEqual(
            [Attributes.RawMessageDelivery, Attributes.FilterPolicy, Attributes.FilterPolicyScope],
            ["true", '{"kind":["expiry"]}', "MessageAttributes"],
        );
        await sandbox.call("sns:Unsubscribe", { SubscriptionArn });
        const { SubscriptionsConfirmed, SubscriptionsDeleted } = await attributes();
        assert.deepEqual([SubscriptionsConfirmed, SubscriptionsDeleted], ["0", "1"]);
        assert.match(
            await sandbox.refusal("sns:GetSubscriptionAttributes", { SubscriptionArn }),
            /^NotFoundException: Subscription does not exist$/,
        );
    });

    const refusedSubscriptions: Array<[title: string, input: object, expected: RegExp]> = [
        ["a protocol that is none", { Protocol: "pigeon", Endpoint: "x" }, /does not support this protocol string/],
        ["an email address that is none", { Protocol: "email", Endpoint: "ops" }, /Email address$/],
        ["another scheme than the protocol", { Protocol: "https", Endpoint: "http://example.com" }, /must match/],
        ["a telephone number without a country", { Protocol: "sms", Endpoint: "0301234567" }, /Invalid SMS endpoint/],
        ["a queue's name for its ARN", { Protocol: "sqs", Endpoint: "alerts" }, /SQS endpoint ARN$/],
        [
            "a FIFO queue of a standard topic",
            { Protocol: "sqs", Endpoint: `arn:aws:sqs:us-east-1:${account}:q.fifo` },
            /FIFO SQS Queues can not be subscribed/,
        ],
        [
            "raw delivery by email",
            { Protocol: "email", Endpoint: "ops@example.com", Attributes: { RawMessageDelivery: "true" } },
            /Delivery protocol \[email\] does not support raw message delivery/,
        ],
        [
            "a filter that is no JSON",
            { Protocol: "email", Endpoint: "ops@example.com", Attributes: { FilterPolicy: "x" } },
            /FilterPolicy: failed to parse JSON/,
        ],
        [
            "a filter of six keys",
            {
                Protocol: "email",
                Endpoint: "ops@example.com",
                Attributes: { FilterPolicy: '{"a":[1],"b":[1],"c":[1],"d":[1],"e":{"f":[1],"g":[1]}}' },
            },
            /more than 5 keys/,
        ],
        [
            "a firehose without a role",
            { Protocol: "firehose", Endpoint: `arn:aws:firehose:us-east-1:${account}:deliverystream/x` },
            /SubscriptionRoleArn/,
        ],
    ];

    for (const [title, input, expected] of refusedSubscriptions) {
        it(`refuses to subscribe ${title}`, async () => {
            const refusal = await sandbox.refusal("sns:Subscribe", { TopicArn, ...input });
            assert.match(refusal, /^InvalidParameterException: Invalid parameter: /);
            assert.match(refusal, expected);
            assert.equal((await attributes()).SubscriptionsPending, "0");
        });
    }

    it("deletes a topic with its subscriptions, and does not mind one that is not there", async () => {
        await subscribe("email", "ops@example.com");
        await sandbox.call("sns:DeleteTopic", { TopicArn });
        assert.deepEqual(sandbox.cloud.resources(), []);
        await sandbox.call("sns:DeleteTopic", { TopicArn });
        assert.match(await sandbox.refusal("sns:GetTopicAttributes", { TopicArn }), /^NotFoundException: Topic does/);
    });

    it("tags topics", async () => {
        await sandbox.call("sns:TagResource", { ResourceArn: TopicArn, Tags: [{ Key: "b", Value: "2" }] });
        await sandbox.call("sns:UntagResource", { ResourceArn: TopicArn, TagKeys: ["a"] });
        const { Tags } = await sandbox.call("sns:ListTagsForResource", { ResourceArn: TopicArn });
        assert.deepEqual(Tags, [{ Key: "b", Value: "2" }]);
        const absent = { ResourceArn: `${TopicArn}-absent` };
        assert.match(await sandbox.refusal("sns:ListTagsForResource", absent), /^ResourceNotFoundException: /);
        const many = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: "" }));
        assert.match(
            await sandbox.refusal("sns:TagResource", { ResourceArn: TopicArn, Tags: many }),
            /^TagLimitExceededException: /,
        );
    });

    it("lists more than a hundred topics page by page", async () => {
        for (let index = 0; index < 104; index++) {
            await sandbox.call("sns:CreateTopic", { Name: `topic-${index}` });
        }
        const first = await sandbox.call("sns:ListTopics");
        const second = await sandbox.call("sns:ListTopics", { NextToken: first.NextToken });
        const all = [...first.Topics, ...second.Topics].map((topic: { TopicArn: string }) => topic.TopicArn);
        assert.deepEqual([first.Topics.length, second.Topics.length, second.NextToken], [100, 5, undefined]);
        assert.equal(new Set(all).size, 105);
    });

    it("takes a message, and tells its identifier", async () => {
        const { MessageId } = await sandbox.call("sns:Publish", { TopicArn, Message: "hello", Subject: "Greeting" });
        assert.match(MessageId, /^[0-9a-f-]{36}$/);
    });

    const refusedMessages: Array<[title: string, input: object, expected: RegExp]> = [
        ["an empty message", { Message: "" }, /^InvalidParameterException: .*Empty message$/],
        ["a message above 256 KB", { Message: "x".repeat(262_145) }, /^InvalidParameterException: .*too long$/],
        ["a subject of 101 letters", { Message: "x", Subject: "x".repeat(101) }, /Subject$/],
        ["a subject of two lines", { Message: "x", Subject: "a\nb" }, /Subject$/],
        ["JSON without a default", { Message: '{"email":"x"}', MessageStructure: "json" }, /No default entry/],
        ["a message for no topic", { Message: "x", TopicArn: undefined }, /^InvalidParameterException: .*TopicArn$/],
        ["a topic that is not there", { Message: "x", TopicArn: "absent" }, /^NotFoundException: /],
    ];

    for (const [title, input, expected] of refusedMessages) {
        it(`refuses to publish ${title}`, async () => {
            const arn = { absent: `${TopicArn}-absent` };
            const message = { TopicArn, ...input };
            const target = arn[message.TopicArn as "absent"] ?? message.TopicArn;
            assert.match(await sandbox.refusal("sns:Publish", { ...message, TopicArn: target }), expected);
        });
    }
});
