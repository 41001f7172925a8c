import assert from "node:assert/strict";
import type { LookResult } from "../../../verify/look";
import { dnsFaults } from "../../../verify/dns";
import type { DnsServer } from "../../../sandbox/dataPlane/dns";
import { dataEndpointOf } from "../routing/domain";
import { deployDomain, hostsOf, look, type DeployedDomain } from "./deployedDomain";
import { injectedFaults, someAnswers, soundDomain } from "./injectedFaults";
import { misbehave, misbehaviours } from "./misbehaving";
import { TestZone } from "./zone";

const rulesOf = ({ findings }: LookResult) => findings.map(({ rule }) => rule);

/** What must be the same in every look: a fault has a row, and a row of a fault has its finding. */
function assertConsistent({ observations, findings }: LookResult): void {
    assert.deepEqual(
        observations.flatMap((observation) => observation.findings ?? []),
        findings,
    );
    for (const { rule, reference, remedy } of findings) {
        assert.ok(Object.hasOwn(dnsFaults, rule) && reference?.startsWith("https://") && remedy !== "", rule);
    }
}

describe("a look at a domain's DNS", function () {
    this.timeout(60_000);
    let zone: TestZone;
    let server: DnsServer;
    let deployed: DeployedDomain;
    let unhealthy: readonly string[] = [];

    before(async () => {
        zone = await TestZone.create();
        server = await zone.serve({
            hosts: hostsOf(soundDomain.regions),
            isHealthy: ({ HealthCheckConfig }) =>
                !unhealthy.map(dataEndpointOf).includes(HealthCheckConfig.FullyQualifiedDomainName ?? ""),
        });
    });

    beforeEach(async () => {
        unhealthy = [];
        deployed = await deployDomain(zone, soundDomain);
    });

    after(() => zone.remove());

    describe("finds", () => {
        for (const fault of injectedFaults) {
            it(`${fault.title}: ${fault.rule ?? "no fault"}`, async () => {
                const { inject, misbehaviour, timeout, outputs = (output) => output, rule, got } = fault;
                unhealthy = fault.unhealthy ?? [];
                await inject?.(zone, deployed);
                const asked = misbehaviour === undefined ? server : await misbehave(server, misbehaviour);
                const result = await look(outputs(deployed.output), [asked], { timeout });
                if (asked !== server) {
                    await asked.close();
                }
                assert.deepEqual(rulesOf(result), rule === undefined ? [] : [rule]);
                assertConsistent(result);
                if (got !== undefined) {
                    assert.match(result.findings[0]?.got ?? "", got);
                }
            });
        }
    });

    it("takes a region that is told to be down for no fault of DNS, and one that is up after all for one", async () => {
        unhealthy = ["eu-central-1"];
        const told = { unhealthy: new Set(unhealthy) };
        assert.deepEqual(rulesOf(await look(deployed.output, [server], told)), []);
        unhealthy = [];
        assert.deepEqual(rulesOf(await look(deployed.output, [server], told)), ["dns-answer-unexpected"]);
    });

    it("tells of a server that has another zone than the others, and not of what it says", async () => {
        const other = await TestZone.create();
        try {
            const stale = await deployDomain(other, {
                ...soundDomain,
                routing: { policy: "failover", order: soundDomain.regions },
            });
            assert.equal(stale.output.domainName, deployed.output.domainName);
            const lagging = await other.serve({ hosts: hostsOf(soundDomain.regions) });
            for (const servers of [
                [server, lagging],
                [lagging, server],
            ]) {
                // Both zones have name servers of their own, and which of them the world is sent to is another question.
                const result = await look({ ...deployed.output, hostedZone: undefined }, servers);
                assert.deepEqual(rulesOf(result), ["dns-servers-differ"]);
                assert.match(
                    result.findings[0]?.got ?? "",
                    new RegExp(`^127\\.0\\.0\\.1:${lagging.port} says .*us-east-1`),
                );
            }
        } finally {
            await other.remove();
        }
    });

    it("goes on with the other servers where one says nothing", async () => {
        const silent = await misbehave(server, misbehaviours.silent);
        const result = await look(deployed.output, [silent, server], { timeout: someAnswers });
        await silent.close();
        assert.deepEqual(rulesOf(result), ["dns-server-silent"]);
        assert.ok(result.observations.some(({ what, outcome }) => what === "answers by place" && outcome === "sound"));
    });

    it("holds a resolver against the zone's own servers", async () => {
        for (const [misbehaviour, rules] of [
            [misbehaviours.resolver, []],
            [misbehaviours.staleResolver, ["dns-resolver-stale"]],
            [misbehaviours.patientResolver, ["dns-resolver-stale"]],
        ] as const) {
            const resolver = await misbehave(server, misbehaviour);
            const result = await look(deployed.output, [server, resolver]);
            await resolver.close();
            assert.deepEqual(rulesOf(result), rules);
            assertConsistent(result);
        }
    });

    it("does not judge by place where a server takes no notice of places, and says so", async () => {
        const ignorant = await misbehave(server, misbehaviours.noClientSubnet);
        const result = await look(deployed.output, [ignorant]);
        await ignorant.close();
        assert.deepEqual(rulesOf(result), []);
        const [answers] = result.observations.filter(({ what }) => what === "answers by place");
        assert.deepEqual([answers?.outcome, /takes no notice/.test(answers?.detail ?? "")], ["unseen", true]);
    });

    it("says which locations it could not ask for, and what older outputs do not tell", async () => {
        const routing = {
            ...soundDomain.routing,
            locations: { "eu-central-1": ["country:LU"], "ap-southeast-1": ["AS"] },
        };
        const { output } = await deployDomain(zone, { ...soundDomain, routing });
        const result = await look(output, [server]);
        assert.deepEqual(rulesOf(result), []);
        assert.ok(
            result.observations.some(({ outcome, detail }) => outcome === "unseen" && detail.endsWith("country:LU")),
        );
        const older = await look({ ...output, routing: undefined, hostedZone: undefined }, [server]);
        assert.deepEqual(
            older.observations.map(({ outcome }) => outcome),
            ["unseen"],
        );
    });

    it("asks over IPv6 too", async function () {
        const address = server.addresses.find((each) => each.includes(":"));
        if (address === undefined) {
            // The machine has no IPv6, so there is nothing to ask.
            return;
        }
        const result = await look(deployed.output, [{ address, port: server.port }]);
        assert.deepEqual(rulesOf(result), []);
        assert.ok(result.observations.some(({ what }) => what === `name server [${address}]:${server.port}`));
    });
});
