import assert from "node:assert/strict";
import dns from "node:dns";
import { once } from "node:events";
import dnsPacket from "dns-packet";
import { loopbackAddresses, type DnsServer } from "../../../sandbox/dataPlane/dns";
import { startWriter } from "../cloud/writerProcess";
import { TestZone } from "./zone";
import {
    ask,
    option,
    optOf,
    overTcp,
    overUdp,
    questionBytes,
    received,
    scopeOf,
    told,
    type TestQuestion,
} from "./exchange";

const name = "iot.example.com";
const simple = (Name: string, Type: string, ...values: string[]) => ({
    Name,
    Type,
    TTL: 60,
    ResourceRecords: values.map((Value) => ({ Value })),
});
const cname = (Name: string, Value: string, fields: object = {}) => ({ ...simple(Name, "CNAME", Value), ...fields });

const berlin = "141.20.0.0/24";
const tokyo = "133.11.0.0/24";
const stanfordNeighbour = "128.32.0.0/24";
const nowhere = "192.0.2.0/24";

const longText = Array.from({ length: 8 }, (_, index) => `"${String(index).repeat(200)}"`).join(" ");

/** What is in the zone for the questions of the table below. */
const records: readonly object[] = [
    simple("example.com", "A", "198.51.100.1"),
    simple("example.com", "MX", "10 mail.example.com.", "20 mail.example.net."),
    simple("www.example.com", "A", "198.51.100.2", "198.51.100.3"),
    simple("www.example.com", "AAAA", "2001:db8::2"),
    simple("text.example.com", "TXT", '"one" "t\\"wo\\\\\\101"', '"three"'),
    simple("long.example.com", "TXT", longText),
    simple("below.empty.example.com", "A", "198.51.100.4"),
    simple("_mqtt._tcp.example.com", "SRV", "1 2 8883 iot.example.com."),
    simple("authority.example.com", "CAA", '0 issue "amazon.com"'),
    simple("phone.example.com", "NAPTR", '100 50 "u" "E2U+sip" "!^.*$!sip:a@example.com!" .'),
    simple("tls.example.com", "TLSA", "3 1 1 " + "ab".repeat(32)),
    simple("shell.example.com", "SSHFP", "4 2 " + "CD".repeat(32)),
    simple("page.example.com", "SPF", '"v=spf1 -all"'),
    simple("branch.example.com", "NS", "ns.example.net."),
    simple("branch.example.com", "DS", "12345 3 1 " + "ef".repeat(20)),
    simple("*.wild.example.com", "A", "198.51.100.5"),
    simple("known.wild.example.com", "TXT", '"known"'),
    cname("one.example.com", "two.example.com"),
    cname("two.example.com", "www.example.com."),
    cname("gone.example.com", "nowhere.example.com"),
    cname("out.example.com", "a1-ats.iot.eu-central-1.amazonaws.com"),
    cname("foreign.example.com", "www.example.net"),
    cname("round.example.com", "about.example.com"),
    cname("about.example.com", "round.example.com"),
];

const hosts = { "a1-ats.iot.eu-central-1.amazonaws.com": ["127.0.0.1", "::1"], "v4.amazonaws.com": ["127.0.0.1"] };

interface Case {
    readonly title: string;
    readonly question: TestQuestion;
    readonly rcode?: string;
    readonly answers?: readonly string[];
    /** The types of the records in the section "authority". */
    readonly authorities?: readonly string[];
    readonly isAuthoritative?: boolean;
}

