import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { make } from "../unit/provisioning/material";
import { existingFunctions, permissionsOf } from "./existingFunctions";
import { settings, TestStack } from "./stack";

const regions = ["us-east-1", "eu-central-1"];
const account = "123456789012";

/** A domain whose devices are judged by the authorizer that the same stack makes. */
const domains = {
    telemetry: {
        domainName: "iot.example.com",
        authenticationType: "CUSTOM_AUTH",
        applicationProtocol: "SECURE_MQTT",
        authorizerConfig: { defaultAuthorizerName: "tokens" },
        routing: { policy: "latency" },
    },
};

describe("a custom authorizer in every region", function () {
    this.timeout(300_000);
    const stack = new TestStack();
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "iot-domains-authorizer-"));
    const call = (service: string, operation: string, region: string, parameters: Record<string, unknown>) =>
        stack.sandbox.cloud().call({ service, operation, region, parameters });
    let publicKey: string;
    let existing: Record<string, string>;

    /** The stack's configuration with an authorizer whose function is one or the other. */
    function configure(authorizer: Record<string, unknown>): void {
        stack.configure(
            settings({
                regions: Object.fromEntries(regions.map((region) => [region, {}])),
                domains,
                provisioning: {
                    authorizer: {
                        name: "tokens",
                        tokenKeyName: "token",
                        tokenSigningPublicKeys: { first: { from: "file", path: path.join(folder, "signer.pem") } },
                        ...authorizer,
                    },
                },
            }),
        );
    }

    async function described(region: string) {
        const { authorizerDescription } = await call("iot", "DescribeAuthorizer", region, {
            authorizerName: "tokens",
        });
        return authorizerDescription;
    }

    before(async () => {
        publicKey = (await make({ key: "rsa2048" })).publicKeyPem;
        fs.writeFileSync(path.join(folder, "signer.pem"), publicKey);
        fs.writeFileSync(
            path.join(folder, "index.js"),
            "exports.handler = async () => ({ isAuthenticated: false });\n",
        );
        existing = await existingFunctions(stack.sandbox.cloud(), "judge", regions);
    });
    after(() => {
        stack.remove();
        fs.rmSync(folder, { recursive: true, force: true });
    });

    it("comes up with functions that are there already, each region with its own, before the domain that needs it", async () => {
        configure({ functionArns: existing });
        await stack.up();
        for (const region of regions) {
            const authorizer = await described(region);
            assert.equal(authorizer.authorizerFunctionArn, existing[region]);
            assert.equal(authorizer.status, "ACTIVE");
            assert.equal(authorizer.signingDisabled, false);
            assert.equal(authorizer.tokenKeyName, "token");
            assert.deepEqual(authorizer.tokenSigningPublicKeys, { first: publicKey });
        }
        const order = stack.sandbox
            .cloud()
            .trail()
            .filter(({ region, outcome }) => region === regions[1] && outcome === "ok")
            .map(({ operation }) => operation)
            .filter((operation) => ["CreateAuthorizer", "CreateDomainConfiguration"].includes(operation));
        assert.deepEqual(order, ["CreateAuthorizer", "CreateDomainConfiguration"]);
    });

    const assertLimited = async (region: string, functionName: string) => {
        const { authorizerArn } = await described(region);
        const [permission, ...others] = await permissionsOf(stack.sandbox.cloud(), region, functionName);
        assert.deepEqual(others, []);
        assert.equal(permission?.Action, "lambda:InvokeFunction");
        assert.deepEqual(permission?.Principal, { Service: "iot.amazonaws.com" });
        const conditions = Object.assign({}, ...Object.values(permission?.Condition ?? {})) as Record<string, string>;
        assert.deepEqual(
            Object.fromEntries(Object.entries(conditions).map(([key, value]) => [key.toLowerCase(), value])),
            { "aws:sourcearn": authorizerArn, "aws:sourceaccount": account },
        );
    };

    it("lets AWS IoT Core call the function for that authorizer of that account alone", async () => {
        for (const region of regions) {
            await assertLimited(region, "judge");
        }
    });

    it("tells other programs of it", async () => {
        const { provisioning, domains: told } = await stack.outputs();
        for (const region of regions) {
            const { authorizerArn } = await described(region);
            assert.deepEqual(provisioning.regions[region].authorizer, {
                authorizerName: "tokens",
                authorizerArn,
                functionArn: existing[region],
                tokenKeyName: "token",
                signingDisabled: false,
            });
        }
        assert.deepEqual(told.telemetry.authorizerConfig, {
            defaultAuthorizerName: "tokens",
            allowAuthorizerOverride: false,
        });
    });

    it("moves to a function that the stack deploys from a folder, in place", async () => {
        configure({ function: { folder } });
        const { steps, completed } = await stack.preview();
        assert.equal(completed.exitCode, 0, completed.stdout + completed.stderr);
        assert.deepEqual(
            steps.filter(({ type, op }) => /authorizer:Authorizer/.test(type) && op !== "same").map(({ op }) => op),
            regions.map(() => "update"),
        );
        await stack.up();
        for (const region of regions) {
            const { authorizerFunctionArn } = await described(region);
            assert.equal(authorizerFunctionArn, `arn:aws:lambda:${region}:${account}:function:tokens`);
            await assertLimited(region, "tokens");
        }
        assert.deepEqual(Object.keys((await stack.preview()).changes), ["same"]);
    });

    it("changes the function when the code changes, and nothing else", async () => {
        fs.writeFileSync(path.join(folder, "index.js"), "exports.handler = async () => ({ isAuthenticated: true });\n");
        const { steps } = await stack.preview();
        const changed = steps.filter(({ op }) => !["same", "read"].includes(op)).map(({ op, type }) => `${op} ${type}`);
        assert.deepEqual(
            changed,
            regions.map(() => "update aws:lambda/function:Function"),
        );
    });

    it("goes down, and leaves the functions that it did not make as they were", async () => {
        await stack.succeed("destroy", "--yes");
        const left = stack.inventory().filter((what) => !what.endsWith("iam/role"));
        assert.deepEqual(left, regions.map((region) => `${region} lambda/function`).sort());
    });

    it("comes up for tokens without signatures, too", async () => {
        const unsigned = { tokenKeyName: undefined, tokenSigningPublicKeys: undefined, signingDisabled: true };
        configure({ function: { folder }, ...unsigned });
        await stack.up();
        for (const region of regions) {
            const { signingDisabled, tokenKeyName, tokenSigningPublicKeys } = await described(region);
            assert.deepEqual([signingDisabled, tokenKeyName, tokenSigningPublicKeys], [true, undefined, undefined]);
        }
        assert.deepEqual(Object.keys((await stack.preview()).changes), ["same"]);
        await stack.succeed("destroy", "--yes");
    });
});
