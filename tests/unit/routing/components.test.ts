import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { acceptHooks } from "../../components/acceptHooks";
import { settings } from "./domain";
import type { RoutingSettings } from "../../../rules/routing/settings";

const regions = ["us-east-1", "eu-central-1", "ap-southeast-1"];

interface Registered {
    readonly type: string;
    readonly name: string;
    readonly inputs: Record<string, unknown>;
}

/** Registers the components of a domain against Pulumi's mocks, and gives what was registered, in order. */
async function register(routing: RoutingSettings, drained: readonly string[] = []): Promise<Registered[]> {
    const registered: Registered[] = [];
    await pulumi.runtime.setMocks({
        newResource: ({ type, name, inputs }) => {
            registered.push({ type, name, inputs: inputs as Record<string, unknown> });
            return { id: `id-of-${name}`, state: inputs as Record<string, unknown> };
        },
        call: ({ inputs }) => inputs as Record<string, unknown>,
    });
    acceptHooks();
    const { DomainRecords } = await import("../../../components/domainRecords");
    const { HealthChecks } = await import("../../../components/healthChecks");
    const served = regions.map((name) => ({
        name,
        drained: drained.includes(name),
        dataEndpoint: pulumi.output(`abc-ats.iot.${name}.amazonaws.com`),
    }));
    const checks =
        routing.policy === "simple"
            ? { ids: {} }
            : new HealthChecks("telemetry-health", {
                  healthCheck: routing.healthCheck,
                  regions: served,
                  tags: { owner: "fleet" },
              });
    const records = new DomainRecords("telemetry-records", {
        zoneId: "Z1",
        domainName: "iot.example.com",
        routing,
        regions: served,
        healthCheckIds: checks.ids,
    });
    await new Promise((resolve) => pulumi.output(records.urn).apply(resolve));
    await pulumi.runtime.disconnect();
    return registered;
}

const ofType = (registered: readonly Registered[], type: string) => registered.filter((each) => each.type === type);
const inputsOf = (registered: readonly Registered[], name: string) =>
    registered.find((each) => each.name === name)?.inputs;

