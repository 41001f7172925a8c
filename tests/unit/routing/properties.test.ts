import assert from "node:assert/strict";
import fc from "fast-check";
import { continentOf, continents, countries } from "../../../rules/routing/locations";
import { planRouting } from "../../../rules/routing/plan";
import { routingFindings } from "../../../rules/routing/findings";
import { domainName, routed, settings } from "./domain";

const allRegions = ["us-east-1", "us-west-2", "eu-central-1", "ap-southeast-1", "sa-east-1"];

interface Geolocation {
    readonly policy: "geolocation";
    readonly default: string;
    readonly locations: Record<string, string[]>;
    readonly fallbacks: Record<string, string[]>;
}

interface Fleet {
    readonly regions: readonly string[];
    readonly routing: Geolocation;
}

const location = fc.oneof(
    fc.constantFrom(...continents),
    fc.constantFrom(...countries).map((country) => `country:${country}`),
    fc.constantFrom("CA", "TX", "NY", "WA").map((state) => `state:US-${state}`),
);

/** A sound geolocation routing over some regions, with fallbacks by region, by location and for the default. */
const fleet: fc.Arbitrary<Fleet> = fc
    .record({
        regions: fc.shuffledSubarray(allRegions, { minLength: 2 }),
        placed: fc.uniqueArray(fc.tuple(location, fc.nat()), {
            minLength: 1,
            maxLength: 12,
            selector: ([text]) => text,
        }),
        stands: fc.array(fc.tuple(fc.nat(), fc.shuffledSubarray(allRegions, { minLength: 1 })), { maxLength: 6 }),
    })
    .map(({ regions, placed, stands }) => {
        const pick = (index: number) => regions[index % regions.length] ?? "";
        const regionOfLocation = new Map(placed.map(([text, index]) => [text, pick(index)]));
        const keys = [...regionOfLocation.keys(), ...regions, "default"];
        const fallbacks = Object.fromEntries(
            stands.flatMap(([index, list]) => {
                const key = keys[index % keys.length] ?? "";
                const own = key === "default" ? pick(0) : (regionOfLocation.get(key) ?? key);
                const others = list.filter((region) => regions.includes(region) && region !== own);
                return others.length === 0 ? [] : [[key, others]];
            }),
        );
        const locations: Record<string, string[]> = {};
        regionOfLocation.forEach((region, text) => (locations[region] = [...(locations[region] ?? []), text]));
        return { regions, routing: { policy: "geolocation", default: pick(0), locations, fallbacks } };
    });

const healthyOf = (regions: readonly string[]) => fc.subarray([...regions], { minLength: 1 });

/** The locations that a location lies in, itself first: what the configuration says and nothing of how it is planned. */
function enclosing(text: string): string[] {
    if (text.startsWith("state:")) {
        return [text, "country:US", "NA", "default"];
    }
    return text.startsWith("country:") ? [text, continentOf(text.slice(8)) ?? "", "default"] : [text, "default"];
}

function placeOf(text: string) {
    if (text.startsWith("state:")) {
        return { country: "US", subdivision: text.slice(9) };
    }
    return text.startsWith("country:") ? { country: text.slice(8) } : { continent: text };
}

/** The regions that a place is meant to get, the first healthy one of them: an oracle that knows no record. */
function listOf(routing: Geolocation, text: string, drained: readonly string[] = []): string[] {
    return enclosing(text)
        .flatMap((each) => {
            const own =
                each === "default"
                    ? routing.default
                    : Object.keys(routing.locations).find((region) => routing.locations[region]?.includes(each));
            return own === undefined ? [] : [own, ...(routing.fallbacks[each] ?? routing.fallbacks[own] ?? [])];
        })
        .filter((region) => !drained.includes(region));
}

const locationsOf = ({ locations }: Geolocation) => Object.values(locations).flat();

function shuffled<Value>(record: Record<string, Value>): Record<string, Value> {
    return Object.fromEntries(Object.entries(record).reverse());
}

function recordsOf({ regions, routing }: Fleet) {
    return planRouting({
        domainName,
        routing: settings(routing),
        regions: regions.map((name) => ({ name, drained: false })),
    }).records;
}

