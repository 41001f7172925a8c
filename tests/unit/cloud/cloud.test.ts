import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { AwsError, readTrail } from "../../../sandbox/cloud";
import { makeSandbox, removeSandboxes, start, type Sandbox } from "./sandbox";

describe("sandbox/cloud", () => {
    let sandbox: Sandbox;

    beforeEach(() => {
        sandbox = makeSandbox();
    });
    afterEach(removeSandboxes);

    const identity = (options?: object) => sandbox.call("sts:GetCallerIdentity", {}, options);

    it("names service and operation of what it does not model, and what it has instead", async () => {
        assert.match(
            await sandbox.refusal("dynamodb:PutItem"),
            /^UnknownService: the sandbox has no service dynamodb \(asked for dynamodb:PutItem\); it has .*acm/,
        );
        assert.match(
            await sandbox.refusal("sts:GetFederationToken"),
            /^UnknownOperation: the sandbox has no operation sts:GetFederationToken; of sts it has GetCallerIdentity/,
        );
        for (const name of ["constructor:toString", "sts:constructor", "sts:__proto__"]) {
            assert.match(await sandbox.refusal(name), /^Unknown(Service|Operation): /);
        }
    });

    it("throws AWS's exception with service, operation and status", async () => {
        await assert.rejects(sandbox.call("route53:GetHostedZone", { Id: "Z1" }), (error: AwsError) => {
            assert.ok(error instanceof AwsError);
            const { name, service, operation, statusCode } = error;
            assert.deepEqual(
                [name, service, operation, statusCode],
                ["NoSuchHostedZone", "route53", "GetHostedZone", 404],
            );
            return true;
        });
    });

    it("calls in the account of an assumed role", async () => {
        const roleArn = "arn:aws:iam::210987654321:role/deploy";
        assert.equal((await identity()).Account, "123456789012");
        assert.equal((await identity({ roleArn })).Account, "210987654321");
        const { AssumedRoleUser } = await sandbox.call("sts:AssumeRole", {
            RoleArn: roleArn,
            RoleSessionName: "session",
        });
        assert.equal(AssumedRoleUser.Arn, "arn:aws:sts::210987654321:assumed-role/deploy/session");
    });

    it("lists what exists, without what the account came with", async () => {
        const parameters = { Name: "example.com", CallerReference: "given" };
        const given = await sandbox.cloud.furnish({
            service: "route53",
            operation: "CreateHostedZone",
            region: "aws-global",
            parameters,
        });
        assert.deepEqual(sandbox.cloud.resources(), []);
        const record = { Name: "x.example.com", Type: "A", TTL: 60, ResourceRecords: [{ Value: "192.0.2.1" }] };
        await sandbox.change(given.HostedZone.Id, ["CREATE", record]);
        const { CertificateArn } = await sandbox.call("acm:RequestCertificate", { DomainName: "x.example.com" });
        assert.deepEqual(
            sandbox.cloud.resources().map(({ service, type, region }) => `${service} ${type} ${region}`),
            ["route53 resourceRecordSet aws-global", "acm certificate us-east-1"],
        );
        await sandbox.change(given.HostedZone.Id, ["DELETE", record]);
        await sandbox.call("acm:DeleteCertificate", { CertificateArn });
        assert.deepEqual(sandbox.cloud.resources(), []);
    });

    describe("told to misbehave", () => {
        const operation = "sts:GetCallerIdentity";

        it("throttles as often as it was told to, where it was told to", async () => {
            sandbox.cloud.misbehave({ operation, kind: "throttle", times: 2, region: "us-east-1" });
            assert.equal((await identity({ region: "eu-west-1" })).Account, "123456789012");
            assert.equal(await sandbox.refusal(operation), "ThrottlingException: Rate exceeded");
            assert.equal(await sandbox.refusal(operation), "ThrottlingException: Rate exceeded");
            assert.equal((await identity()).Account, "123456789012");
        });

        it("fails with the error that it was given", async () => {
            const error = { name: "ServiceUnavailable", message: "try later", statusCode: 503 };
            sandbox.cloud.misbehave({ operation: "sts:*", kind: "fail", error });
            await assert.rejects(identity(), { ...error, service: "sts", operation: "GetCallerIdentity" });
            await identity();
        });

        it("meets the oldest first, and can be told to behave again", async () => {
            sandbox.cloud.misbehave({ operation, kind: "throttle" });
            sandbox.cloud.misbehave({ operation: "*", kind: "fail" });
            sandbox.cloud.misbehave({ operation, kind: "throttle", times: 9 });
            assert.match(await sandbox.refusal(operation), /^ThrottlingException/);
            assert.match(await sandbox.refusal(operation), /^InternalFailure/);
            sandbox.cloud.behave();
            await identity();
        });

        it("answers late", async () => {
            sandbox.cloud.misbehave({ operation, kind: "delay", milliseconds: 60 });
            const before = performance.now();
            await identity();
            assert.ok(performance.now() - before >= 55);
        });

        it("hides a new thing from reading calls until its time, and from no others", async () => {
            sandbox.cloud.misbehave({
                operation: "route53:CreateHostedZone",
                kind: "lateConsistency",
                milliseconds: 5000,
            });
            const Id = await sandbox.zone("example.com");
            assert.match(await sandbox.refusal("route53:GetHostedZone", { Id }), /^NoSuchHostedZone/);
            const record = { Name: "x.example.com", Type: "A", TTL: 60, ResourceRecords: [{ Value: "192.0.2.1" }] };
            await sandbox.change(Id, ["CREATE", record]);
            assert.equal(sandbox.cloud.resources().length, 4);
            sandbox.cloud.advanceClock(5000);
            assert.equal((await sandbox.call("route53:GetHostedZone", { Id })).HostedZone.Name, "example.com.");
        });
    });

    it("runs its clock forward", () => {
        sandbox.cloud.advanceClock(1500);
        sandbox.cloud.advanceClock(500);
        assert.equal(sandbox.cloud.now().getTime() - start.getTime(), 2000);
    });

    it("keeps a trail of every call, with what was refused", async () => {
        await identity();
        await sandbox.refusal("route53:GetHostedZone", { Id: "Z1" }, { region: "eu-west-1" });
        const account = "123456789012";
        assert.deepEqual(readTrail(sandbox.directory), [
            {
                time: start.toISOString(),
                service: "sts",
                operation: "GetCallerIdentity",
                region: "us-east-1",
                account,
                parameters: {},
                outcome: "ok",
            },
            {
                time: start.toISOString(),
                service: "route53",
                operation: "GetHostedZone",
                region: "eu-west-1",
                account,
                parameters: { Id: "Z1" },
                outcome: "NoSuchHostedZone: No hosted zone found with ID: Z1",
            },
        ]);
        assert.deepEqual(sandbox.cloud.trail(), readTrail(sandbox.directory));
    });

    it("has no trail before the first call", () => {
        assert.deepEqual(readTrail(path.join(sandbox.directory, "nowhere")), []);
    });

    it("writes no secret to a file: not into the trail, not into an error, not into the store", async () => {
        const secret = "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5IGJ1dCBzZWNyZXQ=\n-----END PRIVATE KEY-----\n";
        const messages = [
            await sandbox.refusal("acm:ImportCertificate", { Certificate: "x", PrivateKey: secret }),
            await sandbox.refusal("acm:ImportCertificate", { Certificat: secret, PrivateKey: [secret] }),
            await sandbox.refusal("acm:ImportCertificates", { PrivateKey: secret }),
            await sandbox.refusal("amc:ImportCertificate", { PrivateKey: secret }),
        ];
        const files = readdirSync(sandbox.directory).map((name) => readFileSync(path.join(sandbox.directory, name)));
        for (const text of [...messages, ...files]) {
            assert.ok(!text.includes("bm90IGEga2V5"));
        }
        assert.equal(readTrail(sandbox.directory)[0]?.parameters.PrivateKey, "[secret]");
    });
});
