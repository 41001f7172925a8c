import assert from "node:assert/strict";
import { planRouting } from "../../../rules/routing/plan";
import { isEndpoint, type PlannedRecord } from "../../../rules/routing/plannedRecord";
import { domainName, routed, settings } from "./domain";

const regions = ["us-east-1", "eu-central-1", "ap-southeast-1"];

function plan(raw: unknown, drained: readonly string[] = []) {
    return planRouting({
        domainName,
        routing: settings(raw),
        regions: regions.map((name) => ({ name, drained: drained.includes(name) })),
    });
}

/** A record in one line: name, set identifier, policy and target. */
function line({ name, setIdentifier = "-", routing, target }: PlannedRecord): string {
    const to = isEndpoint(target) ? `${target.region}${target.healthCheckRegion ? " checked" : ""}` : target.aliasName;
    const short = (text: string) => text.replace(domainName, "@");
    return `${short(name)} ${setIdentifier} ${JSON.stringify(routing)} -> ${short(to)}`;
}

const lines = (raw: unknown, drained?: readonly string[]) => plan(raw, drained).records.map(line);

const geolocation = {
    policy: "geolocation",
    default: "us-east-1",
    locations: { "eu-central-1": ["EU", "country:TR"], "ap-southeast-1": ["AS"] },
};

