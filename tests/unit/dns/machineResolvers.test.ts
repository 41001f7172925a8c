import assert from "node:assert/strict";
import dns from "node:dns";
import type { DnsServer } from "../../../sandbox/dataPlane/dns";
import { deployDomain, hostsOf, look, type DeployedDomain } from "./deployedDomain";
import { soundDomain } from "./injectedFaults";
import { misbehave, misbehaviours } from "./misbehaving";
import { TestZone } from "./zone";

/** Without --dns-server: the machine's resolvers tell the zone's name servers and their addresses, and those are asked. */
describe("a look at a domain's DNS by way of the machine's own resolvers", () => {
    const machine = dns.getServers();
    let zone: TestZone;
    let server: DnsServer;
    let deployed: DeployedDomain;
    let nameServers: readonly string[];

    const use = (resolver: DnsServer) => dns.setServers([`127.0.0.1:${resolver.port}`]);
    const seen = (result: Awaited<ReturnType<typeof look>>) =>
        result.observations.map(({ what, outcome }) => `${what}: ${outcome}`);
    /** Port 53 of this machine is not the tests' to listen on. */
    const lookThere = (output = deployed.output, timeout = 5_000) =>
        look(output, [], {
            timeout,
            connectTo: nameServers.map((host) => ({ host, port: 53, toPort: server.port })),
        });

    before(async () => {
        zone = await TestZone.create();
        const { DelegationSet } = await zone.call("GetHostedZone", { Id: zone.id });
        nameServers = [...DelegationSet.NameServers].sort();
        const addresses = Object.fromEntries(nameServers.map((host) => [host, ["127.0.0.1"]]));
        server = await zone.serve({ hosts: { ...hostsOf(soundDomain.regions), ...addresses } });
        deployed = await deployDomain(zone, soundDomain);
    });

    beforeEach(() => use(server));
    afterEach(() => dns.setServers(machine));
    after(() => zone.remove());

    it("finds every name server of the zone, asks each for every place, and finds nothing wrong", async () => {
        const result = await lookThere();
        assert.deepEqual(result.findings, []);
        assert.deepEqual(seen(result), [
            "zone: sound",
            ...nameServers.map((host) => `name server ${host} (127.0.0.1): sound`),
            "answers by place: sound",
            `resolver 127.0.0.1:${server.port}: sound`,
        ]);
    });

    it("asks nobody who is not the zone's where the world is sent to another zone", async () => {
        const hostedZone = { ...deployed.output.hostedZone!, nameServers: ["ns-1.awsdns-00.com"] };
        const result = await lookThere({ ...deployed.output, hostedZone });
        assert.deepEqual(
            result.findings.map(({ rule }) => rule),
            ["dns-delegation"],
        );
        assert.deepEqual(seen(result), ["zone: fault", "answers by place: unseen"]);
    });

    it("holds a resolver of the machine that keeps old answers against the zone's own servers", async () => {
        const stale = await misbehave(server, misbehaviours.staleResolver);
        use(stale);
        const result = await lookThere();
        await stale.close();
        assert.deepEqual(
            result.findings.map(({ rule }) => rule),
            ["dns-resolver-stale"],
        );
    });

    it("has seen nothing where no resolver answers", async () => {
        const silent = await misbehave(server, misbehaviours.silent);
        use(silent);
        const result = await lookThere(deployed.output, 500);
        await silent.close();
        assert.deepEqual([result.findings, seen(result)], [[], ["answers by place: unseen"]]);
        assert.match(result.failures?.join() ?? "", /^telemetry: .* no resolver of this machine answers/);
    });
});