describe("components/healthChecks and components/domainRecords", () => {
    it("checks each region's own data endpoint, drained ones as well", async () => {
        const registered = await register(settings({ policy: "latency" }), ["us-east-1"]);
        const checks = ofType(registered, "aws:route53/healthCheck:HealthCheck");
        assert.deepEqual(
            checks.map(({ name }) => name),
            regions.map((region) => `telemetry-health-${region}`),
        );
        assert.deepEqual(inputsOf(registered, "telemetry-health-eu-central-1"), {
            type: "TCP",
            fqdn: "abc-ats.iot.eu-central-1.amazonaws.com",
            port: 8883,
            requestInterval: 30,
            failureThreshold: 3,
            tags: { Name: "telemetry-health-eu-central-1", owner: "fleet" },
        });
    });

    it("asks a host of one's own over HTTPS, with its name in the handshake", async () => {
        const registered = await register(
            settings({
                policy: "latency",
                healthCheck: {
                    type: "https",
                    resourcePath: "/probe",
                    fullyQualifiedDomainNames: { "us-east-1": "probe.example.com" },
                },
            }),
        );
        const { fqdn, enableSni, resourcePath, port, type } = inputsOf(registered, "telemetry-health-us-east-1") ?? {};
        assert.deepEqual(
            { fqdn, enableSni, resourcePath, port, type },
            { fqdn: "probe.example.com", enableSni: true, resourcePath: "/probe", port: 443, type: "HTTPS" },
        );
    });

    it("follows an alarm of each region", async () => {
        const alarmNames = Object.fromEntries(regions.map((region) => [region, `broker-${region}`]));
        const registered = await register(
            settings({ policy: "latency", healthCheck: { type: "cloudwatch-alarm", alarmNames } }),
        );
        const { tags, ...inputs } = inputsOf(registered, "telemetry-health-eu-central-1") ?? {};
        assert.ok(tags);
        assert.deepEqual(inputs, {
            type: "CLOUDWATCH_METRIC",
            cloudwatchAlarmName: "broker-eu-central-1",
            cloudwatchAlarmRegion: "eu-central-1",
            insufficientDataHealthStatus: "LastKnownStatus",
        });
    });

    it("makes no health check where none is asked for", async () => {
        const registered = await register(settings({ policy: "latency", healthCheck: { type: "none" } }));
        assert.deepEqual(ofType(registered, "aws:route53/healthCheck:HealthCheck"), []);
        assert.equal(inputsOf(registered, "telemetry-records-latency-us-east-1")?.["healthCheckId"], undefined);
    });

    it("makes a geolocation tree of records", async () => {
        const registered = await register(
            settings({
                policy: "geolocation",
                default: "us-east-1",
                locations: { "eu-central-1": ["EU"], "ap-southeast-1": ["state:US-HI"] },
                fallbacks: { EU: ["us-east-1"] },
            }),
        );
        const alias = (name: string) => [{ name, zoneId: "Z1", evaluateTargetHealth: true }];
        const chain = "eu-central-1.us-east-1._failover.iot.example.com";
        const common = { zoneId: "Z1", type: "CNAME" };
        const records = ofType(registered, "aws:route53/record:Record");
        assert.deepEqual(Object.fromEntries(records.map(({ name, inputs }) => [name, inputs])), {
            "telemetry-records-failover-eu-central-1-then-us-east-1-primary": {
                ...common,
                name: chain,
                setIdentifier: "eu-central-1",
                failoverRoutingPolicies: [{ type: "PRIMARY" }],
                ttl: 60,
                records: ["abc-ats.iot.eu-central-1.amazonaws.com"],
                healthCheckId: "id-of-telemetry-health-eu-central-1",
            },
            "telemetry-records-failover-eu-central-1-then-us-east-1-secondary": {
                ...common,
                name: chain,
                setIdentifier: "us-east-1",
                failoverRoutingPolicies: [{ type: "SECONDARY" }],
                ttl: 60,
                records: ["abc-ats.iot.us-east-1.amazonaws.com"],
                healthCheckId: "id-of-telemetry-health-us-east-1",
            },
            "telemetry-records-geolocation-continent-eu": {
                ...common,
                name: "_geolocation.iot.example.com",
                setIdentifier: "EU",
                geolocationRoutingPolicies: [{ continent: "EU" }],
                aliases: alias(chain),
            },
            "telemetry-records-geolocation-state-us-hi": {
                ...common,
                name: "_geolocation.iot.example.com",
                setIdentifier: "state:US-HI",
                geolocationRoutingPolicies: [{ country: "US", subdivision: "HI" }],
                ttl: 60,
                records: ["abc-ats.iot.ap-southeast-1.amazonaws.com"],
                healthCheckId: "id-of-telemetry-health-ap-southeast-1",
            },
            "telemetry-records-geolocation-default": {
                ...common,
                name: "_geolocation.iot.example.com",
                setIdentifier: "default",
                geolocationRoutingPolicies: [{ country: "*" }],
                ttl: 60,
                records: ["abc-ats.iot.us-east-1.amazonaws.com"],
                healthCheckId: "id-of-telemetry-health-us-east-1",
            },
            "telemetry-records-domain": {
                ...common,
                name: "iot.example.com",
                aliases: alias("_geolocation.iot.example.com"),
            },
        });
        assert.equal(records.at(-1)?.name, "telemetry-records-domain");
    });

    it("spells each policy as the provider does", async () => {
        for (const [raw, key, expected] of [
            [{ policy: "latency" }, "latency-us-east-1", { latencyRoutingPolicies: [{ region: "us-east-1" }] }],
            [
                { policy: "weighted", weights: { "us-east-1": 0, "eu-central-1": 1 } },
                "weighted-us-east-1",
                { weightedRoutingPolicies: [{ weight: 0 }] },
            ],
            [
                { policy: "geoproximity", bias: { "us-east-1": -5 } },
                "geoproximity-us-east-1",
                { geoproximityRoutingPolicy: { awsRegion: "us-east-1", bias: -5 } },
            ],
        ] as const) {
            const inputs = inputsOf(await register(settings(raw)), `telemetry-records-${key}`);
            const { zoneId, name, type, setIdentifier, ttl, records, healthCheckId, ...routing } = inputs ?? {};
            assert.ok(zoneId && name && type && setIdentifier && ttl && records && healthCheckId);
            assert.deepEqual(routing, expected);
        }
    });

    it("gives an IP-based domain a CIDR collection with its locations", async () => {
        const registered = await register(
            settings({
                policy: "ip-based",
                default: "us-east-1",
                locations: { "eu-central-1": { berlin: ["192.0.2.0/24"] } },
            }),
        );
        const [collection] = ofType(registered, "aws:route53/cidrCollection:CidrCollection");
        assert.equal(collection?.name, "telemetry-records-networks");
        assert.deepEqual(inputsOf(registered, "telemetry-records-network-berlin"), {
            cidrCollectionId: "id-of-telemetry-records-networks",
            name: "berlin",
            cidrBlocks: ["192.0.2.0/24"],
        });
        assert.deepEqual(inputsOf(registered, "telemetry-records-ip-based-default")?.["cidrRoutingPolicy"], {
            collectionId: "id-of-telemetry-records-networks",
            locationName: "*",
        });
    });
});
