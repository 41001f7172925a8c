import assert from "node:assert/strict";
import { zip } from "../unit/cloud/zip";
import { settings, TestStack, type Preview } from "./stack";

const region = "us-east-1";
const staplingType = "pulumi-nodejs:dynamic/iot-domains:OcspStapling";
const domainType = "aws:iot/domainConfiguration:DomainConfiguration";

const domain = (serverCertificateConfig?: Record<string, unknown>, overrides: Record<string, unknown> = {}) =>
    settings({
        domains: { telemetry: { domainName: "iot.example.com", serverCertificateConfig, ...overrides } },
        secrets: { unused: { secure: "elsewhere" } },
    });

/** What is going to happen to the stack's own resources, the providers that the engine makes left out. */
const changesIn = ({ steps }: Preview) =>
    steps
        .filter(({ op, type }) => op !== "same" && op !== "read" && !type.startsWith("pulumi:providers:"))
        .map(({ op, type }) => `${op} ${type}`);

describe("OCSP stapling", function () {
    this.timeout(600_000);
    const stack = new TestStack(domain());
    let before: { urn: string; arn: string };
    after(() => stack.remove());

    const call = (service: string, operation: string, parameters: Record<string, unknown>) =>
        stack.sandbox.cloud().call({ service, operation, region, parameters });
    const described = () => call("iot", "DescribeDomainConfiguration", { domainConfigurationName: "test-telemetry" });
    const updates = () =>
        stack.sandbox
            .cloud()
            .trail()
            .filter(({ operation }) => /^(Create|Delete)DomainConfiguration$/.test(operation))
            .map(({ operation }) => operation);
    const resources = async () =>
        JSON.parse(await stack.exported()).deployment.resources as Array<{
            urn: string;
            type: string;
            id: string;
            outputs: Record<string, unknown>;
        }>;
    const identity = async () => {
        const { domainConfigurationArn } = await described();
        const found = (await resources()).find(({ type }) => type === domainType);
        return { urn: found?.urn ?? "", arn: domainConfigurationArn as string };
    };

    it("costs a stack that has none nothing", async () => {
        await stack.succeed("stack", "init", stack.name);
        const set = ["config", "set", "--secret", "--path", "iot-domains:secrets.unused"];
        await stack.pulumi(set, { input: "a secret of the configuration" });
        await stack.up();
        before = await identity();
        assert.equal((await described()).serverCertificateConfig, undefined);
        assert.ok((await resources()).every(({ type }) => !type.includes("pulumi-nodejs")));
    });

    it("is turned on in a live domain without touching its domain configuration", async () => {
        stack.configure(domain({ enableOCSPCheck: true }));
        assert.deepEqual(changesIn(await stack.preview()), [`create ${staplingType}`]);
        await stack.up();
        assert.deepEqual((await described()).serverCertificateConfig, { enableOCSPCheck: true });
        assert.deepEqual(await identity(), before);
        assert.deepEqual(changesIn(await stack.preview()), []);
    });

    it("keeps a text of a few lines in the state, and no secret", async () => {
        const exported = await stack.exported();
        assert.doesNotMatch(exported, /a secret of the configuration/);
        const { outputs = {} } = (await resources()).find(({ type }) => type === staplingType) ?? {};
        const { __provider: provider, ...properties } = outputs;
        assert.deepEqual(properties, {
            region,
            domainConfigurationName: "test-telemetry",
            domainConfigurationArn: before.arn,
            serverCertificateConfig: { enableOCSPCheck: true },
        });
        assert.ok(JSON.stringify(provider).length < 5000);
    });

    it("asks a responder of one's own, which it lets AWS IoT Core call", async () => {
        const { Role } = await call("iam", "CreateRole", {
            RoleName: "responder",
            AssumeRolePolicyDocument: JSON.stringify({
                Version: "2012-10-17",
                Statement: [
                    { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
                ],
            }),
        });
        const { FunctionArn } = await call("lambda", "CreateFunction", {
            FunctionName: "responder",
            Role: Role.Arn,
            Runtime: "nodejs22.x",
            Handler: "index.handler",
            Code: { ZipFile: zip("index.js", "exports.handler = async () => '';") },
        });
        stack.configure(domain({ enableOCSPCheck: true, ocspLambdaArn: { [region]: FunctionArn } }));
        assert.deepEqual(changesIn(await stack.preview()), [
            "create aws:lambda/permission:Permission",
            `update ${staplingType}`,
        ]);
        await stack.up();
        assert.deepEqual((await described()).serverCertificateConfig, {
            enableOCSPCheck: true,
            ocspLambdaArn: FunctionArn,
        });
        const { Policy } = await call("lambda", "GetPolicy", { FunctionName: "responder" });
        assert.match(Policy, /"arn:aws:iot:us-east-1:123456789012:domainconfiguration\/test-telemetry\/\*"/);
        assert.deepEqual(await identity(), before);
    });

    it("is refused with a responder of another account, before anything is changed", async () => {
        const ocspLambdaArn = { [region]: `arn:aws:lambda:${region}:210987654321:function:responder` };
        stack.configure(domain({ enableOCSPCheck: true, ocspLambdaArn }));
        const { completed } = await stack.preview();
        assert.notEqual(completed.exitCode, 0);
        assert.match(
            completed.stdout + completed.stderr,
            /expected an ARN of account 123456789012 in us-east-1.*got arn:aws:lambda:us-east-1:210987654321/s,
        );
    });

    it("is found again by a refresh where somebody has turned it off, and turned on by the next deployment", async () => {
        stack.configure(domain({ enableOCSPCheck: true }));
        await stack.up();
        await call("iot", "UpdateDomainConfiguration", {
            domainConfigurationName: "test-telemetry",
            serverCertificateConfig: { enableOCSPCheck: false },
        });
        const { results } = await stack.look("refresh", "--yes");
        assert.deepEqual(
            results.filter(({ op }) => op === "update").map(({ type }) => type),
            [staplingType],
        );
        assert.deepEqual(changesIn(await stack.preview()), [`update ${staplingType}`]);
        await stack.up();
        assert.deepEqual((await described()).serverCertificateConfig, { enableOCSPCheck: true });
    });

    it("acts as the roles of the stack's configuration do, and refuses another account, naming both", async () => {
        const configuration = domain({ enableOCSPCheck: false });
        const roleArn = "arn:aws:iam::210987654321:role/deploy";
        const zone = { Name: "example.com", CallerReference: "the role's own" };
        await stack.sandbox
            .cloud()
            .call({ service: "route53", operation: "CreateHostedZone", region, roleArn, parameters: zone });
        stack.sandbox.configure(stack.name, {
            config: {
                "aws:region": region,
                "aws:profile": "production",
                ...Object.fromEntries(
                    Object.entries(configuration).map(([key, value]) => [`iot-domains:${key}`, value]),
                ),
                "aws:assumeRoles": [{ roleArn }],
            },
        });
        const completed = await stack.pulumi(["up", "--yes", "--target", await staplingUrn()]);
        assert.notEqual(completed.exitCode, 0);
        assert.match(
            completed.stdout + completed.stderr,
            /expected credentials of account 123456789012, .*got credentials of account 210987654321/s,
        );
        assert.deepEqual((await described()).serverCertificateConfig, { enableOCSPCheck: true });
        // The engine keeps what it was last told of credentials: the next deployment tells it anew.
        stack.configure(domain({ enableOCSPCheck: true }));
        await stack.up();
    });

    const staplingUrn = async () => (await resources()).find(({ type }) => type === staplingType)?.urn ?? "";

    it("is set again on a domain configuration that takes another's place", async () => {
        const replaced = { domainConfigurationName: "test-other", allowReplacement: true };
        stack.configure(domain({ enableOCSPCheck: true }, replaced));
        await stack.up();
        const found = await call("iot", "DescribeDomainConfiguration", { domainConfigurationName: "test-other" });
        assert.deepEqual(found.serverCertificateConfig, { enableOCSPCheck: true });
        assert.deepEqual(updates(), [
            "CreateDomainConfiguration",
            "DeleteDomainConfiguration",
            "CreateDomainConfiguration",
        ]);
    });

    it("is turned off with its setting, and goes with the stack", async () => {
        const described = () => call("iot", "DescribeDomainConfiguration", { domainConfigurationName: "test-other" });
        const { domainConfigurationArn } = await described();
        const kept = { domainConfigurationName: "test-other" };
        stack.configure(domain(undefined, kept));
        assert.deepEqual(changesIn(await stack.preview()), [`delete ${staplingType}`]);
        await stack.up();
        assert.deepEqual((await described()).serverCertificateConfig, { enableOCSPCheck: false });
        assert.equal((await described()).domainConfigurationArn, domainConfigurationArn);
        stack.configure(domain({ enableOCSPCheck: true }, kept));
        await stack.up();
        await stack.succeed("destroy", "--yes");
        assert.deepEqual(
            stack.inventory().filter((what) => what.includes("iot/")),
            [],
        );
    });
});
