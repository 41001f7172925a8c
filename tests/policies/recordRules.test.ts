import { defaultSecurityPolicy } from "../../rules/securityPolicies";
import { planRouting } from "../../rules/routing/plan";
import { recordSetOf } from "../../rules/routing/recordSets";
import type { RoutingSettings } from "../../rules/routing/settings";
import { unknownList, unknownObject, unknownText, type TestResource } from "./packProcess";
import { domainConfiguration, domainRecord } from "./resources";
import { describeRules, type RuleTable } from "./ruleTable";

const endpoint = (region: string) => `a1-ats.iot.${region}.amazonaws.com`;
const zone = (name: string): TestResource => ({
    type: "aws:route53/zone:Zone",
    name: "zone",
    properties: { name, zoneId: "Z0123456789EXAMPLE" },
});
const healthCheck = (properties: TestResource["properties"]): TestResource => ({
    type: "aws:route53/healthCheck:HealthCheck",
    name: "check",
    properties,
});
const weighted = (name: string, properties: TestResource["properties"] = {}) =>
    domainRecord(
        { setIdentifier: name, weightedRoutingPolicies: [{ weight: 1 }], healthCheckId: "1", ...properties },
        { name },
    );
const located = (name: string, location: unknown) =>
    domainRecord({ setIdentifier: name, geolocationRoutingPolicies: [location] }, { name });
const side = (name: string, type: unknown, properties: TestResource["properties"] = {}) =>
    domainRecord({ setIdentifier: name, failoverRoutingPolicies: [{ type }], ...properties }, { name });

const healthCheckSettings = { type: "tcp", port: 8883, requestInterval: 30, failureThreshold: 3 } as const;
const checked = { timeToLive: 60, healthCheck: healthCheckSettings };
const plans: readonly RoutingSettings[] = [
    { policy: "simple", timeToLive: 60 },
    { policy: "weighted", ...checked, weights: { "eu-central-1": 1, "us-east-1": 2, "ap-southeast-1": 3 } },
    { policy: "latency", ...checked },
    { policy: "failover", ...checked, order: ["eu-central-1", "us-east-1", "ap-southeast-1"] },
    {
        policy: "geolocation",
        ...checked,
        default: "us-east-1",
        locations: { "eu-central-1": ["EU", "AF"], "ap-southeast-1": ["AS", "OC"] },
        fallbacks: { "eu-central-1": ["us-east-1", "ap-southeast-1"] },
    },
];
const regions = ["eu-central-1", "us-east-1", "ap-southeast-1"];

/** What this project's own routing makes of a domain: no rule may find fault with it. */
const planned: RuleTable = Object.fromEntries(
    plans.map((routing) => [
        `accepts this project's own ${routing.policy} routing`,
        {
            resources: [
                zone("example.com"),
                ...regions.map((region) => domainConfiguration({ region }, { name: region })),
                ...planRouting({
                    domainName: "iot.example.com",
                    routing,
                    regions: regions.map((name) => ({ name, drained: false })),
                }).records.map((record): TestResource => {
                    const set = recordSetOf(record, {
                        hostedZoneId: "Z0123456789EXAMPLE",
                        dataEndpoints: Object.fromEntries(regions.map((region) => [region, endpoint(region)])),
                        healthCheckIds: Object.fromEntries(regions.map((region) => [region, `check-${region}`])),
                    });
                    return domainRecord(
                        {
                            name: set.Name,
                            type: set.Type,
                            ttl: set.TTL,
                            records: set.ResourceRecords?.map(({ Value }) => Value),
                            setIdentifier: set.SetIdentifier,
                            healthCheckId: set.HealthCheckId,
                            aliases: set.AliasTarget && [
                                {
                                    name: set.AliasTarget.DNSName,
                                    zoneId: set.AliasTarget.HostedZoneId,
                                    evaluateTargetHealth: set.AliasTarget.EvaluateTargetHealth,
                                },
                            ],
                            failoverRoutingPolicies: set.Failover && [{ type: set.Failover }],
                            weightedRoutingPolicies: set.Weight === undefined ? undefined : [{ weight: set.Weight }],
                            latencyRoutingPolicies: set.Region && [{ region: set.Region }],
                            geolocationRoutingPolicies:
                                set.GeoLocation &&
                                [
                                    { continent: set.GeoLocation.ContinentCode, country: set.GeoLocation.CountryCode },
                                ].map((location) =>
                                    Object.fromEntries(Object.entries(location).filter(([, value]) => value)),
                                ),
                        },
                        { name: record.key },
                    );
                }),
            ],
        },
    ]),
);

