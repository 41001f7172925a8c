import assert from "node:assert/strict";
import { formatFinding } from "../../../rules/finding";
import { countries } from "../../../rules/routing/locations";
import { routingFindings } from "../../../rules/routing/findings";
import { domainName, settings } from "./domain";

const regions = ["us-east-1", "eu-central-1", "ap-southeast-1"];

interface Case {
    readonly title: string;
    readonly routing: Record<string, unknown>;
    /** @default three regions */
    readonly regions?: readonly string[];
    readonly drained?: readonly string[];
    readonly domainName?: string;
    /** @default TLS 1.3 only */
    readonly securityPolicy?: string;
    /** Rule and path of each fault. */
    readonly faults: readonly string[];
}

const geolocation = {
    policy: "geolocation",
    default: "us-east-1",
    locations: { "eu-central-1": ["EU", "AF", "country:TR"], "ap-southeast-1": ["AS", "state:US-CA"] },
};
const ipBased = {
    policy: "ip-based",
    default: "us-east-1",
    locations: { "eu-central-1": { berlin: ["192.0.2.0/24"] }, "ap-southeast-1": { tokyo: ["2001:db8::/32"] } },
};
const weights = { "us-east-1": 1, "eu-central-1": 1, "ap-southeast-1": 1 };
const none = { type: "none" };
const tls12 = "IoTSecurityPolicy_TLS13_1_2_2022_10";

function geolocated(locations: Record<string, string[]>, rest: Record<string, unknown> = {}) {
    return { ...geolocation, locations: { ...geolocation.locations, ...locations }, ...rest };
}

function networks(locations: Record<string, Record<string, string[]>>, rest: Record<string, unknown> = {}) {
    return { ...ipBased, locations: { ...ipBased.locations, ...locations }, ...rest };
}

const blocks = (count: number) => Array.from({ length: count }, (_, index) => `10.${index >> 8}.${index & 255}.0/24`);

