import assert from "node:assert/strict";
import fc from "fast-check";
import { planRouting } from "../../../rules/routing/plan";
import { recordSetOf } from "../../../rules/routing/recordSets";
import { samplePlaces, type SamplePlace } from "../../../rules/routing/samplePlaces";
import { ask as simulate, type Question } from "../../../rules/routing/simulator";
import type { DnsServer } from "../../../sandbox/dataPlane/dns";
import { distanceToRegion, latencyToRegion } from "../../../sandbox/dataPlane/dns/geography";
import { dataEndpointOf, domainName, settings } from "../routing/domain";
import { ask, told } from "./exchange";
import { TestZone } from "./zone";

const allRegions = ["us-east-1", "us-west-2", "eu-central-1", "ap-southeast-1", "sa-east-1"];
const blocks = ["141.20.0.0/16", "133.11.0.0/16", "192.0.2.0/24", "128.0.0.0/8", "144.122.0.0/20"];
const locations = ["EU", "AS", "AF", "NA", "country:TR", "country:JP", "country:US", "state:US-CA", "state:US-HI"];

const regionsOf = fc.shuffledSubarray(allRegions, { minLength: 2 });

/** Gives every element of a list to one of the regions. */
const placedAmong = (regions: readonly string[], list: readonly string[]) =>
    fc
        .subarray([...list], { minLength: 1 })
        .chain((chosen) => fc.tuple(...chosen.map((each) => fc.tuple(fc.constant(each), fc.constantFrom(...regions)))));

/** For some of the regions two others that stand in, in different orders. */
const fallbacksAmong = (regions: readonly string[]) =>
    fc.subarray([...regions]).map((keys) =>
        Object.fromEntries(
            keys.map((region) => {
                const own = regions.indexOf(region);
                return [region, [...regions.slice(own + 1), ...regions.slice(0, own)].slice(0, 2)];
            }),
        ),
    );

const grouped = (placed: ReadonlyArray<readonly [string, string]>) =>
    Object.fromEntries(
        placed.map(([, region]) => [region, placed.filter(([, of]) => of === region).map(([text]) => text)]),
    );

const policies: Readonly<Record<string, (regions: readonly string[]) => fc.Arbitrary<object>>> = {
    simple: () => fc.constant({}),
    latency: () => fc.constant({}),
    failover: (regions) => fc.constant({ order: regions }),
    geoproximity: (regions) =>
        fc
            .array(fc.integer({ min: -99, max: 99 }), { minLength: regions.length, maxLength: regions.length })
            .map((biases) => ({ bias: Object.fromEntries(regions.map((region, index) => [region, biases[index]])) })),
    weighted: (regions) =>
        fc
            .array(fc.constantFrom(0, 0, 1, 5, 255), { minLength: regions.length, maxLength: regions.length })
            .map((weights) => ({
                weights: Object.fromEntries(regions.map((region, index) => [region, weights[index]])),
            })),
    geolocation: (regions) =>
        fc.tuple(placedAmong(regions, locations), fallbacksAmong(regions)).map(([placed, fallbacks]) => ({
            default: regions[0],
            locations: grouped(placed),
            fallbacks,
        })),
    "ip-based": (regions) =>
        fc.tuple(placedAmong(regions, blocks), fallbacksAmong(regions)).map(([placed, fallbacks]) => ({
            default: regions[0],
            locations: Object.fromEntries(
                Object.entries(grouped(placed)).map(([region, list]) => [region, { [region]: list }]),
            ),
            fallbacks,
        })),
};

const situation = (policy: string, of: (regions: readonly string[]) => fc.Arbitrary<object>) =>
    regionsOf.chain((regions) =>
        fc.record({
            regions: fc.constant(regions),
            routing: of(regions).map((raw) => settings({ policy, ...raw })),
            drained: fc.option(fc.constantFrom(...regions.slice(1)), { nil: undefined }),
            unhealthy: fc.subarray([...regions]),
            places: fc.subarray([...samplePlaces], { minLength: 8, maxLength: 8 }),
            draw: fc.double({ min: 0, max: 0.999, noNaN: true }),
        }),
    );

type Situation = typeof situation extends (...parameters: never[]) => fc.Arbitrary<infer Value> ? Value : never;

