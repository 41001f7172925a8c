import assert from "node:assert/strict";
import fc from "fast-check";
import type { DnsServer } from "../../../sandbox/dataPlane/dns";
import { dataEndpointOf } from "../routing/domain";
import { deployDomain, hostsOf, look } from "./deployedDomain";
import { allRegions, policies, situation } from "./situations";
import { TestZone } from "./zone";

const anySituation = fc.oneof(...Object.entries(policies).map(([policy, of]) => situation(policy, of)));

describe("a look at the DNS of a sound domain, whatever its routing", function () {
    this.timeout(300_000);
    let zone: TestZone;
    let server: DnsServer;
    let unhealthyHosts: readonly string[] = [];

    before(async () => {
        zone = await TestZone.create();
        server = await zone.serve({
            hosts: hostsOf(allRegions),
            isHealthy: ({ HealthCheckConfig }) =>
                !unhealthyHosts.includes(HealthCheckConfig.FullyQualifiedDomainName ?? ""),
        });
    });

    after(() => zone.remove());

    it("finds nothing in fifty domains", () =>
        fc.assert(
            fc.asyncProperty(anySituation, async (world) => {
                unhealthyHosts = [];
                const { output } = await deployDomain(zone, world);
                assert.deepEqual((await look(output, [server])).findings, []);
            }),
            { numRuns: 50 },
        ));

    it("finds nothing where it is told which regions are down, and nothing but those where it is not", () =>
        fc.assert(
            fc.asyncProperty(anySituation, async (world) => {
                unhealthyHosts = world.unhealthy.map(dataEndpointOf);
                const { output } = await deployDomain(zone, world);
                const told = await look(output, [server], { unhealthy: new Set(world.unhealthy) });
                assert.deepEqual(told.findings, []);
                const untold = await look(output, [server]);
                for (const { rule, path } of untold.findings) {
                    assert.equal(rule, "dns-region-avoided");
                    assert.ok(world.unhealthy.includes(path.split(".").at(-1) ?? ""), path);
                }
            }),
            { numRuns: 50 },
        ));
});
