import assert from "node:assert/strict";
import type { Bag } from "../../../sandbox/providers/framework/values";
import { AwsSandbox } from "./awsSandbox";

const trust = (service: string) =>
    JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
    });

const allow = (action: string, resource = "*") =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: resource }] });

const client = (name: string) => allow("iot:Connect", `arn:aws:iot:eu-central-1:123456789012:client/${name}`);

const template = (policy: string) =>
    JSON.stringify({
        Parameters: { SerialNumber: { Type: "String" } },
        Resources: {
            certificate: {
                Type: "AWS::IoT::Certificate",
                Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" }, Status: "Active" },
            },
            policy: { Type: "AWS::IoT::Policy", Properties: { PolicyName: policy } },
        },
    });

const code = (text: string): Bag => ({
    "4dabf18193072939515e22adb298388d": "0def7320c3a5731c473e5ecbe6d01bc7",
    hash: text,
    assets: {
        "index.js": { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", hash: text, text },
    },
});

const managedPolicy = "arn:aws:iam::aws:policy/AWSIoTLogging";

/** What the resources under test lean on. */
interface Ground {
    readonly iotRole: string;
    readonly lambdaRole: string;
    readonly lambda: string;
    readonly topic: string;
    readonly rule: string;
    readonly certificate: string;
    readonly policy: string;
    readonly secret: string;
}

interface Life {
    readonly type: string;
    readonly inputs: (ground: Ground) => Bag;
    /** What is changed in place; nothing where every change replaces. */
    readonly change?: (ground: Ground) => Bag;
    readonly id: RegExp;
    /** The identifier that an import takes where it is another. */
    readonly importId?: (ground: Ground, id: string) => string;
    /** Inputs that AWS never shows again. */
    readonly unreadable?: readonly string[];
}

const tags = (version: string): Bag => ({ tags: { version } });

const lives: readonly Life[] = [
    {
        type: "aws:iam/role:Role",
        inputs: () => ({ name: "it", assumeRolePolicy: trust("iot.amazonaws.com"), description: "one", ...tags("1") }),
        change: () => ({ assumeRolePolicy: trust("lambda.amazonaws.com"), description: "two", ...tags("2") }),
        id: /^it$/,
    },
    {
        type: "aws:iam/policy:Policy",
        inputs: () => ({ name: "it", policy: allow("iot:Publish"), ...tags("1") }),
        change: () => ({ policy: allow("iot:Receive"), ...tags("2") }),
        id: /^arn:aws:iam::\d{12}:policy\/it$/,
    },
    {
        type: "aws:iam/rolePolicy:RolePolicy",
        inputs: ({ iotRole }) => ({ name: "it", role: iotRole.split("/")[1] ?? "", policy: allow("iot:Publish") }),
        change: () => ({ policy: allow("iot:Receive") }),
        id: /^ground-iot:it$/,
    },
    {
        type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        inputs: ({ iotRole }) => ({ role: iotRole.split("/")[1] ?? "", policyArn: managedPolicy }),
        id: /^ground-iot\/arn:aws:iam::aws:policy\//,
    },
    {
        type: "aws:lambda/function:Function",
        inputs: ({ lambdaRole }) => ({
            ...{ name: "it", role: lambdaRole, runtime: "nodejs20.x", handler: "index.handler", code: code("one") },
            ...{ environment: { variables: { STAGE: "1" } }, ...tags("1") },
        }),
        change: () => ({ code: code("two"), timeout: 10, environment: { variables: { STAGE: "2" } }, ...tags("2") }),
        id: /^it$/,
        unreadable: ["code"],
    },
    {
        type: "aws:lambda/permission:Permission",
        inputs: ({ lambda }) => ({
            ...{ statementId: "it", function: lambda, action: "lambda:InvokeFunction" },
            ...{ principal: "iot.amazonaws.com", sourceAccount: "123456789012" },
        }),
        id: /^it$/,
        importId: ({ lambda }) => `${lambda}/it`,
    },
    {
        type: "aws:iot/policy:Policy",
        inputs: () => ({ name: "it", policy: client("one"), ...tags("1") }),
        change: () => ({ policy: client("two"), ...tags("2") }),
        id: /^it$/,
    },
    {
        type: "aws:iot/policyAttachment:PolicyAttachment",
        inputs: ({ policy, certificate }) => ({ policy, target: certificate }),
        id: /^ground\|arn:aws:iot:/,
    },
    {
        type: "aws:iot/certificate:Certificate",
        inputs: () => ({ active: true }),
        change: () => ({ active: false }),
        id: /^[0-9a-f]{64}$/,
    },
    {
        type: "aws:iot/provisioningTemplate:ProvisioningTemplate",
        inputs: ({ iotRole }) => ({
            ...{ name: "it", provisioningRoleArn: iotRole, templateBody: template("one") },
            ...{ description: "one", ...tags("1") },
        }),
        change: () => ({ templateBody: template("two"), description: "two", enabled: true, ...tags("2") }),
        id: /^it$/,
    },
    {
        type: "aws:iot/authorizer:Authorizer",
        inputs: ({ lambda }) => ({
            name: "it",
            authorizerFunctionArn: `arn:aws:lambda:eu-central-1:123456789012:function:${lambda}`,
            signingDisabled: true,
            ...tags("1"),
        }),
        change: () => ({ enableCachingForHttp: true, ...tags("2") }),
        id: /^it$/,
    },
    {
        type: "aws:iot/thingGroup:ThingGroup",
        inputs: () => ({ name: "it", properties: { attributePayload: { attributes: { a: "1" } } }, ...tags("1") }),
        change: () => ({ properties: { attributePayload: { attributes: { a: "2" } } }, ...tags("2") }),
        id: /^it$/,
    },
    {
        type: "aws:iot/thingType:ThingType",
        inputs: () => ({ name: "it", properties: { searchableAttributes: ["a"] }, ...tags("1") }),
        change: () => ({ deprecated: true, ...tags("2") }),
        id: /^it$/,
    },
    {
        type: "aws:iot/roleAlias:RoleAlias",
        inputs: ({ iotRole }) => ({ alias: "it", roleArn: iotRole, ...tags("1") }),
        change: () => ({ credentialDuration: 1800, ...tags("2") }),
        id: /^it$/,
    },
    {
        type: "aws:cloudwatch/eventRule:EventRule",
        inputs: () => ({ name: "it", eventPattern: '{"source":["aws.acm"]}', ...tags("1") }),
        change: () => ({ eventPattern: '{"source":["aws.iot"]}', description: "two", ...tags("2") }),
        id: /^it$/,
    },
    {
        type: "aws:cloudwatch/eventTarget:EventTarget",
        inputs: ({ rule, topic }) => ({ targetId: "it", rule, arn: topic, inputPath: "$.detail" }),
        change: () => ({ inputPath: "$.source" }),
        id: /^ground-it$/,
        importId: () => "ground/it",
    },
    {
        type: "aws:secretsmanager/secret:Secret",
        inputs: () => ({ name: "it", recoveryWindowInDays: 0, description: "one", ...tags("1") }),
        change: () => ({ description: "two", ...tags("2") }),
        id: /^arn:aws:secretsmanager:eu-central-1:\d{12}:secret:it-/,
        unreadable: ["recoveryWindowInDays"],
    },
    {
        type: "aws:secretsmanager/secretVersion:SecretVersion",
        inputs: ({ secret }) => ({ secretId: secret, secretString: "one" }),
        id: /^arn:aws:secretsmanager:.*\|/,
    },
    {
        type: "aws:sns/topic:Topic",
        inputs: () => ({ name: "it", displayName: "one", ...tags("1") }),
        change: () => ({ displayName: "two", ...tags("2") }),
        id: /^arn:aws:sns:eu-central-1:\d{12}:it$/,
    },
    {
        type: "aws:sns/topicSubscription:TopicSubscription",
        inputs: ({ topic }) => ({ topic, protocol: "email", endpoint: "ops@example.com" }),
        change: () => ({ filterPolicy: '{"severity":["high"]}' }),
        id: /^arn:aws:sns:/,
    },
    {
        type: "aws:cloudwatch/metricAlarm:MetricAlarm",
        inputs: ({ topic }) => ({
            ...{ name: "it", comparisonOperator: "LessThanThreshold", evaluationPeriods: 1, threshold: 30 },
            ...{ namespace: "AWS/CertificateManager", metricName: "DaysToExpiry", period: 86400 },
            ...{ statistic: "Minimum", alarmActions: [topic], dimensions: { CertificateArn: "x" }, ...tags("1") },
        }),
        change: () => ({ threshold: 14, treatMissingData: "breaching", ...tags("2") }),
        id: /^it$/,
    },
];

describe("a resource of the sandbox's provider for AWS", () => {
    let sandbox: AwsSandbox;
    let ground: Ground;

    before(async () => {
        sandbox = await AwsSandbox.start();
        const deploy = async (type: string, inputs: Bag) => sandbox.client.deploy({ type }, inputs);
        const role = (name: string, service: string) =>
            deploy("aws:iam/role:Role", { name, assumeRolePolicy: trust(service) });
        const iotRole = String((await role("ground-iot", "iot.amazonaws.com")).outputs.arn);
        const lambdaRole = String((await role("ground-lambda", "lambda.amazonaws.com")).outputs.arn);
        const lambda = await deploy("aws:lambda/function:Function", {
            ...{ name: "ground", role: lambdaRole, runtime: "nodejs20.x", handler: "index.handler", code: code("x") },
        });
        const topic = await deploy("aws:sns/topic:Topic", { name: "ground" });
        const rule = await deploy("aws:cloudwatch/eventRule:EventRule", {
            name: "ground",
            eventPattern: '{"source":["aws.acm"]}',
        });
        const certificate = await deploy("aws:iot/certificate:Certificate", { active: true });
        const policy = await deploy("aws:iot/policy:Policy", { name: "ground", policy: client("ground") });
        const secret = await deploy("aws:secretsmanager/secret:Secret", { name: "ground" });
        ground = {
            ...{ iotRole, lambdaRole, lambda: lambda.id, topic: topic.id, rule: rule.id },
            ...{ certificate: String(certificate.outputs.arn), policy: policy.id, secret: secret.id },
        };
    });
    after(() => sandbox.stop());

    for (const { type, inputs, change, id, importId, unreadable = [] } of lives) {
        it(`is made, read, imported, changed and deleted: ${type}`, async () => {
            const target = { type };
            const changesOf = async (outputs: Bag, wanted: Bag) =>
                (await sandbox.client.diff(target, made.id, outputs, wanted)).changes;

            const made = await sandbox.client.deploy(target, inputs(ground));
            assert.match(made.id, id);
            assert.deepEqual(await changesOf(made.outputs, made.inputs), {}, "nothing to change after it was made");

            const read = await sandbox.client.find(target, made.id, made.outputs, made.inputs);
            assert.deepEqual(read.inputs, made.inputs, "a refresh finds the inputs as they were");
            assert.deepEqual(await changesOf(read.outputs, made.inputs), {}, "nothing to change after a refresh");

            const imported = await sandbox.client.find(target, importId?.(ground, made.id) ?? made.id);
            const unknownToImport = Object.keys(await changesOf(imported.outputs, made.inputs));
            assert.deepEqual(unknownToImport, unreadable, "an import knows all but what AWS does not show");

            let { outputs } = made;
            if (change !== undefined) {
                const wanted = await sandbox.client.accept(
                    target,
                    { ...inputs(ground), ...change(ground) },
                    made.inputs,
                );
                const plan = await sandbox.client.diff(target, made.id, outputs, wanted);
                assert.deepEqual([Object.keys(plan.changes).length > 0, plan.replaces], [true, []]);
                outputs = await sandbox.client.update(target, made.id, outputs, wanted);
                assert.deepEqual(await changesOf(outputs, wanted), {}, "nothing to change after an update");
                const seen = await sandbox.client.find(target, made.id, outputs, wanted);
                assert.deepEqual(await changesOf(seen.outputs, wanted), {}, "AWS has what the update asked for");
            }

            await sandbox.client.delete(target, made.id, outputs);
            // What somebody else has deleted already is no failure.
            await sandbox.client.delete(target, made.id, outputs);
        });
    }

    it("runs the cloud's clock forward where AWS wants time to go by, and says so in the trail", async () => {
        const target = { type: "aws:iot/thingType:ThingType" };
        const made = await sandbox.client.deploy(target, { name: "aging" });
        const begun = sandbox.cloud.now().getTime();
        const before = sandbox.trail("sandbox").length;
        await sandbox.client.delete(target, made.id, made.outputs);
        assert.ok(sandbox.cloud.now().getTime() - begun >= 5 * 60_000, "it is five minutes later in the cloud");
        const steps = sandbox.trail("sandbox").slice(before);
        assert.deepEqual(
            steps.map(({ operation, parameters }) => [operation, parameters]),
            Array.from({ length: 5 }, () => ["AdvanceClock", { milliseconds: 60_000 }]),
        );
        await assert.rejects(
            sandbox.call("iot", "DescribeThingType", { thingTypeName: "aging" }),
            /ResourceNotFoundException/,
        );
    });

    it("does not wait out what time alone does not change", async () => {
        const target = { type: "aws:iot/thingType:ThingType" };
        const made = await sandbox.client.deploy(target, { name: "worn" });
        await sandbox.call("iot", "CreateThing", { thingName: "one", thingTypeName: "worn" });
        await assert.rejects(sandbox.client.delete(target, made.id, made.outputs), /remove the thing type/);
        await sandbox.call("iot", "DeleteThing", { thingName: "one" });
        await sandbox.client.delete(target, made.id, made.outputs);
    });

    it("covers every type that the sandbox's cloud can make, but those with tests of their own", async () => {
        const elsewhere = ["acm/", "route53/", "iot/domainConfiguration", "iot/caCertificate", "sns/topicPolicy"];
        const later = ["acmpca/", "cloudcontrol/"];
        const { resources } = await sandbox.client.schema();
        const uncovered = Object.keys(resources)
            .filter((type) => !lives.some((life) => life.type === type))
            .filter((type) => ![...elsewhere, ...later].some((part) => type.includes(part)));
        assert.deepEqual(uncovered, []);
    });
});
