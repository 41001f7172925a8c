import assert from "node:assert/strict";
import { settings, TestStack } from "./stack";

const zoneAccount = "210987654321";
const hostedZoneRole = `arn:aws:iam::${zoneAccount}:role/writes-iot-records`;

describe("a hosted zone in another account", function () {
    this.timeout(240_000);
    const stack = new TestStack(
        settings({
            hostedZoneRole,
            regions: { "us-east-1": {}, "eu-central-1": {} },
            domains: { telemetry: { domainName: "iot.example.com", routing: { policy: "latency" } } },
        }),
    );
    after(() => stack.remove());

    const resources = () => stack.sandbox.cloud().resources();

    it("gets its records and health checks there, and everything else stays in the stack's own account", async () => {
        await stack.up();
        const accounts = (service: string) => [
            ...new Set(
                resources()
                    .filter((each) => each.service === service)
                    .map(({ account }) => account),
            ),
        ];
        assert.deepEqual(accounts("route53"), [zoneAccount]);
        for (const service of ["acm", "iot", "sns", "cloudwatch", "events"]) {
            const [own, ...others] = accounts(service);
            assert.notEqual(own, zoneAccount, service);
            assert.deepEqual(others, [], service);
        }
    });

    it("lets ACM see the validation records across the accounts", async () => {
        const { domains } = await stack.outputs();
        const expiries = Object.values<any>(domains.telemetry.regions).map(
            ({ certificateExpiry }) => certificateExpiry,
        );
        assert.equal(expiries.length, 2);
        assert.ok(expiries.every((expiry) => Date.parse(expiry) > Date.now()));
    });

    it("is spoken to under the role in every call, and by nobody else", () => {
        const calls = stack.sandbox
            .cloud()
            .trail()
            .filter(({ service }) => service === "route53");
        assert.ok(calls.length > 5);
        assert.deepEqual([...new Set(calls.map(({ account }) => account))], [zoneAccount]);
    });

    it("has nothing left to do, sees no drift, and is left without a record of the stack", async () => {
        assert.deepEqual(Object.keys((await stack.preview()).changes), ["same"]);
        const { results } = await stack.look("refresh", "--preview-only");
        assert.deepEqual(
            results.filter(({ op }) => op !== "same").map(({ urn }) => urn),
            [],
        );
        await stack.succeed("destroy", "--yes");
        assert.deepEqual(resources(), []);
    });
});