describe("geolocation, whatever the regions, locations and fallbacks", () => {
    it("gives each location its own region while every region is healthy", () => {
        fc.assert(
            fc.property(fleet, ({ regions, routing }) => {
                const name = routed(routing, regions);
                for (const [region, locations] of Object.entries(routing.locations)) {
                    for (const text of locations) {
                        assert.equal(name.regionFor(placeOf(text)), region);
                    }
                }
                assert.equal(name.regionFor({}), routing.default);
            }),
        );
    });

    it("gives each location the first healthy region of its list, and its own where none is healthy", () => {
        fc.assert(
            fc.property(
                fleet.chain((each) => fc.tuple(fc.constant(each), healthyOf(each.regions))),
                ([{ regions, routing }, healthy]) => {
                    const name = routed(routing, regions);
                    for (const text of locationsOf(routing)) {
                        const list = listOf(routing, text);
                        assert.equal(
                            name.regionFor(placeOf(text), healthy),
                            list.find((region) => healthy.includes(region)) ?? list[0],
                        );
                    }
                },
            ),
        );
    });

    it("never answers with a drained region, and else with the first healthy one that is left", () => {
        fc.assert(
            fc.property(
                fleet.chain((each) => fc.tuple(fc.constant(each), healthyOf(each.regions), fc.nat())),
                ([{ regions, routing }, healthy, index]) => {
                    const drained =
                        regions.filter((region) => region !== routing.default)[index % (regions.length - 1)] ?? "";
                    const name = routed(routing, regions, { drained: [drained] });
                    for (const text of locationsOf(routing)) {
                        const list = listOf(routing, text, [drained]);
                        assert.equal(
                            name.regionFor(placeOf(text), healthy),
                            list.find((region) => healthy.includes(region)) ?? list[0],
                        );
                    }
                },
            ),
        );
    });

    it("names every record the same in whatever order the configuration stands", () => {
        fc.assert(
            fc.property(fleet, ({ regions, routing }) => {
                const reordered: Fleet = {
                    regions: [...regions].reverse(),
                    routing: {
                        ...routing,
                        locations: shuffled(
                            Object.fromEntries(
                                Object.entries(routing.locations).map(([region, texts]) => [
                                    region,
                                    [...texts].reverse(),
                                ]),
                            ),
                        ),
                        fallbacks: shuffled(routing.fallbacks),
                    },
                };
                const byKey = (each: Fleet) => new Map(recordsOf(each).map((record) => [record.key, record]));
                assert.deepEqual(byKey(reordered), byKey({ regions, routing }));
            }),
        );
    });

    it("only adds records when a location is added", () => {
        fc.assert(
            fc.property(fleet, location, fc.nat(), ({ regions, routing }, added, index) => {
                fc.pre(!locationsOf(routing).includes(added));
                const region = regions[index % regions.length] ?? "";
                const grown = { ...routing.locations, [region]: [...(routing.locations[region] ?? []), added] };
                const after = new Map(
                    recordsOf({ regions, routing: { ...routing, locations: grown } }).map((each) => [each.key, each]),
                );
                for (const record of recordsOf({ regions, routing })) {
                    assert.deepEqual(after.get(record.key), record);
                }
            }),
        );
    });

    it("never plans two records that Route 53 could not tell apart", () => {
        fc.assert(
            fc.property(fleet, (each) => {
                const records = recordsOf(each);
                const identities = records.map(({ name, setIdentifier }) => `${name} ${setIdentifier}`);
                assert.equal(new Set(identities).size, records.length);
                assert.equal(new Set(records.map(({ key }) => key)).size, records.length);
            }),
        );
    });

    it("is found sound where every region can be reached", () => {
        fc.assert(
            fc.property(fleet, ({ regions, routing }) => {
                const findings = routingFindings({
                    path: "domains.telemetry.routing",
                    domainName,
                    routing: settings(routing),
                    regions: regions.map((name) => ({ name, drained: false })),
                    securityPolicy: "IoTSecurityPolicy_TLS13_1_3_2022_10",
                });
                assert.deepEqual(
                    findings.filter(({ rule }) => rule !== "routing-region-unused"),
                    [],
                );
            }),
        );
    });
});

describe("the other policies, whatever is healthy", () => {
    const ranked = fc
        .shuffledSubarray(allRegions, { minLength: 2 })
        .chain((regions) => fc.tuple(fc.constant(regions), healthyOf(regions)));

    it("failover answers with the first healthy region of its order", () => {
        fc.assert(
            fc.property(ranked, ([order, healthy]) => {
                const name = routed({ policy: "failover", order }, order);
                assert.equal(
                    name.regionFor({}, healthy),
                    order.find((region) => healthy.includes(region)),
                );
            }),
        );
    });

    it("latency and geoproximity answer with the nearest healthy region", () => {
        fc.assert(
            fc.property(ranked, ([regions, healthy]) => {
                const measures = Object.fromEntries(regions.map((region, index) => [region, 10 * (index + 1)]));
                const place = { latencies: measures, distances: measures };
                for (const policy of ["latency", "geoproximity"]) {
                    assert.equal(
                        routed({ policy }, [...regions].sort()).regionFor(place, healthy),
                        regions.find((region) => healthy.includes(region)),
                    );
                }
            }),
        );
    });

    it("weighted answers with a healthy region", () => {
        fc.assert(
            fc.property(
                ranked,
                fc.infiniteStream(fc.double({ min: 0, max: 0.999999, noNaN: true })),
                ([regions, healthy], numbers) => {
                    const weights = Object.fromEntries(regions.map((region, index) => [region, index]));
                    const name = routed({ policy: "weighted", weights }, regions);
                    assert.ok(healthy.includes(name.regionFor({}, healthy, () => Number(numbers.next().value))));
                },
            ),
        );
    });

    it("weighted answers in proportion to the weights", () => {
        const weights = { "us-east-1": 1, "eu-central-1": 2, "ap-southeast-1": 5 };
        const name = routed({ policy: "weighted", weights }, Object.keys(weights));
        const drawn: Record<string, number> = {};
        for (let step = 0; step < 800; step++) {
            const region = name.regionFor({}, undefined, () => step / 800);
            drawn[region] = (drawn[region] ?? 0) + 1;
        }
        assert.deepEqual(drawn, { "us-east-1": 100, "eu-central-1": 200, "ap-southeast-1": 500 });
    });

    it("IP-based answers a network with its first healthy region, the default last", () => {
        fc.assert(
            fc.property(ranked, ([regions, healthy]) => {
                const [own = "", ...others] = regions;
                const fallback = others.at(-1) ?? "";
                const name = routed(
                    {
                        policy: "ip-based",
                        default: fallback,
                        locations: { [own]: { factory: ["192.0.2.0/24", "2001:db8::/32"] } },
                        fallbacks: others.length > 1 ? { factory: others.slice(0, -1) } : {},
                    },
                    regions,
                );
                const first = regions.find((region) => healthy.includes(region));
                assert.equal(name.regionFor({ sourceIp: "192.0.2.77" }, healthy), first);
                assert.equal(name.regionFor({ sourceIp: "2001:db8::77" }, healthy), first);
                assert.equal(name.regionFor({ sourceIp: "198.51.100.1" }, healthy), fallback);
            }),
        );
    });
});
