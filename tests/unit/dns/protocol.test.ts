import assert from "node:assert/strict";
import dnsPacket from "dns-packet";
import type { DnsServer } from "../../../sandbox/dataPlane/dns";
import { ask, option, optOf, overTcp, overUdp, questionBytes, received } from "./exchange";
import { TestZone } from "./zone";
import { simple, zoneContents } from "./zoneContents";

describe("the sandbox's name server speaks DNS: it", () => {
    let zone: TestZone;
    let server: DnsServer;

    before(async () => {
        zone = await TestZone.create();
    });

    beforeEach(async () => {
        server = await zone.serve();
    });

    afterEach(() => zone.empty());

    after(() => zone.remove());

    it("says that an answer did not fit, and gives all of it over TCP", async () => {
        await zone.put(...zoneContents);
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
        await zone.put(...zoneContents);
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
        ["a client subnet with bits beyond its prefix", withOptions(option(8, [0, 1, 20, 0, 192, 0, 255])), "FORMERR"],
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

    it("lets its port go when it is closed, connections and all", async () => {
        const { port } = server;
        await overTcp(server, [questionBytes({})]);
        await server.close();
        assert.equal((await zone.serve({ port })).port, port);
    });
});
