import assert from "node:assert/strict";
import { Secret, unknown, type Bag } from "../../../sandbox/providers/framework/values";
import { AwsSandbox, types } from "./awsSandbox";

const { topic } = types;

describe("the sandbox's provider for AWS", () => {
    let sandbox: AwsSandbox | undefined;

    const start = async (configuration: Bag = {}): Promise<AwsSandbox> => {
        sandbox = await AwsSandbox.start(configuration);
        return sandbox;
    };
    afterEach(() => {
        sandbox?.stop();
        sandbox = undefined;
    });

    it("works in the region of its configuration, or the resource's own", async () => {
        const { client } = await start();
        const here = await client.deploy(topic, { name: "here" });
        const there = await client.deploy(topic, { name: "there", region: "us-east-1" });
        assert.deepEqual([here.inputs.region, here.outputs.region], ["eu-central-1", "eu-central-1"]);
        assert.match(here.id, /^arn:aws:sns:eu-central-1:/);
        assert.match(there.id, /^arn:aws:sns:us-east-1:/);
        assert.equal((await client.find(topic, there.id, there.outputs, there.inputs)).outputs.region, "us-east-1");
    });

    it("asks a function's own region", async () => {
        const { client } = await start();
        const ask = async (region?: string) =>
            (
                await client.invoke("aws:iot/getEndpoint:getEndpoint", {
                    endpointType: "iot:Data-ATS",
                    ...(region === undefined ? {} : { region }),
                })
            ).result;
        assert.match(String((await ask()).endpointAddress), /-ats\.iot\.eu-central-1\.amazonaws\.com$/);
        const other = await ask("us-east-1");
        assert.match(String(other.endpointAddress), /-ats\.iot\.us-east-1\.amazonaws\.com$/);
        assert.equal(other.region, "us-east-1");
    });

    it("gives every resource the default tags, and keeps them apart from its own", async () => {
        const { client } = await start({ defaultTags: '{"tags":{"project":"iot","stage":"dev"}}' });
        const made = await client.deploy(topic, { name: "t", tags: { stage: "prod" } });
        assert.deepEqual(made.inputs.tagsAll, { project: "iot", stage: "prod" });
        assert.deepEqual(
            [made.outputs.tags, made.outputs.tagsAll],
            [{ stage: "prod" }, { project: "iot", stage: "prod" }],
        );
        const inputs = await client.accept(topic, { name: "t" }, made.inputs);
        const { changes } = await client.diff(topic, made.id, made.outputs, inputs);
        assert.deepEqual(changes, { tags: "delete", "tagsAll.stage": "update" });
        const outputs = await client.update(topic, made.id, made.outputs, inputs);
        assert.deepEqual([outputs.tags, outputs.tagsAll], [{}, { project: "iot", stage: "dev" }]);
        assert.deepEqual((await client.diff(topic, made.id, outputs, inputs)).changes, {});
    });

    it("does not know all tags while one of them is unknown, and keeps secret ones secret", async () => {
        const { client } = await start({ defaultTags: { tags: { project: "iot" } } });
        assert.equal((await client.check(topic, { tags: { a: unknown } })).inputs.tagsAll, unknown);
        const { inputs } = await client.check(topic, { tags: { a: new Secret("b") } });
        assert.deepEqual(inputs.tagsAll, new Secret({ project: "iot", a: "b" }));
    });

    it("works in the account of the role that it assumes", async () => {
        const roleArn = "arn:aws:iam::210987654321:role/deploy";
        const { client } = await start({ assumeRoles: JSON.stringify([{ roleArn }]) });
        const { result } = await client.invoke("aws:index/getCallerIdentity:getCallerIdentity");
        assert.equal(result.accountId, "210987654321");
        assert.match((await client.deploy(topic, { name: "t" })).id, /:210987654321:t$/);
    });

    it("refuses an account that is not the one meant", async () => {
        await assert.rejects(
            start({ allowedAccountIds: '["999999999999"]' }),
            /AWS account ID not allowed: 123456789012/,
        );
        await assert.rejects(start({ forbiddenAccountIds: ["123456789012"] }), /AWS account ID not allowed/);
        assert.ok(await start({ allowedAccountIds: ["123456789012"] }));
    });

    it("tries throttled calls again, and gives up after as many as it is told", async () => {
        const { client, cloud } = await start({ maxRetries: "3" });
        cloud.misbehave({ operation: "sns:CreateTopic", kind: "throttle", times: 2 });
        assert.ok(await client.deploy(topic, { name: "patient" }));
        cloud.misbehave({ operation: "sns:CreateTopic", kind: "throttle", times: 9 });
        await assert.rejects(client.deploy(topic, { name: "hasty" }), /CreateTopic, .*Throttl/);
    });

    it("does not try other failures again", async () => {
        const { client, cloud } = await start();
        cloud.misbehave({ operation: "sns:CreateTopic", kind: "fail" });
        await assert.rejects(client.deploy(topic, { name: "t" }), /StatusCode: 500, InternalFailure/);
    });

    it("tells the partition and the region", async () => {
        const { client } = await start({ region: "cn-north-1" });
        const partition = (await client.invoke("aws:index/getPartition:getPartition")).result;
        assert.deepEqual(partition, {
            ...{ id: "aws-cn", partition: "aws-cn" },
            ...{ dnsSuffix: "amazonaws.com.cn", reverseDnsPrefix: "cn.com.amazonaws" },
        });
        const region = (await client.invoke("aws:index/getRegion:getRegion", { region: "eu-west-1" })).result;
        assert.equal(region.name, "eu-west-1");
    });

    it("builds a policy document", async () => {
        const { client } = await start();
        const { result } = await client.invoke("aws:iam/getPolicyDocument:getPolicyDocument", {
            statements: [
                {
                    sid: "Assume",
                    actions: ["sts:AssumeRole"],
                    principals: [{ type: "Service", identifiers: ["iot.amazonaws.com"] }],
                    conditions: [{ test: "StringEquals", variable: "aws:SourceAccount", values: ["123456789012"] }],
                },
                { effect: "Deny", actions: ["b", "a"], resources: ["*"] },
            ],
        });
        assert.deepEqual(JSON.parse(String(result.json)), {
            Version: "2012-10-17",
            Statement: [
                {
                    Sid: "Assume",
                    Effect: "Allow",
                    Action: "sts:AssumeRole",
                    Principal: { Service: "iot.amazonaws.com" },
                    Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
                },
                { Effect: "Deny", Action: ["a", "b"], Resource: "*" },
            ],
        });
    });

    it("says what it lacks when no region is known", async () => {
        const { client } = await start({ region: "" });
        await assert.rejects(client.deploy(topic, { name: "t" }), /Missing region information/);
    });
});