// prettier-ignore
const cases: readonly Case[] = [
    { title: "an address", question: { name: "example.com", type: "A" }, answers: ["example.com A 198.51.100.1"] },
    { title: "all values of a record set", question: { name: "www.example.com", type: "A" }, answers: ["www.example.com A 198.51.100.2", "www.example.com A 198.51.100.3"] },
    { title: "an IPv6 address", question: { name: "www.example.com", type: "AAAA" }, answers: ["www.example.com AAAA 2001:db8::2"] },
    { title: "a mail exchange", question: { name: "example.com", type: "MX" }, answers: ['example.com MX {"preference":10,"exchange":"mail.example.com"}', 'example.com MX {"preference":20,"exchange":"mail.example.net"}'] },
    { title: "texts with escapes", question: { name: "text.example.com", type: "TXT" }, answers: ['text.example.com TXT one|t"wo\\A', "text.example.com TXT three"] },
    { title: "a service", question: { name: "_mqtt._tcp.example.com", type: "SRV" }, answers: ['_mqtt._tcp.example.com SRV {"priority":1,"weight":2,"port":8883,"target":"iot.example.com"}'] },
    { title: "who may issue certificates", question: { name: "authority.example.com", type: "CAA" }, answers: ['authority.example.com CAA {"flags":0,"tag":"issue","value":"amazon.com","issuerCritical":false}'] },
    { title: "a naming authority pointer", question: { name: "phone.example.com", type: "NAPTR" }, answers: ['phone.example.com NAPTR {"order":100,"preference":50,"flags":"u","services":"E2U+sip","regexp":"!^.*$!sip:a@example.com!","replacement":"."}'] },
    { title: "a key's fingerprint", question: { name: "shell.example.com", type: "SSHFP" }, answers: [`shell.example.com SSHFP {"algorithm":4,"hash":2,"fingerprint":"${"CD".repeat(32)}"}`] },
    { title: "the letters' cases as they were asked", question: { name: "wWw.eXample.COM", type: "AAAA" }, answers: ["wWw.eXample.COM AAAA 2001:db8::2"] },
    { title: "a chain of CNAME records within the zone", question: { name: "one.example.com", type: "A" }, answers: ["one.example.com CNAME two.example.com", "two.example.com CNAME www.example.com", "www.example.com A 198.51.100.2", "www.example.com A 198.51.100.3"] },
    { title: "a CNAME record itself", question: { name: "one.example.com", type: "CNAME" }, answers: ["one.example.com CNAME two.example.com"] },
    { title: "a CNAME record out of the zone without what it leads to", question: { name: "out.example.com", type: "A" }, answers: ["out.example.com CNAME a1-ats.iot.eu-central-1.amazonaws.com"] },
    { title: "a CNAME record out of the zone with what it leads to, to those who want recursion", question: { name: "out.example.com", type: "A", recursion: true }, answers: ["out.example.com CNAME a1-ats.iot.eu-central-1.amazonaws.com", "a1-ats.iot.eu-central-1.amazonaws.com A 127.0.0.1"] },
    { title: "what it knows of a CNAME record to where it knows nothing", question: { name: "foreign.example.com", type: "A", recursion: true }, answers: ["foreign.example.com CNAME www.example.net"] },
    { title: "a circle of CNAME records once around", question: { name: "round.example.com", type: "A" }, answers: ["round.example.com CNAME about.example.com", "about.example.com CNAME round.example.com"] },
    { title: "a CNAME record to a name that does not exist", question: { name: "gone.example.com", type: "A" }, rcode: "NXDOMAIN", answers: ["gone.example.com CNAME nowhere.example.com"], authorities: ["SOA"] },
    { title: "no record of a type, with the SOA", question: { name: "www.example.com", type: "TXT" }, authorities: ["SOA"] },
    { title: "no record of a name that only has others below it, with the SOA", question: { name: "empty.example.com", type: "A" }, authorities: ["SOA"] },
    { title: "no such name, with the SOA", question: { name: "nothing.example.com", type: "A" }, rcode: "NXDOMAIN", authorities: ["SOA"] },
    { title: "a wildcard", question: { name: "any.thing.wild.example.com", type: "A" }, answers: ["any.thing.wild.example.com A 198.51.100.5"] },
    { title: "no wildcard for a name that exists", question: { name: "known.wild.example.com", type: "A" }, authorities: ["SOA"] },
    { title: "no wildcard below a name that exists", question: { name: "x.known.wild.example.com", type: "A" }, rcode: "NXDOMAIN", authorities: ["SOA"] },
    { title: "the wildcard itself", question: { name: "*.wild.example.com", type: "A" }, answers: ["*.wild.example.com A 198.51.100.5"] },
    { title: "a referral to the servers of a zone below", question: { name: "x.branch.example.com", type: "A" }, authorities: ["NS"], isAuthoritative: false },
    { title: "the key of a zone below, which stands above", question: { name: "branch.example.com", type: "DS" }, answers: [`branch.example.com DS ${JSON.stringify({ keyTag: 12345, algorithm: 3, digestType: 1, digest: Buffer.from("ef".repeat(20), "hex") })}`] },
    { title: "the address of a data endpoint", question: { name: "a1-ats.iot.eu-central-1.amazonaws.com", type: "A" }, answers: ["a1-ats.iot.eu-central-1.amazonaws.com A 127.0.0.1"] },
    { title: "the IPv6 address of a data endpoint", question: { name: "A1-ats.iot.eu-central-1.amazonaws.com", type: "AAAA" }, answers: ["A1-ats.iot.eu-central-1.amazonaws.com AAAA ::1"] },
    { title: "no IPv6 address of a data endpoint without one", question: { name: "v4.amazonaws.com", type: "AAAA" }, authorities: ["SOA"] },
    { title: "any type with the least", question: { name: "www.example.com", type: "ANY" }, answers: ['www.example.com HINFO {"cpu":"RFC8482","os":""}'] },
    { title: "another zone with a refusal", question: { name: "www.example.net", type: "A" }, rcode: "REFUSED", isAuthoritative: false },
    { title: "another class with a refusal", question: { name: "version.bind", type: "TXT", class: "CH" }, rcode: "REFUSED", isAuthoritative: false },
    { title: "the wish for a whole zone with a refusal", question: { name: "example.com", type: "AXFR" }, rcode: "REFUSED", isAuthoritative: false },
    { title: "another operation with NOTIMP", question: { name: "example.com", type: "SOA", flags: 5 << 11 }, rcode: "NOTIMP", isAuthoritative: false },
    { title: "a type that it cannot send with SERVFAIL", question: { name: "page.example.com", type: "UNKNOWN_99" }, rcode: "SERVFAIL", isAuthoritative: false },
];