/** The place as the simulator wants to know it, in the sandbox's world. */
function placeOf(sample: SamplePlace): Question["place"] {
    const measured = (measure: typeof latencyToRegion) =>
        sample.coordinates === undefined
            ? undefined
            : Object.fromEntries(allRegions.map((region) => [region, measure(sample.coordinates, region) ?? 0]));
    return {
        country: sample.country,
        subdivision: sample.subdivision,
        sourceIp: sample.network.split("/")[0],
        latencies: measured(latencyToRegion),
        distances: measured(distanceToRegion),
    };
}

describe("the sandbox's name server and the routing simulator, written apart, agree", function () {
    this.timeout(120_000);
    let zone: TestZone;
    let server: DnsServer;
    let unhealthyHosts: readonly string[] = [];
    let draw = 0;
    const healthCheckIds: Record<string, string> = {};

    before(async () => {
        zone = await TestZone.create();
        server = await zone.serve({
            isHealthy: ({ HealthCheckConfig }) =>
                !unhealthyHosts.includes(HealthCheckConfig.FullyQualifiedDomainName ?? ""),
            random: () => draw,
        });
        for (const region of allRegions) {
            healthCheckIds[region] = await zone.healthCheck(dataEndpointOf(region));
        }
    });

    after(() => zone.remove());

    let collections = 0;

    /** Puts what is planned into the zone; answers with the blocks of each location by collection. */
    async function deploy({ routing, regions, drained }: Situation): Promise<Question["cidrCollections"]> {
        await zone.empty();
        const { records, cidrLocations } = planRouting({
            domainName,
            routing,
            regions: regions.map((name) => ({ name, drained: name === drained && routing.policy !== "simple" })),
        });
        const Name = `collection-${collections++}`;
        const { Collection } = await zone.call("CreateCidrCollection", { Name, CallerReference: Name });
        const Changes = cidrLocations.map(({ name: LocationName, cidrBlocks: CidrList }) => ({
            Action: "PUT",
            LocationName,
            CidrList,
        }));
        if (Changes.length > 0) {
            await zone.call("ChangeCidrCollection", { Id: Collection.Id, Changes });
        }
        const dataEndpoints = Object.fromEntries(regions.map((region) => [region, dataEndpointOf(region)]));
        const parts = { hostedZoneId: zone.id, dataEndpoints, healthCheckIds, cidrCollectionId: Collection.Id };
        await zone.put(...records.map((record) => recordSetOf(record, parts)));
        return { [Collection.Id]: Object.fromEntries(cidrLocations.map(({ name, cidrBlocks }) => [name, cidrBlocks])) };
    }

    for (const [policy, of] of Object.entries(policies)) {
        it(`about ${policy} routing, whatever the regions, their health and the place`, () =>
            fc.assert(
                fc.asyncProperty(situation(policy, of), async (world) => {
                    const cidrCollections = await deploy(world);
                    unhealthyHosts = world.unhealthy.map(dataEndpointOf);
                    draw = world.draw;
                    const { ResourceRecordSets } = await zone.call("ListResourceRecordSets", { HostedZoneId: zone.id });
                    const healthy = allRegions.filter((region) => !world.unhealthy.includes(region));
                    for (const sample of world.places) {
                        const simulated = (random: number) =>
                            simulate(ResourceRecordSets, {
                                name: domainName,
                                place: placeOf(sample),
                                healthyHealthChecks: new Set(healthy.map((region) => healthCheckIds[region] ?? "")),
                                cidrCollections,
                                random: () => random,
                            })?.endpoint;
                        // Both draw in proportion, though not with the same number the same.
                        const draws =
                            policy === "weighted" ? Array.from({ length: 300 }, (_, index) => index / 300) : [0];
                        const subnet = `${sample.network.split("/")[0]}/24`;
                        const answered = told((await ask(server, { name: domainName, subnet })).answers);
                        const possible = [...new Set(draws.map(simulated))].map(
                            (endpoint) => `${domainName} CNAME ${endpoint}`,
                        );
                        assert.equal(answered.length, 1);
                        assert.ok(
                            possible.includes(answered[0] ?? ""),
                            `${sample.name}: ${answered.join()} is none of ${possible.join()}`,
                        );
                    }
                }),
                { numRuns: 50 },
            ));
    }
});
