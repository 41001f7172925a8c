import assert from "node:assert/strict";
import fc from "fast-check";
import type { SamplePlace } from "../../../rules/routing/samplePlaces";
import { ask as simulate, type Question } from "../../../rules/routing/simulator";
import type { DnsServer } from "../../../sandbox/dataPlane/dns";
import { distanceToRegion, latencyToRegion } from "../../../sandbox/dataPlane/dns/geography";
import { dataEndpointOf, domainName } from "../routing/domain";
import { deployDomain } from "./deployedDomain";
import { ask, told } from "./exchange";
import { allRegions, policies, situation } from "./situations";
import { TestZone } from "./zone";

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

    before(async () => {
        zone = await TestZone.create();
        server = await zone.serve({
            isHealthy: ({ HealthCheckConfig }) =>
                !unhealthyHosts.includes(HealthCheckConfig.FullyQualifiedDomainName ?? ""),
            random: () => draw,
        });
    });

    after(() => zone.remove());

    for (const [policy, of] of Object.entries(policies)) {
        it(`about ${policy} routing, whatever the regions, their health and the place`, () =>
            fc.assert(
                fc.asyncProperty(situation(policy, of), async (world) => {
                    const { output, cidrCollections } = await deployDomain(zone, world);
                    const { ResourceRecordSets } = await zone.call("ListResourceRecordSets", { HostedZoneId: zone.id });
                    unhealthyHosts = world.unhealthy.map(dataEndpointOf);
                    draw = world.draw;
                    const healthy = allRegions.filter((region) => !world.unhealthy.includes(region));
                    for (const sample of world.places) {
                        const simulated = (random: number) =>
                            simulate(ResourceRecordSets, {
                                name: domainName,
                                place: placeOf(sample),
                                healthyHealthChecks: new Set(
                                    healthy.flatMap((region) => output.regions[region]?.healthCheckId ?? []),
                                ),
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
