import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { makeSandbox, removeSandboxes, start, type Sandbox } from "./sandbox";

const day = 86_400_000;
const [one, two] = ["1".repeat(32), "2".repeat(32)];
const SecretId = "fleet/claim-key";

describe("sandbox/cloud secretsmanager", () => {
    let sandbox: Sandbox;
    let arn: string;

    beforeEach(async () => {
        sandbox = makeSandbox();
        const input = { Name: SecretId, SecretString: "correct-horse", ClientRequestToken: one };
        arn = (await sandbox.call("secretsmanager:CreateSecret", input)).ARN;
    });
    afterEach(removeSandboxes);

    async function value(rest: object = {}): Promise<string> {
        return (await sandbox.call("secretsmanager:GetSecretValue", { SecretId, ...rest })).SecretString;
    }

    function put(SecretString: string, rest: object = {}) {
        return sandbox.call("secretsmanager:PutSecretValue", { SecretId, SecretString, ...rest });
    }

    async function stages(): Promise<Record<string, string[]>> {
        return (await sandbox.call("secretsmanager:DescribeSecret", { SecretId })).VersionIdsToStages;
    }

    it("makes a secret with an ARN of six characters more, and finds it by name, ARN and partial ARN", async () => {
        assert.match(arn, /^arn:aws:secretsmanager:us-east-1:123456789012:secret:fleet\/claim-key-\w{6}$/);
        for (const id of [SecretId, arn, arn.slice(0, -7)]) {
            const found = await sandbox.call("secretsmanager:DescribeSecret", { SecretId: id });
            assert.deepEqual([found.Name, found.CreatedDate], [SecretId, start]);
        }
        for (const id of ["absent", `${arn.slice(0, -6)}XXXXXX`]) {
            assert.match(
                await sandbox.refusal("secretsmanager:DescribeSecret", { SecretId: id }),
                /^ResourceNotFoundException: /,
            );
        }
    });

    it("writes no value into any of its files", async () => {
        await put("battery-staple");
        await sandbox.call("secretsmanager:UpdateSecret", { SecretId, SecretBinary: Buffer.from("xylophone-quartz") });
        assert.match(
            await sandbox.refusal("secretsmanager:PutSecretValue", {
                SecretId,
                SecretString: "hidden-a",
                SecretBinary: "hidden-b",
            }),
            /^InvalidParameterException: [^]*both a binary/,
        );
        for (const file of readdirSync(sandbox.directory)) {
            const text = readFileSync(path.join(sandbox.directory, file)).toString("latin1");
            assert.doesNotMatch(text, /correct-horse|battery-staple|xylophone|hidden-/, file);
        }
        const recorded = sandbox.cloud.trail().map(({ parameters }) => parameters.SecretString);
        assert.deepEqual(recorded.slice(0, 2), ["[secret]", "[secret]"]);
    });

    it("keeps the last two values, and moves their labels", async () => {
        await put("battery", { ClientRequestToken: two });
        assert.deepEqual(await stages(), { [one]: ["AWSPREVIOUS"], [two]: ["AWSCURRENT"] });
        assert.equal(await value(), "battery");
        assert.equal(await value({ VersionStage: "AWSPREVIOUS" }), "correct-horse");
        assert.equal(await value({ VersionId: one }), "correct-horse");
        const third = "3".repeat(32);
        await put("staple", { ClientRequestToken: third });
        assert.deepEqual(await stages(), { [two]: ["AWSPREVIOUS"], [third]: ["AWSCURRENT"] });
        const versions = async (rest: object) =>
            (await sandbox.call("secretsmanager:ListSecretVersionIds", { SecretId, ...rest })).Versions.map(
                ({ VersionId }: { VersionId: string }) => VersionId,
            );
        assert.deepEqual(await versions({}), [two, third]);
        assert.deepEqual(await versions({ IncludeDeprecated: true }), [one, two, third]);
    });

    it("stages a value under a label of one's own, and makes it the current one later", async () => {
        await put("battery", { ClientRequestToken: two, VersionStages: ["AWSPENDING"] });
        assert.equal(await value(), "correct-horse");
        const move = { SecretId, VersionStage: "AWSCURRENT", MoveToVersionId: two };
        assert.match(
            await sandbox.refusal("secretsmanager:UpdateSecretVersionStage", move),
            /^InvalidParameterException: .*RemoveFromVersionId/,
        );
        await sandbox.call("secretsmanager:UpdateSecretVersionStage", { ...move, RemoveFromVersionId: one });
        await sandbox.call("secretsmanager:UpdateSecretVersionStage", {
            SecretId,
            VersionStage: "AWSPENDING",
            RemoveFromVersionId: two,
        });
        assert.deepEqual(await stages(), { [one]: ["AWSPREVIOUS"], [two]: ["AWSCURRENT"] });
        assert.match(
            await sandbox.refusal("secretsmanager:UpdateSecretVersionStage", {
                SecretId,
                VersionStage: "AWSCURRENT",
                RemoveFromVersionId: two,
            }),
            /^InvalidParameterException: .*can't be completely removed/,
        );
    });

    it("ignores the same request again, and refuses another one with its token", async () => {
        const again = { Name: SecretId, SecretString: "correct-horse", ClientRequestToken: one };
        assert.equal((await sandbox.call("secretsmanager:CreateSecret", again)).ARN, arn);
        await put("correct-horse", { ClientRequestToken: one });
        const other = { SecretId, SecretString: "other", ClientRequestToken: one };
        assert.match(await sandbox.refusal("secretsmanager:PutSecretValue", other), /^ResourceExistsException: /);
        assert.match(await sandbox.refusal("secretsmanager:UpdateSecret", other), /^ResourceExistsException: /);
        const twice = { ...again, ClientRequestToken: two };
        assert.match(await sandbox.refusal("secretsmanager:CreateSecret", twice), /^ResourceExistsException: /);
        assert.deepEqual(Object.keys(await stages()), [one]);
    });

    it("takes bytes as they are", async () => {
        const SecretBinary = Buffer.from([0, 255, 128, 10]);
        await sandbox.call("secretsmanager:CreateSecret", { Name: "bytes", SecretBinary });
        const found = await sandbox.call("secretsmanager:GetSecretValue", { SecretId: "bytes" });
        assert.deepEqual([found.SecretBinary, found.SecretString], [SecretBinary, undefined]);
    });

    it("changes what describes a secret, and makes a version only for a value", async () => {
        await sandbox.call("secretsmanager:UpdateSecret", { SecretId, Description: "Claim", KmsKeyId: "alias/own" });
        const found = await sandbox.call("secretsmanager:DescribeSecret", { SecretId });
        assert.deepEqual(
            [found.Description, found.KmsKeyId, Object.keys(found.VersionIdsToStages)],
            ["Claim", "alias/own", [one]],
        );
        await sandbox.call("secretsmanager:UpdateSecret", { SecretId, KmsKeyId: "" });
        const later = await sandbox.call("secretsmanager:DescribeSecret", { SecretId });
        assert.deepEqual([later.Description, later.KmsKeyId], ["Claim", undefined]);
    });

    it("makes a secret without a value, and says that it has none", async () => {
        await sandbox.call("secretsmanager:CreateSecret", { Name: "empty" });
        assert.match(
            await sandbox.refusal("secretsmanager:GetSecretValue", { SecretId: "empty" }),
            /^ResourceNotFoundException: .*staging label: AWSCURRENT$/,
        );
        assert.match(
            await sandbox.refusal("secretsmanager:PutSecretValue", { SecretId: "empty" }),
            /^InvalidRequestException: /,
        );
    });

    const refused: Array<[title: string, operation: string, input: object, expected: RegExp]> = [
        ["a name with a space", "CreateSecret", { Name: "a b" }, /^ValidationException: Invalid name/],
        [
            "replicas",
            "CreateSecret",
            { Name: "x", AddReplicaRegions: [{ Region: "eu-west-1" }] },
            /^UnknownOperation: /,
        ],
        ["a version that is not there", "GetSecretValue", { SecretId, VersionId: two }, /^ResourceNotFoundException: /],
        [
            "a label that another version has",
            "GetSecretValue",
            { SecretId, VersionId: one, VersionStage: "AWSPREVIOUS" },
            /^InvalidRequestException: /,
        ],
        [
            "a recovery window of six days",
            "DeleteSecret",
            { SecretId, RecoveryWindowInDays: 6 },
            /^InvalidParameterException: .*between 7 and 30/,
        ],
        [
            "a recovery window for a deletion without recovery",
            "DeleteSecret",
            { SecretId, RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true },
            /^InvalidParameterException: .*in conjunction/,
        ],
        ["reserved tags", "TagResource", { SecretId, Tags: [{ Key: "aws:a", Value: "1" }] }, /^InvalidParameter/],
        ["a policy that is none", "PutResourcePolicy", { SecretId, ResourcePolicy: "{}" }, /^MalformedPolicyDocument/],
    ];

    for (const [title, operation, input, expected] of refused) {
        it(`refuses ${title}`, async () => {
            assert.match(await sandbox.refusal(`secretsmanager:${operation}`, input), expected);
            assert.equal(await value(), "correct-horse");
            assert.equal(sandbox.cloud.resources().length, 1);
        });
    }

    it("keeps a deleted secret for thirty days, and can restore it in them", async () => {
        const { DeletionDate } = await sandbox.call("secretsmanager:DeleteSecret", { SecretId });
        assert.deepEqual(DeletionDate, new Date(start.getTime() + 30 * day));
        assert.deepEqual(sandbox.cloud.resources(), []);
        for (const operation of ["GetSecretValue", "GetResourcePolicy", "DeleteSecret"]) {
            const refusal = await sandbox.refusal(`secretsmanager:${operation}`, { SecretId });
            assert.match(refusal, /^InvalidRequestException: .*marked for deletion/);
        }
        assert.match(
            await sandbox.refusal("secretsmanager:CreateSecret", { Name: SecretId }),
            /^InvalidRequestException: .*scheduled for deletion/,
        );
        sandbox.cloud.advanceClock(30 * day - 1);
        await sandbox.call("secretsmanager:RestoreSecret", { SecretId });
        assert.equal(await value(), "correct-horse");
    });

    it("forgets a deleted secret after its days, so that the name is free", async () => {
        await sandbox.call("secretsmanager:DeleteSecret", { SecretId, RecoveryWindowInDays: 7 });
        sandbox.cloud.advanceClock(7 * day);
        assert.match(
            await sandbox.refusal("secretsmanager:RestoreSecret", { SecretId }),
            /^ResourceNotFoundException: /,
        );
        const made = await sandbox.call("secretsmanager:CreateSecret", { Name: SecretId });
        assert.notEqual(made.ARN, arn);
    });

    it("deletes a secret at once where that is asked for, whether it is there or not", async () => {
        for (let times = 0; times < 2; times++) {
            const deletion = { SecretId, ForceDeleteWithoutRecovery: true };
            await sandbox.call("secretsmanager:DeleteSecret", deletion);
        }
        assert.match(
            await sandbox.refusal("secretsmanager:DescribeSecret", { SecretId }),
            /^ResourceNotFoundException: /,
        );
    });

    it("keeps a policy, and blocks one for everybody where that is asked for", async () => {
        const policy = (Principal: unknown) =>
            JSON.stringify({
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Principal, Action: "secretsmanager:GetSecretValue", Resource: "*" }],
            });
        const ResourcePolicy = policy({ AWS: "arn:aws:iam::210987654321:root" });
        const change = { SecretId, BlockPublicPolicy: true };
        await sandbox.call("secretsmanager:PutResourcePolicy", { ...change, ResourcePolicy });
        for (const principal of ["*", { AWS: "*" }]) {
            const open = { ...change, ResourcePolicy: policy(principal) };
            assert.match(await sandbox.refusal("secretsmanager:PutResourcePolicy", open), /^PublicPolicyException: /);
        }
        const found = async () => (await sandbox.call("secretsmanager:GetResourcePolicy", { SecretId })).ResourcePolicy;
        assert.equal(await found(), ResourcePolicy);
        await sandbox.call("secretsmanager:DeleteResourcePolicy", { SecretId });
        assert.equal(await found(), undefined);
    });

    it("tags secrets", async () => {
        await sandbox.call("secretsmanager:TagResource", {
            SecretId,
            Tags: [
                { Key: "a", Value: "1" },
                { Key: "b", Value: "2" },
            ],
        });
        await sandbox.call("secretsmanager:UntagResource", { SecretId, TagKeys: ["a"] });
        const { Tags } = await sandbox.call("secretsmanager:DescribeSecret", { SecretId });
        assert.deepEqual(Tags, [{ Key: "b", Value: "2" }]);
    });
});
