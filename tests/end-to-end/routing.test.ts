import assert from "node:assert/strict";
import { settings, TestStack } from "./stack";

const regions = { "us-east-1": {}, "eu-central-1": {}, "ap-southeast-1": {} };

/** A stack for every routing policy, and how many records it has beside the one that validates the certificate. */
const policies: ReadonlyArray<readonly [string, Record<string, unknown>, Record<string, unknown>]> = [
    ["simple", { policy: "simple", timeToLive: 300 }, { "us-east-1": {} }],
    ["weighted", { policy: "weighted", weights: { "us-east-1": 3, "eu-central-1": 1, "ap-southeast-1": 0 } }, regions],
    ["latency", { policy: "latency" }, regions],
    ["failover", { policy: "failover", order: ["eu-central-1", "us-east-1", "ap-southeast-1"] }, regions],
    [
        "geolocation",
        {
            policy: "geolocation",
            default: "us-east-1",
            locations: { "eu-central-1": ["EU", "AF"], "ap-southeast-1": ["AS", "OC"] },
            fallbacks: { "eu-central-1": ["ap-southeast-1", "us-east-1"] },
        },
        regions,
    ],
    ["geoproximity", { policy: "geoproximity", bias: { "eu-central-1": 20 } }, regions],
    [
        "ip-based",
        {
            policy: "ip-based",
            default: "us-east-1",
            locations: {
                "eu-central-1": { office: ["203.0.113.0/24"] },
                "ap-southeast-1": { factory: ["198.51.100.0/24", "2001:db8::/32"] },
            },
        },
        regions,
    ],
];

describe("every routing policy", function () {
    this.timeout(240_000);

    for (const [policy, routing, regionSettings] of policies) {
        it(`${policy} comes up, has nothing left to do, and goes down`, async () => {
            const stack = new TestStack(
                settings({
                    regions: regionSettings,
                    domains: { telemetry: { domainName: "iot.example.com", routing } },
                }),
            );
            try {
                await stack.up();
                const { changes } = await stack.preview();
                assert.deepEqual(Object.keys(changes), ["same"]);
                await stack.succeed("destroy", "--yes");
                assert.deepEqual(stack.inventory(), []);
            } finally {
                stack.remove();
            }
        });
    }
});