describe("rules/routing/plan", () => {
    it("answers a simple domain with one record and no health check", () => {
        const { records, cidrLocations } = planRouting({
            domainName,
            routing: settings({ policy: "simple", timeToLive: 300 }),
            regions: [{ name: "us-east-1", drained: false }],
        });
        assert.deepEqual(records, [
            {
                key: "domain",
                name: domainName,
                type: "CNAME",
                routing: {},
                target: { region: "us-east-1", timeToLive: 300 },
            },
        ]);
        assert.deepEqual(cidrLocations, []);
    });

    it("gives weighted, latency and geoproximity a record a region, behind the record at the domain name", () => {
        assert.deepEqual(lines({ policy: "weighted", weights: { "us-east-1": 9, "eu-central-1": 0 } }), [
            '_weighted.@ us-east-1 {"Weight":9} -> us-east-1 checked',
            '_weighted.@ eu-central-1 {"Weight":0} -> eu-central-1 checked',
            "@ - {} -> _weighted.@",
        ]);
        assert.deepEqual(lines({ policy: "latency" }), [
            ...regions.map((region) => `_latency.@ ${region} {"Region":"${region}"} -> ${region} checked`),
            "@ - {} -> _latency.@",
        ]);
        assert.deepEqual(
            lines({ policy: "geoproximity", bias: { "eu-central-1": -20 } })[1],
            [
                '_geoproximity.@ eu-central-1 {"GeoProximityLocation":{"AWSRegion":"eu-central-1","Bias":-20}} -> eu-central-1 checked',
            ].join(),
        );
    });

    it("makes a failover order a chain of pairs, because Route 53 knows a primary and a secondary record only", () => {
        assert.deepEqual(lines({ policy: "failover", order: regions }), [
            'eu-central-1.ap-southeast-1._failover.@ eu-central-1 {"Failover":"PRIMARY"} -> eu-central-1 checked',
            'eu-central-1.ap-southeast-1._failover.@ ap-southeast-1 {"Failover":"SECONDARY"} -> ap-southeast-1 checked',
            'us-east-1.eu-central-1.ap-southeast-1._failover.@ us-east-1 {"Failover":"PRIMARY"} -> us-east-1 checked',
            'us-east-1.eu-central-1.ap-southeast-1._failover.@ eu-central-1 {"Failover":"SECONDARY"} -> eu-central-1.ap-southeast-1._failover.@',
            "@ - {} -> us-east-1.eu-central-1.ap-southeast-1._failover.@",
        ]);
    });

    it("needs no tree for geolocation without fallbacks", () => {
        assert.deepEqual(lines(geolocation), [
            '_geolocation.@ EU {"GeoLocation":{"ContinentCode":"EU"}} -> eu-central-1 checked',
            '_geolocation.@ country:TR {"GeoLocation":{"CountryCode":"TR"}} -> eu-central-1 checked',
            '_geolocation.@ AS {"GeoLocation":{"ContinentCode":"AS"}} -> ap-southeast-1 checked',
            '_geolocation.@ default {"GeoLocation":{"CountryCode":"*"}} -> us-east-1 checked',
            "@ - {} -> _geolocation.@",
        ]);
    });

    it("shares chains between locations with the same order, and the ends of longer ones", () => {
        const fallbacks = {
            "eu-central-1": ["us-east-1", "ap-southeast-1"],
            "country:TR": ["ap-southeast-1"],
            default: ["ap-southeast-1"],
        };
        const names = lines({ ...geolocation, fallbacks }).map((each) => each.split(" {")[0]);
        assert.deepEqual(names, [
            "us-east-1.ap-southeast-1._failover.@ us-east-1",
            "us-east-1.ap-southeast-1._failover.@ ap-southeast-1",
            "eu-central-1.us-east-1.ap-southeast-1._failover.@ eu-central-1",
            "eu-central-1.us-east-1.ap-southeast-1._failover.@ us-east-1",
            "eu-central-1.ap-southeast-1._failover.@ eu-central-1",
            "eu-central-1.ap-southeast-1._failover.@ ap-southeast-1",
            "_geolocation.@ EU",
            "_geolocation.@ country:TR",
            "_geolocation.@ AS",
            "_geolocation.@ default",
            "@ -",
        ]);
    });

    it("puts the default at the end of each list of an IP-based domain", () => {
        const { records, cidrLocations } = plan({
            policy: "ip-based",
            default: "us-east-1",
            locations: { "eu-central-1": { factory: ["192.0.2.0/24"] } },
            fallbacks: { factory: ["ap-southeast-1"] },
        });
        assert.deepEqual(records.slice(-3).map(line), [
            '_ip-based.@ factory {"CidrRoutingConfig":{"LocationName":"factory"}} -> eu-central-1.ap-southeast-1.us-east-1._failover.@',
            '_ip-based.@ * {"CidrRoutingConfig":{"LocationName":"*"}} -> us-east-1 checked',
            "@ - {} -> _ip-based.@",
        ]);
        assert.deepEqual(cidrLocations, [{ name: "factory", cidrBlocks: ["192.0.2.0/24"] }]);
    });

    it("checks nothing, and moves nowhere, without health checks", () => {
        const records = lines({
            ...geolocation,
            healthCheck: { type: "none" },
            fallbacks: { default: ["eu-central-1"] },
        });
        assert.equal(records.length, 5);
        assert.ok(records.every((each) => !each.includes("checked")));
    });

    it("places every target before the aliases that point to it", () => {
        const fallbacks = { "eu-central-1": ["us-east-1", "ap-southeast-1"], "ap-southeast-1": ["eu-central-1"] };
        const seen = new Set<string>();
        for (const { name, target } of plan({ ...geolocation, fallbacks }).records) {
            assert.ok(isEndpoint(target) || seen.has(target.aliasName), `${name} stands before its target`);
            seen.add(name);
        }
    });

    describe("a drained region", () => {
        it("leaves every list, and its locations keep their records and identifiers", () => {
            const fallbacks = { "eu-central-1": ["us-east-1"] };
            assert.deepEqual(lines({ ...geolocation, fallbacks }, ["eu-central-1"]), [
                '_geolocation.@ EU {"GeoLocation":{"ContinentCode":"EU"}} -> us-east-1 checked',
                '_geolocation.@ country:TR {"GeoLocation":{"CountryCode":"TR"}} -> us-east-1 checked',
                '_geolocation.@ AS {"GeoLocation":{"ContinentCode":"AS"}} -> ap-southeast-1 checked',
                '_geolocation.@ default {"GeoLocation":{"CountryCode":"*"}} -> us-east-1 checked',
                "@ - {} -> _geolocation.@",
            ]);
        });

        it("leaves its locations to the next larger one where nothing stands in", () => {
            assert.deepEqual(
                lines(geolocation, ["eu-central-1"]).map((each) => each.split(" ")[1]),
                ["AS", "default", "-"],
            );
        });

        it("leaves the last region of a failover order as the only answer", () => {
            assert.deepEqual(lines({ policy: "failover", order: regions }, ["us-east-1", "eu-central-1"]), [
                "@ - {} -> ap-southeast-1",
            ]);
        });

        it("is never answered, even when every other region is unhealthy", () => {
            for (const raw of [
                { policy: "weighted", weights: { "us-east-1": 1, "eu-central-1": 1, "ap-southeast-1": 1 } },
                { policy: "latency" },
                { policy: "geoproximity" },
                { policy: "failover", order: regions },
                { ...geolocation, fallbacks: { "ap-southeast-1": ["eu-central-1"], default: ["eu-central-1"] } },
            ]) {
                const name = routed(raw, regions, { drained: ["eu-central-1"] });
                for (const country of ["DE", "JP", "US"]) {
                    const place = { country, latencies: { "eu-central-1": 1 }, distances: { "eu-central-1": 1 } };
                    assert.notEqual(name.regionFor(place, ["eu-central-1"]), "eu-central-1", JSON.stringify(raw));
                }
            }
        });

        it("cannot be all there is", () => {
            assert.throws(() => plan({ policy: "latency" }, regions), /expected a region that is not drained, got 3/);
        });
    });

    describe("a change of policy", () => {
        const policies = [
            { policy: "latency" },
            { policy: "weighted", weights: { "us-east-1": 1, "eu-central-1": 1, "ap-southeast-1": 1 } },
            { policy: "failover", order: regions },
            geolocation,
            { policy: "geoproximity" },
            { policy: "ip-based", default: "us-east-1", locations: { "eu-central-1": { factory: ["192.0.2.0/24"] } } },
        ];

        for (const from of policies) {
            for (const to of policies.filter((each) => each !== from)) {
                it(`from ${from.policy} to ${to.policy} updates the record at the domain name, and shares no name below`, () => {
                    const before = plan(from).records;
                    const after = plan(to).records;
                    const names = (records: readonly PlannedRecord[]) => records.slice(0, -1).map(({ name }) => name);
                    // A failover chain may serve two policies: its records are the same then.
                    const shared = names(before).filter((name) => names(after).includes(name));
                    for (const name of shared) {
                        const of = (records: readonly PlannedRecord[]) => records.filter((each) => each.name === name);
                        assert.deepEqual(of(before), of(after));
                    }
                    const [one, other] = [before.at(-1), after.at(-1)];
                    assert.deepEqual({ ...one, target: undefined }, { ...other, target: undefined });
                    assert.notDeepEqual(one?.target, other?.target);
                });
            }
        }
    });
});