// prettier-ignore
const cases: readonly Case[] = [
    { title: "simple with one region", routing: { policy: "simple" }, regions: ["us-east-1"], faults: [] },
    { title: "simple with several regions", routing: { policy: "simple" }, faults: ["routing-simple routing.policy"] },
    { title: "every region drained", routing: { policy: "latency" }, drained: regions, faults: ["routing-drained regions"] },

    { title: "weighted", routing: { policy: "weighted", weights }, faults: [] },
    { title: "weighted, one of them 0", routing: { policy: "weighted", weights: { ...weights, "us-east-1": 0 } }, faults: [] },
    { title: "a weight of a region that does not serve", routing: { policy: "weighted", weights: { ...weights, "eu-west-1": 1 } }, faults: ["routing-region routing.weights.eu-west-1"] },
    { title: "a region without a weight", routing: { policy: "weighted", weights: { "us-east-1": 1, "eu-central-1": 1 } }, faults: ["routing-weight routing.weights.ap-southeast-1"] },
    { title: "all weights 0", routing: { policy: "weighted", weights: { "us-east-1": 0, "eu-central-1": 0, "ap-southeast-1": 0 } }, faults: ["routing-weights-zero routing.weights"] },
    { title: "all weights 0 but that of a drained region", routing: { policy: "weighted", weights: { "us-east-1": 1, "eu-central-1": 0, "ap-southeast-1": 0 } }, drained: ["us-east-1"], faults: ["routing-weights-zero routing.weights"] },

    { title: "latency", routing: { policy: "latency" }, faults: [] },
    { title: "geoproximity", routing: { policy: "geoproximity", bias: { "us-east-1": -99 } }, faults: [] },
    { title: "a bias of a region that does not serve", routing: { policy: "geoproximity", bias: { "eu-west-1": 1 } }, faults: ["routing-region routing.bias.eu-west-1"] },

    { title: "failover", routing: { policy: "failover", order: regions }, faults: [] },
    { title: "an order with a region that does not serve", routing: { policy: "failover", order: [...regions, "eu-west-1"] }, faults: ["routing-region routing.order[3]"] },
    { title: "an order with a region twice", routing: { policy: "failover", order: [...regions, "us-east-1"] }, faults: ["routing-region-twice routing.order[3]"] },
    { title: "an order without one of the regions", routing: { policy: "failover", order: regions.slice(1) }, faults: ["routing-region-unused routing.order"] },
    { title: "an order without health checks", routing: { policy: "failover", order: regions, healthCheck: none }, faults: ["routing-health-check-missing routing.healthCheck.type"] },
    { title: "a chain whose name gets too long", routing: { policy: "failover", order: regions }, domainName: `${"a".repeat(60)}.${"b".repeat(60)}.${"c".repeat(60)}.fleet-of-devices.example.com`, faults: ["routing-record-name routing"] },

    { title: "geolocation", routing: geolocation, faults: [] },
    { title: "geolocation with fallbacks by region, by location and for the default", routing: geolocated({}, { fallbacks: { "eu-central-1": ["us-east-1"], AF: ["ap-southeast-1"], default: ["eu-central-1"] } }), faults: [] },
    { title: "a default that does not serve", routing: geolocated({}, { default: "eu-west-1" }), faults: ["routing-region routing.default", "routing-region-unused routing.locations.us-east-1"] },
    { title: "locations of a region that does not serve", routing: geolocated({ "eu-west-1": ["OC"] }), faults: ["routing-region routing.locations.eu-west-1"] },
    { title: "a region without a location", routing: { ...geolocation, locations: { "eu-central-1": ["EU"] } }, faults: ["routing-region-unused routing.locations.ap-southeast-1"] },
    { title: "a region that only stands in", routing: { ...geolocation, locations: { "eu-central-1": ["EU"] }, fallbacks: { EU: ["ap-southeast-1"] } }, faults: [] },
    { title: "an unknown continent", routing: geolocated({ "us-east-1": ["XX"] }), faults: ["routing-location routing.locations.us-east-1[0]"] },
    { title: "an unknown country", routing: geolocated({ "us-east-1": ["OC", "country:ZZ"] }), faults: ["routing-location routing.locations.us-east-1[1]"] },
    { title: "a country that Route 53 has no data of", routing: geolocated({ "us-east-1": ["country:BV"] }), faults: ["routing-location routing.locations.us-east-1[0]"] },
    { title: "an unknown state", routing: geolocated({ "us-east-1": ["state:US-ZZ"] }), faults: ["routing-location routing.locations.us-east-1[0]"] },
    { title: "a state of another country", routing: geolocated({ "us-east-1": ["state:DE-BY"] }), faults: ["routing-location routing.locations.us-east-1[0]"] },
    { title: "a location of two regions", routing: geolocated({ "us-east-1": ["EU"] }), faults: ["routing-location-twice routing.locations.us-east-1[0]"] },
    { title: "a location twice in one region", routing: geolocated({ "us-east-1": ["OC", "OC"] }), faults: ["routing-location-twice routing.locations.us-east-1[1]"] },
    { title: "fallbacks of what is no region and no location", routing: geolocated({}, { fallbacks: { SA: ["us-east-1"] } }), faults: ["routing-fallback-key routing.fallbacks.SA"] },
    { title: "a fallback that does not serve", routing: geolocated({}, { fallbacks: { EU: ["eu-west-1"] } }), faults: ["routing-region routing.fallbacks.EU[0]"] },
    { title: "a fallback twice", routing: geolocated({}, { fallbacks: { EU: ["us-east-1", "us-east-1"] } }), faults: ["routing-region-twice routing.fallbacks.EU[1]"] },
    { title: "a region that falls back to itself", routing: geolocated({}, { fallbacks: { "eu-central-1": ["eu-central-1"] } }), faults: ["routing-fallback-itself routing.fallbacks.eu-central-1[0]"] },
    { title: "a location that falls back to its own region", routing: geolocated({}, { fallbacks: { AF: ["us-east-1", "eu-central-1"] } }), faults: ["routing-fallback-itself routing.fallbacks.AF[1]"] },
    { title: "a default that falls back to itself", routing: geolocated({}, { fallbacks: { default: ["us-east-1"] } }), faults: ["routing-fallback-itself routing.fallbacks.default[0]"] },
    { title: "fallbacks without health checks", routing: geolocated({}, { fallbacks: { EU: ["us-east-1"] }, healthCheck: none }), faults: ["routing-health-check-missing routing.healthCheck.type"] },
    { title: "a drained region with locations", routing: geolocation, drained: ["eu-central-1"], faults: [] },
    { title: "a drained default that nothing stands in for", routing: geolocation, drained: ["us-east-1"], faults: ["routing-default-drained routing.default"] },
    { title: "a drained default with a fallback", routing: geolocated({}, { fallbacks: { "us-east-1": ["eu-central-1"] } }), drained: ["us-east-1"], faults: [] },
    { title: "more locations than Route 53 takes", routing: geolocated({ "us-east-1": countries.filter((each) => each !== "TR").slice(0, 100).map((each) => `country:${each}`) }), faults: ["routing-record-count routing"] },

    { title: "IP-based", routing: ipBased, faults: [] },
    { title: "a location's name that Route 53 does not take", routing: networks({ "us-east-1": { "the factory in New York": ["198.51.100.0/24"] } }), faults: ["routing-cidr-location routing.locations.us-east-1.the factory in New York"] },
    { title: "a location named like a region", routing: networks({ "us-east-1": { "us-east-1": ["198.51.100.0/24"] } }), faults: ["routing-cidr-location routing.locations.us-east-1.us-east-1"] },
    { title: "a location named default", routing: networks({ "us-east-1": { default: ["198.51.100.0/24"] } }), faults: ["routing-cidr-location routing.locations.us-east-1.default"] },
    { title: "a location named like a member of every object", routing: networks({ "us-east-1": { constructor: ["198.51.100.0/24"] } }), faults: [] },
    { title: "a name of two locations", routing: networks({ "us-east-1": { berlin: ["198.51.100.0/24"] } }), faults: ["routing-location-twice routing.locations.us-east-1.berlin"] },
    { title: "what is no CIDR block", routing: networks({ "us-east-1": { office: ["198.51.100.0"] } }), faults: ["routing-cidr-block routing.locations.us-east-1.office[0]"] },
    { title: "an IPv4 block that is too small", routing: networks({ "us-east-1": { office: ["198.51.100.0/25"] } }), faults: ["routing-cidr-block routing.locations.us-east-1.office[0]"] },
    { title: "an IPv6 block that is too small", routing: networks({ "us-east-1": { office: ["2001:db8::/49"] } }), faults: ["routing-cidr-block routing.locations.us-east-1.office[0]"] },
    { title: "a block of every address", routing: networks({ "us-east-1": { office: ["0.0.0.0/0"] } }), faults: ["routing-cidr-block routing.locations.us-east-1.office[0]"] },
    { title: "a range twice, written differently", routing: networks({ "us-east-1": { office: ["192.0.2.9/24", "2001:DB8:0::/32"] } }), faults: ["routing-cidr-block-twice routing.locations.us-east-1.office[0]", "routing-cidr-block-twice routing.locations.us-east-1.office[1]"] },
    { title: "more blocks than a collection holds", routing: networks({ "us-east-1": { office: blocks(999) } }), faults: ["routing-cidr-blocks routing.locations"] },
    { title: "a drained IP-based default", routing: ipBased, drained: ["us-east-1"], faults: ["routing-default-drained routing.default"] },

    { title: "a TCP check of a port that nothing listens on", routing: { policy: "latency", healthCheck: { type: "tcp", port: 1883 } }, faults: ["routing-health-check-port routing.healthCheck.port"] },
    { title: "an HTTPS check of TLS 1.3 endpoints", routing: { policy: "latency", healthCheck: { type: "https" } }, faults: ["routing-health-check-tls-version routing.healthCheck.type"] },
    { title: "an HTTPS check of endpoints that speak TLS 1.2", routing: { policy: "latency", healthCheck: { type: "https" } }, securityPolicy: tls12, faults: [] },
    { title: "an HTTPS check of hosts of one's own", routing: { policy: "latency", healthCheck: { type: "https", fullyQualifiedDomainNames: Object.fromEntries(regions.map((region) => [region, `probe.${region}.example.com`])) } }, faults: [] },
    { title: "an HTTPS check of a host in a region that does not serve", routing: { policy: "latency", healthCheck: { type: "https", fullyQualifiedDomainNames: { "eu-west-1": "probe.example.com" } } }, securityPolicy: tls12, faults: ["routing-region routing.healthCheck.fullyQualifiedDomainNames.eu-west-1"] },
    { title: "an HTTPS check of the shared name", routing: { policy: "latency", healthCheck: { type: "https", fullyQualifiedDomainNames: { "us-east-1": domainName } } }, securityPolicy: tls12, faults: ["routing-health-check-shared-name routing.healthCheck.fullyQualifiedDomainNames.us-east-1"] },
    { title: "an HTTPS check of one host for two regions", routing: { policy: "latency", healthCheck: { type: "https", fullyQualifiedDomainNames: { "us-east-1": "probe.example.com", "eu-central-1": "Probe.example.com." } } }, securityPolicy: tls12, faults: ["routing-health-check-shared-name routing.healthCheck.fullyQualifiedDomainNames.eu-central-1"] },
    { title: "alarms in every region", routing: { policy: "latency", healthCheck: { type: "cloudwatch-alarm", alarmNames: Object.fromEntries(regions.map((region) => [region, "broker"])) } }, faults: [] },
    { title: "a region without an alarm", routing: { policy: "latency", healthCheck: { type: "cloudwatch-alarm", alarmNames: { "us-east-1": "broker", "eu-central-1": "broker" } } }, faults: ["routing-health-check-alarm routing.healthCheck.alarmNames.ap-southeast-1"] },
    { title: "several faults at once", routing: geolocated({ "us-east-1": ["XX", "EU"] }, { default: "eu-west-1", fallbacks: { EU: ["eu-central-1"] } }), faults: ["routing-location routing.locations.us-east-1[0]", "routing-location-twice routing.locations.us-east-1[1]", "routing-region routing.default", "routing-fallback-itself routing.fallbacks.EU[0]"] },
];

