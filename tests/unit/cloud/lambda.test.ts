import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { makeSandbox, removeSandboxes, type Sandbox } from "./sandbox";
import { zip } from "./zip";

const account = "123456789012";
const arn = `arn:aws:lambda:us-east-1:${account}:function:hook`;

const trustIn = (service: string) =>
    JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
    });

const code = zip("index.js", "exports.handler = async () => ({ allowProvisioning: true });");

const definition = {
    FunctionName: "hook",
    Role: `arn:aws:iam::${account}:role/Hook`,
    Runtime: "nodejs22.x",
    Handler: "index.handler",
    Code: { ZipFile: code },
};

describe("sandbox/cloud lambda", () => {
    let sandbox: Sandbox;

    beforeEach(async () => {
        sandbox = makeSandbox();
        await sandbox.call("iam:CreateRole", {
            RoleName: "Hook",
            AssumeRolePolicyDocument: trustIn("lambda.amazonaws.com"),
        });
        await sandbox.call("iam:CreateRole", {
            RoleName: "Other",
            AssumeRolePolicyDocument: trustIn("iot.amazonaws.com"),
        });
    });
    afterEach(removeSandboxes);

    it("makes a function that is pending first, and active when it is asked for", async () => {
        const made = await sandbox.call("lambda:CreateFunction", { ...definition, Tags: { a: "1" } });
        assert.deepEqual([made.State, made.StateReasonCode], ["Pending", "Creating"]);
        const { Configuration, Code, Tags } = await sandbox.call("lambda:GetFunction", { FunctionName: "hook" });
        const { RevisionId, ...described } = Configuration;
        assert.match(RevisionId, /^[0-9a-f-]{36}$/);
        assert.deepEqual(described, {
            FunctionName: "hook",
            FunctionArn: arn,
            Role: definition.Role,
            Runtime: "nodejs22.x",
            Handler: "index.handler",
            Description: "",
            Timeout: 3,
            MemorySize: 128,
            TracingConfig: { Mode: "PassThrough" },
            EphemeralStorage: { Size: 512 },
            LoggingConfig: { LogFormat: "Text", LogGroup: "/aws/lambda/hook" },
            SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
            PackageType: "Zip",
            Architectures: ["x86_64"],
            CodeSize: code.length,
            CodeSha256: createHash("sha256").update(code).digest("base64"),
            LastModified: "2026-03-02T10:00:00.000+0000",
            Version: "$LATEST",
            State: "Active",
            LastUpdateStatus: "Successful",
        });
        assert.equal(Code.RepositoryType, "S3");
        assert.deepEqual(Tags, { a: "1" });
    });

    it("finds a function by its name, partial ARN and ARN", async () => {
        await sandbox.call("lambda:CreateFunction", definition);
        for (const FunctionName of ["hook", `${account}:function:hook`, arn, `${arn}:$LATEST`]) {
            const found = await sandbox.call("lambda:GetFunctionConfiguration", { FunctionName });
            assert.equal(found.FunctionName, "hook");
        }
        const elsewhere = { FunctionName: arn.replace("us-east-1", "eu-west-1") };
        for (const FunctionName of ["absent", `${arn}:7`, elsewhere.FunctionName]) {
            assert.match(
                await sandbox.refusal("lambda:GetFunctionConfiguration", { FunctionName }),
                /^ResourceNotFoundException: /,
            );
        }
    });

    const refused: Array<[title: string, change: object, expected: RegExp]> = [
        ["no runtime", { Runtime: undefined }, /Runtime and Handler are mandatory/],
        ["no handler", { Handler: undefined }, /Runtime and Handler are mandatory/],
        ["a runtime that is gone", { Runtime: "nodejs12.x" }, /nodejs12.x is no longer supported/],
        ["a runtime that never was", { Runtime: "nodejs21.x" }, /^ValidationException: .*enum value set/],
        ["code that is no archive", { Code: { ZipFile: "exports" } }, /Could not unzip uploaded file/],
        ["code cut off", { Code: { ZipFile: code.subarray(0, -30) } }, /Could not unzip uploaded file/],
        ["a role that is not there", { Role: `arn:aws:iam::${account}:role/Absent` }, /cannot be assumed by Lambda/],
        ["a role for another service", { Role: `arn:aws:iam::${account}:role/Other` }, /cannot be assumed by Lambda/],
        [
            "another account's role",
            { Role: "arn:aws:iam::210987654321:role/Hook" },
            /^AccessDeniedException: Cross-account pass role is not allowed/,
        ],
        ["a timeout above 15 minutes", { Timeout: 901 }, /less than or equal to 900/],
        ["memory above 10 GB", { MemorySize: 10_241 }, /less than or equal to 10240/],
        ["a variable of Lambda's own", { Environment: { Variables: { AWS_REGION: "x" } } }, /AWS_REGION/],
        ["variables above 4 KB", { Environment: { Variables: { BIG: "x".repeat(4096) } } }, /exceeded the 4KB limit/],
        ["a name of 65 letters", { FunctionName: "x".repeat(65) }, /longer than 64 characters/],
        ["code in a bucket", { Code: { S3Bucket: "bucket", S3Key: "key" } }, /^UnknownService: the sandbox has no S3/],
        ["tags that AWS reserves", { Tags: { "aws:a": "1" } }, /reserved/],
    ];

    for (const [title, change, expected] of refused) {
        it(`refuses a function with ${title}`, async () => {
            const before = sandbox.cloud.resources();
            assert.match(await sandbox.refusal("lambda:CreateFunction", { ...definition, ...change }), expected);
            assert.deepEqual(sandbox.cloud.resources(), before);
        });
    }

    it("refuses the same name twice in a region", async () => {
        await sandbox.call("lambda:CreateFunction", definition);
        assert.match(await sandbox.refusal("lambda:CreateFunction", definition), /^ResourceConflictException: /);
        await sandbox.call("lambda:CreateFunction", definition, { region: "eu-central-1" });
    });

    it("changes configuration and code, and tells who has changed them in between", async () => {
        const { RevisionId } = await sandbox.call("lambda:CreateFunction", definition);
        const change = { FunctionName: "hook", Timeout: 10, RevisionId };
        const changed = await sandbox.call("lambda:UpdateFunctionConfiguration", change);
        assert.equal(changed.LastUpdateStatus, "InProgress");
        assert.match(
            await sandbox.refusal("lambda:UpdateFunctionConfiguration", change),
            /^PreconditionFailedException: /,
        );
        const other = zip("index.js", "other");
        await sandbox.call("lambda:UpdateFunctionCode", { FunctionName: "hook", ZipFile: code, DryRun: true });
        await sandbox.call("lambda:UpdateFunctionCode", { FunctionName: "hook", ZipFile: other });
        const found = await sandbox.call("lambda:GetFunctionConfiguration", { FunctionName: "hook" });
        assert.deepEqual(
            [found.Timeout, found.Handler, found.CodeSize, found.LastUpdateStatus],
            [10, "index.handler", other.length, "Successful"],
        );
    });

    it("keeps the values of variables out of its files", async () => {
        const Environment = { Variables: { TOKEN: "correct-horse-battery-staple" } };
        await sandbox.call("lambda:CreateFunction", { ...definition, Environment });
        const found = await sandbox.call("lambda:GetFunctionConfiguration", { FunctionName: "hook" });
        assert.deepEqual(found.Environment, Environment);
        for (const file of ["store.lmdb", "trail.jsonl"]) {
            const bytes = readFileSync(path.join(sandbox.directory, file));
            assert.ok(!bytes.includes("correct-horse"), file);
        }
    });

    it("publishes versions that stay as they are", async () => {
        await sandbox.call("lambda:CreateFunction", { ...definition, Publish: true });
        await sandbox.call("lambda:UpdateFunctionConfiguration", { FunctionName: "hook", Timeout: 10 });
        const update = { FunctionName: "hook", ZipFile: code, Publish: true };
        assert.equal((await sandbox.call("lambda:UpdateFunctionCode", update)).Version, "2");
        const { Versions } = await sandbox.call("lambda:ListVersionsByFunction", { FunctionName: "hook" });
        assert.deepEqual(
            Versions.map((one: { FunctionArn: string; Timeout: number }) => [one.FunctionArn, one.Timeout]),
            [
                [`${arn}:$LATEST`, 10],
                [`${arn}:1`, 3],
                [`${arn}:2`, 10],
            ],
        );
        await sandbox.call("lambda:DeleteFunction", { FunctionName: "hook", Qualifier: "1" });
        assert.match(
            await sandbox.refusal("lambda:GetFunction", { FunctionName: "hook", Qualifier: "1" }),
            /^ResourceNotFoundException: /,
        );
        assert.match(
            await sandbox.refusal("lambda:DeleteFunction", { FunctionName: "hook", Qualifier: "$LATEST" }),
            /^InvalidParameterValueException: /,
        );
    });

    it("lets IoT call a function, until the permission is taken away", async () => {
        await sandbox.call("lambda:CreateFunction", definition);
        const SourceArn = `arn:aws:iot:us-east-1:${account}:provisioningtemplate/fleet`;
        const permission = {
            FunctionName: "hook",
            StatementId: "iot",
            Action: "lambda:InvokeFunction",
            Principal: "iot.amazonaws.com",
            SourceArn,
            SourceAccount: account,
        };
        const expected = {
            Sid: "iot",
            Effect: "Allow",
            Principal: { Service: "iot.amazonaws.com" },
            Action: "lambda:InvokeFunction",
            Resource: arn,
            Condition: {
                ArnLike: { "AWS:SourceArn": SourceArn },
                StringEquals: { "AWS:SourceAccount": account },
            },
        };
        const { Statement } = await sandbox.call("lambda:AddPermission", permission);
        assert.deepEqual(JSON.parse(Statement), expected);
        assert.match(await sandbox.refusal("lambda:AddPermission", permission), /^ResourceConflictException: /);
        const { Policy } = await sandbox.call("lambda:GetPolicy", { FunctionName: "hook" });
        assert.deepEqual(JSON.parse(Policy), { Version: "2012-10-17", Id: "default", Statement: [expected] });
        const removal = { FunctionName: "hook", StatementId: "iot" };
        await sandbox.call("lambda:RemovePermission", removal);
        for (const [operation, input] of [
            ["RemovePermission", removal],
            ["GetPolicy", { FunctionName: "hook" }],
        ] as const) {
            assert.match(await sandbox.refusal(`lambda:${operation}`, input), /^ResourceNotFoundException: /);
        }
    });

    const permission = { FunctionName: "hook", StatementId: "x", Action: "lambda:InvokeFunction" };

    const principals: Array<[Principal: string, expected: unknown]> = [
        ["*", "*"],
        ["210987654321", { AWS: "arn:aws:iam::210987654321:root" }],
        ["arn:aws:iam::210987654321:role/x", { AWS: "arn:aws:iam::210987654321:role/x" }],
        ["events.amazonaws.com", { Service: "events.amazonaws.com" }],
    ];

    for (const [Principal, expected] of principals) {
        it(`takes ${Principal} as the principal of a permission`, async () => {
            await sandbox.call("lambda:CreateFunction", definition);
            const { Statement } = await sandbox.call("lambda:AddPermission", { ...permission, Principal });
            assert.deepEqual(JSON.parse(Statement).Principal, expected);
        });
    }

    it("refuses a principal that is none, and a policy above 20 KB", async () => {
        await sandbox.call("lambda:CreateFunction", definition);
        assert.match(
            await sandbox.refusal("lambda:AddPermission", { ...permission, Principal: "somebody" }),
            /^InvalidParameterValueException: The provided principal was invalid/,
        );
        const SourceArn = `arn:aws:iot:us-east-1:${account}:provisioningtemplate/${"x".repeat(950)}`;
        const large = { ...permission, Principal: "iot.amazonaws.com", SourceArn };
        for (let index = 0; index < 16; index++) {
            await sandbox.call("lambda:AddPermission", { ...large, StatementId: `template-${index}` });
        }
        assert.match(
            await sandbox.refusal("lambda:AddPermission", { ...large, StatementId: "template-16" }),
            /^PolicyLengthExceededException: /,
        );
    });

    it("forgets a function with its permissions and tags", async () => {
        await sandbox.call("lambda:CreateFunction", { ...definition, Tags: { a: "1" } });
        await sandbox.call("lambda:AddPermission", { ...permission, Principal: "*" });
        await sandbox.call("lambda:DeleteFunction", { FunctionName: "hook" });
        await sandbox.call("lambda:CreateFunction", definition);
        assert.match(
            await sandbox.refusal("lambda:GetPolicy", { FunctionName: "hook" }),
            /^ResourceNotFoundException: /,
        );
        assert.deepEqual(await sandbox.call("lambda:ListTags", { Resource: arn }), { Tags: {} });
        assert.deepEqual(await sandbox.call("lambda:GetFunctionCodeSigningConfig", { FunctionName: "hook" }), {
            FunctionName: "hook",
        });
    });

    it("tags functions", async () => {
        await sandbox.call("lambda:CreateFunction", definition);
        await sandbox.call("lambda:TagResource", { Resource: arn, Tags: { a: "1", b: "2" } });
        await sandbox.call("lambda:UntagResource", { Resource: arn, TagKeys: ["a"] });
        assert.deepEqual(await sandbox.call("lambda:ListTags", { Resource: arn }), { Tags: { b: "2" } });
    });
});
