import assert from "node:assert/strict";
import { existingFunctions, permissionsOf } from "./existingFunctions";
import { settings, TestStack } from "./stack";

const regions = ["us-east-1", "eu-central-1"];

describe("a function that is asked before a device is provisioned", function () {
    this.timeout(300_000);
    const stack = new TestStack();
    let hook: Record<string, string>;
    after(() => stack.remove());

    const configurationWith = (claim: Record<string, unknown>) =>
        settings({
            regions: Object.fromEntries(regions.map((region) => [region, {}])),
            domains: { telemetry: { domainName: "iot.example.com", routing: { policy: "latency" } } },
            provisioning: {
                claim: {
                    templateName: "fleet",
                    certificates: { "2026": { generate: true } },
                    template: { parameters: { SerialNumber: {} }, thingName: "sensor-{SerialNumber}" },
                    ...claim,
                },
            },
        });

    const template = (region: string) =>
        stack.sandbox.cloud().call({
            service: "iot",
            operation: "DescribeProvisioningTemplate",
            region,
            parameters: { templateName: "fleet" },
        });

    it("belongs to the template of its own region, and may be called for that one alone", async () => {
        hook = await existingFunctions(stack.sandbox.cloud(), "known-serial-numbers", regions);
        stack.configure(configurationWith({ hook }));
        await stack.up();
        for (const region of regions) {
            const { templateArn, preProvisioningHook } = await template(region);
            assert.deepEqual(preProvisioningHook, { targetArn: hook[region], payloadVersion: "2020-04-01" });
            const [permission, ...others] = await permissionsOf(stack.sandbox.cloud(), region, "known-serial-numbers");
            assert.deepEqual(others, []);
            assert.deepEqual(permission?.Principal, { Service: "iot.amazonaws.com" });
            assert.ok(JSON.stringify(permission?.Condition).includes(`"${templateArn}"`));
        }
    });

    it("is told to whoever reads the outputs", async () => {
        const { provisioning } = await stack.outputs();
        for (const region of regions) {
            assert.equal(provisioning.regions[region].claim.preProvisioningHookArn, hook[region]);
        }
    });

    it("is refused where it is a function of another region", async () => {
        const [first = "", second = ""] = regions;
        stack.configure(configurationWith({ hook: { ...hook, [first]: hook[second] } }));
        const { completed } = await stack.preview();
        assert.notEqual(completed.exitCode, 0);
        assert.match(
            completed.stdout + completed.stderr,
            /provisioning\.claim\.hook\.us-east-1: expected the ARN of a Lambda function in us-east-1, got a function in eu-central-1/,
        );
    });

    it("goes, and nobody may call it any more", async () => {
        stack.configure(configurationWith({}));
        await stack.up();
        for (const region of regions) {
            assert.equal((await template(region)).preProvisioningHook, undefined);
            await assert.rejects(permissionsOf(stack.sandbox.cloud(), region, "known-serial-numbers"), {
                name: "ResourceNotFoundException",
            });
        }
        await stack.succeed("destroy", "--yes");
    });
});