describeRules("policies on records and health checks", {
    "record-targets-data-endpoint": {
        ...planned,
        "refuses the endpoint of another region also under a name below a zone whose name is not known yet": {
            resources: [
                domainConfiguration(),
                domainRecord({ name: "iot", fqdn: unknownText, records: [endpoint("us-east-1")] }),
            ],
            violations: [/got "a1-ats\.iot\.us-east-1/],
        },
    },
    "domain-configuration-record": {
        ...planned,
        "accepts a domain with a record": { resources: [domainConfiguration(), domainRecord()] },
        "advises on a domain without one": {
            resources: [domainConfiguration(), domainRecord({ name: "mqtt.example.com" })],
            violations: [/got iot\.example\.com without a record/],
        },
        "leaves a stack without records alone": { resources: [domainConfiguration()] },
        "waits for a record's name": {
            resources: [domainConfiguration(), domainRecord({ name: unknownText })],
        },
        "accepts a name below a zone whose name is not known yet": {
            resources: [domainConfiguration(), domainRecord({ name: "iot", fqdn: unknownText })],
        },
        "accepts a name below a zone of the stack": {
            resources: [
                zone("example.com"),
                domainConfiguration(),
                domainRecord({ name: "iot" }, { sources: { zoneId: ["zone"] } }),
            ],
        },
        "advises where the name lies below another zone of the stack": {
            resources: [
                zone("example.net"),
                domainConfiguration(),
                domainRecord({ name: "iot" }, { sources: { zoneId: ["zone"] } }),
            ],
            violations: [/got iot\.example\.com without a record/],
        },
    },
    "record-domain-configuration": {
        ...planned,
        "advises on a record whose region has no such domain": {
            resources: [domainConfiguration(), domainRecord({ name: "mqtt.example.com" })],
            violations: [/got the endpoint of eu-central-1, where the stack configures no mqtt\.example\.com/],
        },
        "waits for a domain that is not known yet": {
            resources: [domainConfiguration({ domainName: unknownText }), domainRecord()],
        },
        "accepts names below a zone whose name is not known yet": {
            resources: [
                domainConfiguration(),
                domainRecord({ name: "iot", fqdn: unknownText, records: ["eu.iot.example.com"] }),
                domainRecord({ name: "eu.iot", fqdn: unknownText }, { name: "behind it" }),
            ],
        },
        "advises on a name below a zone of the stack that no domain has": {
            resources: [
                zone("example.net"),
                domainConfiguration(),
                domainRecord({ name: "iot" }, { sources: { zoneId: ["zone"] } }),
            ],
            violations: [/no iot\.example\.net/],
        },
        "leaves other records alone": { resources: [domainRecord({ records: ["www.example.net"] })] },
        "waits for a target that is not known yet": { resources: [domainRecord({ records: unknownList })] },
    },
    "record-zone-apex": {
        ...planned,
        "refuses a CNAME with the zone's name": {
            resources: [zone("example.com"), domainRecord({ name: "example.com" })],
            violations: [/got example\.com, which is the zone's own name/],
        },
        "refuses a CNAME without a name": {
            resources: [zone("example.com."), domainRecord({ name: "" })],
            violations: [/zone's own name/],
        },
        "finds the zone of an unknown identifier by where it comes from": {
            resources: [
                { ...zone("example.com"), properties: { name: "example.com", zoneId: unknownText } },
                domainRecord({ name: "Example.com", zoneId: unknownText }, { sources: { zoneId: ["zone"] } }),
            ],
            violations: [/zone's own name/],
        },
        "accepts a name that is completed to one below the zone": {
            resources: [zone("example.com"), domainRecord({ name: "example" }, { sources: { zoneId: ["zone"] } })],
        },
        "accepts other types at the apex": {
            resources: [zone("example.com"), domainRecord({ name: "example.com", type: "TXT" })],
        },
        "leaves zones of other stacks alone": { resources: [domainRecord({ name: "example.com" })] },
        "waits for a name that is not known yet": {
            resources: [zone("example.com"), domainRecord({ name: unknownText })],
        },
    },
    "record-alias": {
        ...planned,
        "refuses an alias of an endpoint": {
            resources: [domainRecord({ records: undefined, aliases: [{ name: endpoint("eu-central-1") }] })],
            violations: [/aliases\[0\]\.name: .*got "a1-ats\.iot\.eu-central-1/],
        },
        "waits for an alias that is not known yet and judges the others": {
            resources: [
                domainRecord({
                    records: undefined,
                    aliases: [unknownObject, { name: unknownText }, { name: endpoint("us-east-1") }],
                }),
            ],
            violations: [/aliases\[2\]/],
        },
    },
    "record-time-to-live": {
        ...planned,
        "advises against a day": { resources: [domainRecord({ ttl: 86_400 })], violations: [/at most 300 seconds/] },
        "takes the seconds from its setting": {
            resources: [domainRecord({ ttl: 120 })],
            settings: { maximumSeconds: 60 },
            violations: [/at most 60 seconds, got 120 seconds/],
        },
        "judges routed records before their target is known": {
            resources: [weighted("eu", { records: [unknownText], ttl: 3600 })],
            violations: [/3600/],
        },
        "leaves other records alone": { resources: [domainRecord({ records: ["www.example.net"], ttl: 86_400 })] },
        "waits for a time that is not known yet": { resources: [domainRecord({ ttl: unknownText })] },
    },
    "record-routing-policy": {
        ...planned,
        "accepts one policy": { resources: [weighted("eu"), weighted("us")] },
        "refuses two policies": {
            resources: [
                weighted("eu"),
                domainRecord({ setIdentifier: "us", latencyRoutingPolicies: [{ region: "us-east-1" }] }),
            ],
            violations: [/got a latency record beside a weighted one of iot\.example\.com/],
        },
        "refuses two simple records": {
            resources: [domainRecord({}, { name: "one" }), domainRecord({}, { name: "two" })],
            violations: [/got a simple record beside a simple one/],
        },
        "accepts the same name in another zone": {
            resources: [domainRecord({}, { name: "one" }), domainRecord({ zoneId: "Z9" }, { name: "two" })],
        },
        "accepts another type of the same name": {
            resources: [domainRecord({}, { name: "one" }), domainRecord({ type: "CAA" }, { name: "two" })],
        },
        "waits for a policy that is not known yet": {
            resources: [weighted("eu"), domainRecord({ latencyRoutingPolicies: unknownList })],
        },
    },
    "record-set-identifier": {
        ...planned,
        "refuses the same one twice": {
            resources: [weighted("eu"), weighted("us", { setIdentifier: "eu" })],
            violations: [/got "eu", which eu has/],
        },
        "refuses none": { resources: [weighted("eu", { setIdentifier: undefined })], violations: [/got nothing/] },
        "waits for one that is not known yet": {
            resources: [weighted("eu"), weighted("us", { setIdentifier: unknownText })],
        },
        "asks simple records for none": { resources: [domainRecord()] },
    },
    "record-geolocation-default": {
        ...planned,
        "refuses locations without a default": {
            resources: [located("EU", { continent: "EU" }), located("AS", { continent: "AS" })],
            violations: [/got 2 locations of iot\.example\.com without a default/],
        },
        "accepts a default": { resources: [located("EU", { continent: "EU" }), located("default", { country: "*" })] },
        "waits for a location that is not known yet": {
            resources: [located("EU", { continent: "EU" }), located("default", { country: unknownText })],
        },
        "waits for a policy that is not known yet": {
            resources: [located("EU", { continent: "EU" }), domainRecord({ geolocationRoutingPolicies: unknownList })],
        },
    },
    "record-failover-sides": {
        ...planned,
        "accepts both sides": { resources: [side("eu", "PRIMARY"), side("us", "SECONDARY")] },
        "refuses a primary alone": {
            resources: [side("eu", "PRIMARY")],
            violations: [/expected exactly one SECONDARY, got "PRIMARY" of iot\.example\.com/],
        },
        "refuses a secondary alone": { resources: [side("eu", "SECONDARY")], violations: [/exactly one PRIMARY/] },
        "refuses two primaries": {
            resources: [side("eu", "PRIMARY"), side("us", "PRIMARY"), side("ap", "SECONDARY")],
            violations: [/exactly one PRIMARY/],
        },
        "waits for a side that is not known yet": { resources: [side("eu", "PRIMARY"), side("us", unknownText)] },
    },
    "record-health-check": {
        ...planned,
        "advises on a primary without one": {
            resources: [side("eu", "PRIMARY")],
            violations: [/got nothing, on a failover record/],
        },
        "asks the last resort for none": { resources: [side("us", "SECONDARY")] },
        "accepts a health check that is not known yet": {
            resources: [side("eu", "PRIMARY", { healthCheckId: unknownText })],
        },
        "accepts an alias that follows health": {
            resources: [
                side("eu", "PRIMARY", {
                    records: undefined,
                    aliases: [{ name: "eu.iot.example.com", evaluateTargetHealth: true }],
                }),
            ],
        },
        "advises on an alias that does not": {
            resources: [
                side("eu", "PRIMARY", {
                    records: undefined,
                    aliases: [{ name: "eu.iot.example.com", evaluateTargetHealth: false }],
                }),
            ],
            violations: [/./],
        },
        "asks simple records for none": { resources: [domainRecord()] },
    },
    "health-check-target": {
        "accepts a TCP check of the region's endpoint": {
            resources: [domainConfiguration(), healthCheck({ type: "TCP", fqdn: endpoint("eu-central-1") })],
        },
        "refuses a check of the shared name": {
            resources: [domainConfiguration(), healthCheck({ type: "TCP", fqdn: "iot.example.com" })],
            violations: [/got iot\.example\.com, which every region answers/],
        },
        "accepts a check of a name that leads to one region alone": {
            resources: [domainConfiguration(), domainRecord(), healthCheck({ type: "TCP", fqdn: "iot.example.com" })],
        },
        "refuses a check of a name that another region has, too": {
            resources: [
                domainConfiguration(),
                domainConfiguration({ region: "us-east-1" }, { name: "us" }),
                domainRecord(),
                healthCheck({ type: "TCP", fqdn: "iot.example.com" }),
            ],
            violations: [/every region answers/],
        },
        "refuses a check of a name with a routing policy": {
            resources: [
                domainConfiguration(),
                domainRecord({ setIdentifier: "eu", weightedRoutingPolicies: [{ weight: 1 }] }),
                healthCheck({ type: "TCP", fqdn: "iot.example.com" }),
            ],
            violations: [/every region answers/],
        },
        "refuses an HTTPS check of a domain with TLS 1.3 alone as well": {
            resources: [domainConfiguration(), healthCheck({ type: "HTTPS", fqdn: "iot.example.com" })],
            violations: [/every region/, new RegExp(`TLS 1\\.3 alone \\(${defaultSecurityPolicy}\\)`)],
        },
        "accepts the TLS version of an HTTPS check where TLS 1.2 is spoken": {
            resources: [
                domainConfiguration({ tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS13_1_2_2022_10" } }),
                healthCheck({ type: "HTTPS", fqdn: "iot.example.com" }),
            ],
            violations: [/every region/],
        },
        "waits for what is not known yet": {
            resources: [
                domainConfiguration({ tlsConfig: unknownObject }),
                healthCheck({ type: unknownText, fqdn: unknownText }),
            ],
        },
    },
});