describe("rules/routing/findings", () => {
    for (const each of cases) {
        it(`${each.faults.length === 0 ? "accepts" : "refuses"} ${each.title}`, () => {
            const findings = routingFindings({
                path: "routing",
                domainName: each.domainName ?? domainName,
                routing: settings(each.routing),
                regions: (each.regions ?? regions).map((name) => ({
                    name,
                    drained: each.drained?.includes(name) ?? false,
                })),
                securityPolicy: each.securityPolicy ?? "IoTSecurityPolicy_TLS13_1_3_2022_10",
            });
            assert.deepEqual(findings.map(({ rule, path }) => `${rule} ${path}`).sort(), [...each.faults].sort());
            for (const finding of findings) {
                assert.match(finding.reference ?? "", /^https:\/\/docs\.aws\.amazon\.com\//);
                assert.doesNotMatch(formatFinding(finding), /undefined/);
            }
        });
    }

    it("says what was meant by a location that is nearly right", () => {
        const remedies = (text: string) =>
            routingFindings({
                path: "routing",
                domainName,
                routing: settings(geolocated({ "us-east-1": [text] })),
                regions: regions.map((name) => ({ name, drained: false })),
                securityPolicy: tls12,
            }).map(({ remedy }) => remedy);
        assert.deepEqual(remedies("oc"), ["write OC"]);
        assert.deepEqual(remedies("BR"), ["write country:BR"]);
        assert.deepEqual(remedies("country:br"), ["write country:BR"]);
        assert.deepEqual(remedies("us-tx"), ["write state:US-TX"]);
        assert.deepEqual(remedies("country:EH"), [
            "leave it to its continent or to the default; Route 53 has no data on that country's addresses",
        ]);
    });
});
