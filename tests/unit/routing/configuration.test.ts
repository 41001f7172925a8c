import assert from "node:assert/strict";
import { z } from "zod";
import { issuesToFindings, pathText } from "../../../config/faults";
import { drained, routing } from "../../../config/routing";

const tcp = { type: "tcp", port: 8883, requestInterval: 30, failureThreshold: 3 };
const checked = { timeToLive: 60, healthCheck: tcp };

function faultsOf(raw: unknown): string[] {
    const result = routing.safeParse(raw);
    return result.success
        ? []
        : issuesToFindings(result.error.issues, raw).map(({ path, expected }) => `${path}: ${expected}`);
}

describe("config/routing", () => {
    // prettier-ignore
    for (const [raw, parsed] of [
        [undefined, { policy: "simple", timeToLive: 60 }],
        [{ policy: "latency" }, { policy: "latency", ...checked }],
        [{ policy: "weighted", weights: { "us-east-1": 255 } }, { policy: "weighted", weights: { "us-east-1": 255 }, ...checked }],
        [{ policy: "failover", order: ["a", "b"] }, { policy: "failover", order: ["a", "b"], ...checked }],
        [{ policy: "geoproximity" }, { policy: "geoproximity", bias: {}, ...checked }],
        [
            { policy: "geolocation", default: "us-east-1", locations: { "eu-central-1": ["EU"] } },
            { policy: "geolocation", default: "us-east-1", locations: { "eu-central-1": ["EU"] }, fallbacks: {}, ...checked },
        ],
        [
            { policy: "ip-based", default: "us-east-1", locations: { "eu-central-1": { berlin: ["192.0.2.0/24"] } } },
            { policy: "ip-based", default: "us-east-1", locations: { "eu-central-1": { berlin: ["192.0.2.0/24"] } }, fallbacks: {}, ...checked },
        ],
        [
            { policy: "latency", timeToLive: 30, healthCheck: { type: "https", requestInterval: 10 } },
            { policy: "latency", timeToLive: 30, healthCheck: { type: "https", port: 443, resourcePath: "/", fullyQualifiedDomainNames: {}, requestInterval: 10, failureThreshold: 3 } },
        ],
        [
            { policy: "latency", healthCheck: { type: "cloudwatch-alarm", alarmNames: { "us-east-1": "broker" } } },
            { policy: "latency", timeToLive: 60, healthCheck: { type: "cloudwatch-alarm", alarmNames: { "us-east-1": "broker" }, insufficientDataHealthStatus: "LastKnownStatus" } },
        ],
    ] as const) {
        it(`fills in the defaults of ${JSON.stringify(raw) ?? "nothing"}`, () => {
            assert.deepEqual(routing.parse(raw), parsed);
        });
    }

    // prettier-ignore
    for (const [title, raw, faults] of [
        ["an unknown policy", { policy: "nearest" }, ["policy: one of simple, weighted, latency, failover, geolocation, geoproximity, ip-based"]],
        ["a missing default", { policy: "geolocation", locations: {} }, ["default: a text"]],
        ["missing locations", { policy: "geolocation", default: "us-east-1" }, ["locations: a mapping"]],
        ["a region with an empty list of locations", { policy: "geolocation", default: "a", locations: { b: [] } }, ["locations.b: at least 1 entries"]],
        ["an empty list of fallbacks", { policy: "geolocation", default: "a", locations: {}, fallbacks: { a: [] } }, ["fallbacks.a: at least 1 entries"]],
        ["a weight that is too large", { policy: "weighted", weights: { a: 256 } }, ["weights.a: at most 255"]],
        ["a negative weight", { policy: "weighted", weights: { a: -1 } }, ["weights.a: at least 0"]],
        ["a bias that is too small", { policy: "geoproximity", bias: { a: -100 } }, ["bias.a: at least -99"]],
        ["a failover order of one region", { policy: "failover", order: ["a"] }, ["order: at least 2 entries"]],
        ["an interval that Route 53 does not offer", { policy: "latency", healthCheck: { type: "tcp", requestInterval: 20 } }, ["healthCheck.requestInterval: one of 10, 30"]],
        ["a threshold that is too large", { policy: "latency", healthCheck: { type: "tcp", failureThreshold: 11 } }, ["healthCheck.failureThreshold: at most 10"]],
        ["an unknown kind of health check", { policy: "latency", healthCheck: { type: "ping" } }, ["healthCheck.type: one of tcp, https, cloudwatch-alarm, none"]],
        ["health checks of a simple domain", { policy: "simple", healthCheck: { type: "tcp" } }, ["healthCheck: one of policy, timeToLive"]],
        ["alarms without names", { policy: "latency", healthCheck: { type: "cloudwatch-alarm" } }, ["healthCheck.alarmNames: a mapping"]],
    ] as const) {
        it(`refuses ${title}`, () => {
            assert.deepEqual(faultsOf(raw), faults);
        });
    }

    it("has a JSON Schema with a description at every key, for editors", () => {
        const undescribed: string[] = [];
        const visit = (schema: unknown, path: readonly string[]) => {
            const { properties = {}, oneOf = [], anyOf = [] } = schema as Record<string, never>;
            for (const [key, value] of Object.entries(properties as Record<string, { description?: string }>)) {
                if (value.description === undefined) {
                    undescribed.push(pathText([...path, key]));
                }
                visit(value, [...path, key]);
            }
            [...(oneOf as unknown[]), ...(anyOf as unknown[])].forEach((each) => visit(each, path));
        };
        visit(z.toJSONSchema(z.object({ routing, drained }), { io: "input" }), []);
        assert.deepEqual(undescribed, []);
    });
});
