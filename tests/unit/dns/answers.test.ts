import assert from "node:assert/strict";
import dns from "node:dns";
import { once } from "node:events";
import { loopbackAddresses, type DnsServer } from "../../../sandbox/dataPlane/dns";
import { startWriter } from "../cloud/writerProcess";
import { ask, told, type TestQuestion } from "./exchange";
import { questionCases } from "./questions";
import { TestZone } from "./zone";
import { hosts, simple, zoneContents } from "./zoneContents";

describe("the sandbox's name server answers", () => {
    let zone: TestZone;
    let server: DnsServer;

    before(async () => {
        zone = await TestZone.create();
    });

    beforeEach(async () => {
        server = await zone.serve({ hosts });
    });

    afterEach(() => zone.empty());

    after(() => zone.remove());

    const target = async (question: TestQuestion) => told((await ask(server, question)).answers);

    for (const {
        title,
        question,
        rcode = "NOERROR",
        answers = [],
        authorities = [],
        isAuthoritative = true,
    } of questionCases) {
        it(title, async () => {
            await zone.put(...zoneContents);
            const message = await ask(server, question);
            assert.deepEqual(
                {
                    rcode: message.rcode,
                    answers: told(message.answers),
                    authorities: message.authorities?.map(({ type }) => type),
                    isAuthoritative: message.flag_aa,
                },
                { rcode, answers: [...answers], authorities: [...authorities], isAuthoritative },
            );
            assert.deepEqual([message.id, message.flag_qr, message.flag_rd], [4711, true, question.recursion ?? false]);
        });
    }

    it("the same to Node's own resolver, over IPv4 and IPv6", async () => {
        await zone.put(...zoneContents);
        for (const address of loopbackAddresses()) {
            const resolver = new dns.promises.Resolver();
            resolver.setServers([address.includes(":") ? `[${address}]:${server.port}` : `${address}:${server.port}`]);
            assert.deepEqual(await resolver.resolve4("one.example.com"), ["198.51.100.2", "198.51.100.3"]);
            assert.deepEqual(await resolver.resolve6("out.example.com"), ["::1"]);
            assert.deepEqual(await resolver.resolveCname("out.example.com"), Object.keys(hosts).slice(0, 1));
            assert.equal((await resolver.resolveNs("example.com")).length, 4);
            assert.equal((await resolver.resolveSoa("example.com")).hostmaster, "awsdns-hostmaster.amazon.com");
            const [authority] = await resolver.resolveCaa("authority.example.com");
            assert.deepEqual([authority?.critical, authority?.issue], [0, "amazon.com"]);
            // Too long for UDP: the resolver has to come back over TCP.
            assert.equal((await resolver.resolveTxt("long.example.com"))[0]?.join("").length, 1600);
            await assert.rejects(resolver.resolve4("nothing.example.com"), { code: "ENOTFOUND" });
            await assert.rejects(resolver.resolve4("text.example.com"), { code: "ENODATA" });
            await assert.rejects(resolver.resolve4("www.example.net"), { code: "EREFUSED" });
        }
    });

    it("with the time to live of the record, and of absence the SOA's", async () => {
        await zone.put(...zoneContents);
        const [found] = (await ask(server, { name: "www.example.com", type: "A" })).answers ?? [];
        const [authority] = (await ask(server, { name: "nothing.example.com", type: "A" })).authorities ?? [];
        assert.deepEqual(
            [found, authority].map((record) => (record as { ttl: number }).ttl),
            [60, 900],
        );
    });

    it("what another process has changed at once", async () => {
        assert.equal((await ask(server, {})).rcode, "NXDOMAIN");
        const [exitCode] = (await once(startWriter(zone.directory, zone.id, "iot", "1"), "exit")) as [number];
        assert.equal(exitCode, 0);
        assert.deepEqual(await target({}), ["iot.example.com CNAME n0.example.net"]);
    });

    it("from a zone below where the one above hands it over, and not before", async () => {
        const branch = await zone.addZone("branch.example.com");
        await zone.putInto(branch, simple("x.branch.example.com", "A", "198.51.100.7"));
        const question = { name: "x.branch.example.com", type: "A" };
        assert.equal((await ask(server, question)).rcode, "NXDOMAIN");
        const { DelegationSet } = await zone.call("GetHostedZone", { Id: branch });
        await zone.put(simple("branch.example.com", "NS", ...DelegationSet.NameServers));
        assert.deepEqual(await target(question), ["x.branch.example.com A 198.51.100.7"]);
    });
});