describe("the sandbox's name server", () => {
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

    describe("answers", () => {
        for (const {
            title,
            question,
            rcode = "NOERROR",
            answers = [],
            authorities = [],
            isAuthoritative = true,
        } of cases) {
            it(title, async () => {
                await zone.put(...records);
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
                assert.deepEqual(
                    [message.id, message.flag_qr, message.flag_rd],
                    [4711, true, question.recursion ?? false],
                );
            });
        }

        it("the same to Node's own resolver, over IPv4 and IPv6", async () => {
            await zone.put(...records);
            for (const address of loopbackAddresses()) {
                const resolver = new dns.promises.Resolver();
                resolver.setServers([
                    address.includes(":") ? `[${address}]:${server.port}` : `${address}:${server.port}`,
                ]);
                assert.deepEqual(await resolver.resolve4("one.example.com"), ["198.51.100.2", "198.51.100.3"]);
                assert.deepEqual(await resolver.resolve6("out.example.com"), ["::1"]);
                assert.deepEqual(await resolver.resolveCname("out.example.com"), Object.keys(hosts).slice(0, 1));
                assert.equal((await resolver.resolveNs("example.com")).length, 4);
                assert.equal((await resolver.resolveSoa("example.com")).hostmaster, "awsdns-hostmaster.amazon.com");
                assert.deepEqual(await resolver.resolveCaa("authority.example.com"), [
                    { critical: 0, issue: "amazon.com" },
                ]);
                // Too long for UDP: the resolver has to come back over TCP.
                assert.equal((await resolver.resolveTxt("long.example.com"))[0]?.join("").length, 1600);
                await assert.rejects(resolver.resolve4("nothing.example.com"), { code: "ENOTFOUND" });
                await assert.rejects(resolver.resolve4("text.example.com"), { code: "ENODATA" });
                await assert.rejects(resolver.resolve4("www.example.net"), { code: "EREFUSED" });
            }
        });

        it("with the time to live of the record, and of absence the SOA's", async () => {
            await zone.put(...records);
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

    describe("chooses", () => {
        const placed = (value: string, GeoLocation: object, fields: object = {}) =>
            cname(name, `${value}.example.net`, { SetIdentifier: value, GeoLocation, ...fields });
        const answered = async (subnet?: string) =>
            (await target({ subnet })).map((text) => text.split(" ")[2]?.replace(".example.net", "")).join();

        it("by the smallest place, and tells for how large a network", async () => {
            await zone.put(
                placed("europe", { ContinentCode: "EU" }),
                placed("japan", { CountryCode: "JP" }),
                placed("states", { CountryCode: "US" }),
                placed("california", { CountryCode: "US", SubdivisionCode: "CA" }),
                placed("world", { CountryCode: "*" }),
            );
            const subnets = [berlin, tokyo, stanfordNeighbour, "128.83.0.0/24", nowhere, "2001:db8::/48", undefined];
            assert.deepEqual(await Promise.all(subnets.map(answered)), [
                "europe",
                "japan",
                "california",
                "states",
                "world",
                "world",
                "world",
            ]);
            const scopes = await Promise.all(
                [berlin, nowhere, "141.0.0.0/8", "0.0.0.0/0"].map(async (subnet) =>
                    scopeOf(await ask(server, { subnet })),
                ),
            );
            assert.deepEqual(scopes, [16, 24, 8, 0]);
        });

        it("nothing for a place without a record where there is no default, with the SOA", async () => {
            await zone.put(placed("europe", { ContinentCode: "EU" }));
            const message = await ask(server, { subnet: tokyo });
            assert.deepEqual(
                [message.rcode, message.answers, message.authorities?.map(({ type }) => type)],
                ["NOERROR", [], ["SOA"]],
            );
        });

        it("by the lowest latency, and by the nearest with its bias", async () => {
            const regions = ["us-east-1", "eu-central-1", "ap-northeast-1"];
            await zone.put(
                ...regions.map((Region) => cname(name, `${Region}.example.net`, { SetIdentifier: Region, Region })),
            );
            assert.deepEqual(await Promise.all([berlin, tokyo, "128.59.0.0/24"].map(answered)), [
                "eu-central-1",
                "ap-northeast-1",
                "us-east-1",
            ]);
            const near = (AWSRegion: string, Bias: number) =>
                cname("near.example.com", `${AWSRegion}.example.net`, {
                    SetIdentifier: AWSRegion,
                    GeoProximityLocation: { AWSRegion, Bias },
                });
            await zone.put(near("us-east-1", 99), near("eu-central-1", 0));
            // Berlin is 6700 kilometres from us-east-1, of which a bias of 99 leaves 67, and 440 from eu-central-1.
            assert.deepEqual(await target({ name: "near.example.com", subnet: berlin }), [
                "near.example.com CNAME us-east-1.example.net",
            ]);
        });

        it("by weight, in proportion, and by the longest network", async () => {
            let draw = 0;
            const seeded = await zone.serve({ random: () => draw });
            await zone.put(
                ...[
                    ["a", 1],
                    ["b", 3],
                    ["c", 0],
                ].map(([SetIdentifier, Weight]) =>
                    cname(name, `${SetIdentifier}.example.net`, { SetIdentifier, Weight }),
                ),
            );
            const drawn: string[] = [];
            for (draw = 0; draw < 1; draw += 0.125) {
                drawn.push(...told((await ask(seeded, {})).answers).map((text) => text.split(" ")[2]?.[0] ?? ""));
            }
            assert.equal(drawn.join(""), "aabbbbbb");
            const { Collection } = await zone.call("CreateCidrCollection", {
                Name: "c",
                CallerReference: "c",
            });
            await zone.call("ChangeCidrCollection", {
                Id: Collection.Id,
                Changes: [
                    { Action: "PUT", LocationName: "wide", CidrList: ["10.0.0.0/8", "2001:db8::/32"] },
                    { Action: "PUT", LocationName: "narrow", CidrList: ["10.1.0.0/16"] },
                ],
            });
            const routed = (LocationName: string, SetIdentifier: string) =>
                cname("net.example.com", `${SetIdentifier}.example.net`, {
                    SetIdentifier,
                    CidrRoutingConfig: { CollectionId: Collection.Id, LocationName },
                });
            await zone.put(routed("wide", "wide"), routed("narrow", "narrow"), routed("*", "rest"));
            const subnets = ["10.1.2.0/24", "10.2.2.0/24", "2001:db8:1::/48", nowhere];
            const found = await Promise.all(
                subnets.map(
                    async (subnet) =>
                        (await target({ name: "net.example.com", subnet }))[0]?.split(" ")[2]?.split(".")[0],
                ),
            );
            assert.deepEqual(found, ["narrow", "wide", "wide", "rest"]);
        });

        it("several values at random where it is told to", async () => {
            const values = Array.from({ length: 10 }, (_, index) => `198.51.100.${index + 1}`);
            await zone.put(
                ...values.map((Value) => ({
                    ...simple("many.example.com", "A", Value),
                    SetIdentifier: Value,
                    MultiValueAnswer: true,
                })),
            );
            const found = (await target({ name: "many.example.com", type: "A" })).map((text) => text.split(" ")[2]);
            assert.equal(new Set(found).size, 8);
            assert.ok(found.every((value) => values.includes(value ?? "")));
        });

        it("the healthy one, as it is told of each health check and as each is set", async () => {
            const unhealthy = new Set<string>();
            server = await zone.serve({
                isHealthy: ({ HealthCheckConfig }) => !unhealthy.has(HealthCheckConfig.FullyQualifiedDomainName ?? ""),
            });
            const first = await zone.healthCheck("first.example.net");
            const second = await zone.healthCheck("second.example.net");
            await zone.put(
                cname(name, "first.example.net", { SetIdentifier: "first", Failover: "PRIMARY", HealthCheckId: first }),
                cname(name, "second.example.net", {
                    SetIdentifier: "second",
                    Failover: "SECONDARY",
                    HealthCheckId: second,
                }),
            );
            assert.equal(await answered(), "first");
            unhealthy.add("first.example.net");
            assert.equal(await answered(), "second");
            unhealthy.add("second.example.net");
            assert.equal(await answered(), "first");
            unhealthy.delete("second.example.net");
            await zone.call("UpdateHealthCheck", { HealthCheckId: first, Disabled: true });
            assert.equal(await answered(), "first");
            await zone.call("UpdateHealthCheck", { HealthCheckId: first, Inverted: true });
            assert.equal(await answered(), "second");
        });

        it("through aliases, whose owner it answers as, and leaves a branch that is unhealthy", async () => {
            const unhealthy = new Set<string>();
            server = await zone.serve({
                isHealthy: ({ HealthCheckConfig }) => !unhealthy.has(HealthCheckConfig.FullyQualifiedDomainName ?? ""),
            });
            const alias = (Name: string, DNSName: string, fields: object = {}) => ({
                Name,
                Type: "CNAME",
                AliasTarget: { DNSName, HostedZoneId: zone.id, EvaluateTargetHealth: true },
                ...fields,
            });
            const half = (chain: string, region: string, Failover: string, HealthCheckId: string) =>
                cname(`_${chain}.${name}`, `${region}.example.net`, { SetIdentifier: region, Failover, HealthCheckId });
            const eu = await zone.healthCheck("eu.example.net");
            const us = await zone.healthCheck("us.example.net");
            await zone.put(
                half("eu", "eu", "PRIMARY", eu),
                half("eu", "us", "SECONDARY", us),
                half("us", "us", "PRIMARY", us),
            );
            await zone.put(
                alias(`_geo.${name}`, `_eu.${name}`, { SetIdentifier: "EU", GeoLocation: { ContinentCode: "EU" } }),
                alias(`_geo.${name}`, `_us.${name}`, { SetIdentifier: "default", GeoLocation: { CountryCode: "*" } }),
            );
            await zone.put(alias(name, `_geo.${name}`));
            assert.deepEqual(await target({ name: "IOT.example.com", subnet: berlin }), [
                "IOT.example.com CNAME eu.example.net",
            ]);
            assert.equal(await answered(tokyo), "us");
            unhealthy.add("eu.example.net");
            assert.equal(await answered(berlin), "us");
            unhealthy.add("us.example.net");
            assert.equal(await answered(berlin), "eu");
        });
    });

    describe("speaks DNS", () => {
        it("says that an answer did not fit, and gives all of it over TCP", async () => {
            await zone.put(...records);
            const question = { name: "long.example.com", type: "TXT" };
            for (const udpPayloadSize of [undefined, 300, 512, 1232, 4096]) {
                const message = await ask(server, { ...question, udpPayloadSize });
                assert.deepEqual([message.flag_tc, message.answers], [true, []]);
                assert.equal(optOf(message)?.udpPayloadSize, udpPayloadSize === undefined ? undefined : 1232);
            }
            const [answer] = await overTcp(server, [questionBytes(question)]);
            assert.ok(answer !== undefined && !received(answer).flag_tc && received(answer).answers?.length === 1);
        });

        it("sends as much as the asker takes", async () => {
            await zone.put(
                simple("middle.example.com", "TXT", ...[1, 2, 3].map((each) => `"${String(each).repeat(200)}"`)),
            );
            const question = { name: "middle.example.com", type: "TXT" };
            assert.equal((await ask(server, question)).flag_tc, true);
            assert.equal((await ask(server, { ...question, udpPayloadSize: 1232 })).flag_tc, false);
        });

        it("answers several questions on one connection, however they are cut", async () => {
            await zone.put(...records);
            const questions = Array.from({ length: 5 }, (_, id) =>
                questionBytes({ name: "www.example.com", type: "A" }, id),
            );
            for (const pieceSize of [1, 7, 65_535]) {
                const answers = (await overTcp(server, questions, pieceSize)).map(received);
                assert.deepEqual(answers.map(({ id }) => id).sort(), [0, 1, 2, 3, 4]);
                assert.ok(answers.every((message) => message.answers?.length === 2));
            }
        });

        const sane = questionBytes({ name: "example.com", type: "SOA" });
        const withOptions = (...options: dnsPacket.PacketOpt[]) =>
            dnsPacket.encode({
                type: "query",
                id: 4711,
                questions: [{ name: "example.com", type: "SOA" }],
                additionals: [
                    {
                        type: "OPT",
                        name: ".",
                        udpPayloadSize: 1232,
                        extendedRcode: 0,
                        ednsVersion: 0,
                        flags: 0,
                        flag_do: false,
                        options,
                    },
                ],
            });
        const counted = (offset: number, count: number) => {
            const bytes = Buffer.from(sane);
            bytes.writeUInt16BE(count, offset);
            return bytes;
        };
        const malformed: ReadonlyArray<readonly [title: string, bytes: Buffer, rcode: string]> = [
            ["a question that is cut off", sane.subarray(0, 20), "FORMERR"],
            ["a header that promises more questions than there are", counted(4, 2), "FORMERR"],
            ["a header without a question", dnsPacket.encode({ type: "query", id: 4711, questions: [] }), "FORMERR"],
            [
                "two questions",
                dnsPacket.encode({
                    type: "query",
                    id: 4711,
                    questions: [
                        { name: "a.example.com", type: "A" },
                        { name: "b.example.com", type: "A" },
                    ],
                }),
                "FORMERR",
            ],
            ["a client subnet with a scope", withOptions(option(8, [0, 1, 24, 24, 192, 0, 2])), "FORMERR"],
            ["a client subnet with too few bytes", withOptions(option(8, [0, 1, 24, 0, 192, 0])), "FORMERR"],
            ["a client subnet with too many bytes", withOptions(option(8, [0, 1, 16, 0, 192, 0, 2])), "FORMERR"],
            [
                "a client subnet with bits beyond its prefix",
                withOptions(option(8, [0, 1, 20, 0, 192, 0, 255])),
                "FORMERR",
            ],
            [
                "a client subnet with more bits than an address",
                withOptions(option(8, [0, 1, 33, 0, 192, 0, 2, 1, 0])),
                "FORMERR",
            ],
            ["a client subnet of no known family", withOptions(option(8, [0, 9, 8, 0, 1])), "FORMERR"],
            ["two client subnets", withOptions(option(8, [0, 1, 8, 0, 10]), option(8, [0, 1, 8, 0, 11])), "FORMERR"],
            ["a client subnet of nobody", withOptions(option(8, [0, 0, 0, 0])), "NOERROR"],
            ["an option that it does not know", withOptions(option(65_001, [1, 2, 3])), "NOERROR"],
        ];
        for (const [title, bytes, rcode] of malformed) {
            it(`answers ${title} with ${rcode}`, async () => {
                const message = received(await overUdp(server, bytes));
                assert.deepEqual([message.rcode, message.id], [rcode, 4711]);
            });
        }

        it("answers a version of EDNS that it does not know with BADVERS", async () => {
            const message = await ask(server, { ednsVersion: 1 });
            assert.deepEqual(
                [optOf(message)?.extendedRcode, message.rcode, optOf(message)?.ednsVersion],
                [1, "NOERROR", 0],
            );
        });

        it("says nothing to what is no question, and goes on answering", async () => {
            const question = questionBytes({ name: "example.com", type: "SOA" }, 2);
            const answer = dnsPacket.encode({
                type: "response",
                id: 1,
                questions: [{ name: "example.com", type: "SOA" }],
            });
            assert.equal(received(await overUdp(server, answer, Buffer.from([1, 2, 3]), question)).id, 2);
        });
    });

    it("lets its port go when it is closed, connections and all", async () => {
        const { port } = server;
        await overTcp(server, [questionBytes({})]);
        await server.close();
        assert.equal((await zone.serve({ port })).port, port);
    });
});
