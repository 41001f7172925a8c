import dnsPacket, { type Answer } from "dns-packet";
import { listen, type DnsServer } from "../../../sandbox/dataPlane/dns/server";
import type { Arrival } from "../../../sandbox/dataPlane/dns/transport";
import { overTcp, overUdp, type Received, type Target } from "./exchange";

/** What becomes of a sound server's answer; `undefined` is silence. */
export type Misbehaviour = (answer: Received, arrival: Arrival) => Partial<Received> | Buffer | undefined;

/** The number of a response code, in the flags of the header. */
const rcode = (number: number) => (answer: Received) => ({
    flags: ((answer.flags ?? 0) & ~0xf) | number,
    answers: [],
    authorities: [],
});

const records = (change: (record: Answer) => Answer) => (answer: Received) => ({
    answers: answer.answers?.map(change),
});

/** Ways in which a name server, or something between it and the asker, goes wrong. */
export const misbehaviours = {
    silent: () => undefined,
    refuses: rcode(5),
    fails: rcode(2),
    truncatesWithoutTcp: (answer, { transport }) =>
        transport === "tcp"
            ? undefined
            : { flags: (answer.flags ?? 0) | dnsPacket.TRUNCATED_RESPONSE, answers: [], authorities: [] },
    truncates: (answer, { transport }) =>
        transport === "tcp"
            ? {}
            : { flags: (answer.flags ?? 0) | dnsPacket.TRUNCATED_RESPONSE, answers: [], authorities: [] },
    wrongId: (answer) => ({ id: ((answer.id ?? 0) + 1) % 65_536 }),
    wrongQuestion: (answer) => ({
        questions: answer.questions?.map((question) => ({ ...question, name: "example.net" })),
    }),
    wrongOwner: records((record) => ({ ...record, name: "other.example.net" })),
    noClientSubnet: (answer) => ({
        additionals: answer.additionals?.map((each) => (each.type === "OPT" ? { ...each, options: [] } : each)),
    }),
    scopeForAll: (answer) => ({
        additionals: answer.additionals?.map((each) =>
            each.type === "OPT"
                ? { ...each, options: each.options.map((option) => scoped(option as { data?: Buffer })) as never }
                : each,
        ),
    }),
    noAddresses: (answer) => ({
        flags: (answer.flags ?? 0) & ~dnsPacket.AUTHORITATIVE_ANSWER,
        answers: answer.answers?.filter(({ type }) => type !== "A" && type !== "AAAA"),
    }),
    garbage: () => Buffer.from("HTTP/1.1 400 Bad Request"),
    resolver: (answer) => cached(answer, (record) => record),
    staleResolver: (answer) =>
        cached(answer, (record) => (record.type === "CNAME" ? { ...record, data: "old.example.net" } : record)),
    patientResolver: (answer) =>
        cached(answer, (record) => (record.type === "CNAME" ? { ...record, ttl: 86_400 } : record)),
} as const satisfies Record<string, Misbehaviour>;

/** An answer as a resolver gives it from its cache, for everybody alike. */
function cached(answer: Received, change: (record: Answer) => Answer): Partial<Received> {
    return {
        flags: (answer.flags ?? 0) & ~dnsPacket.AUTHORITATIVE_ANSWER,
        answers: answer.answers?.map(change),
    };
}

function scoped(option: { data?: Buffer }): object {
    const data = Buffer.from(option.data ?? []);
    data.writeUInt8(0, 3);
    return { ...option, data };
}

/** A server that answers as another one, and then goes wrong. */
export function misbehave(sound: Target, misbehaviour: Misbehaviour): Promise<DnsServer> {
    return listen(
        async (bytes, arrival) => {
            const answer =
                arrival.transport === "tcp" ? (await overTcp(sound, [bytes]))[0] : await overUdp(sound, bytes);
            const message = dnsPacket.decode(answer ?? Buffer.alloc(0)) as Received;
            const changed = misbehaviour(message, arrival);
            if (changed === undefined || Buffer.isBuffer(changed)) {
                return changed;
            }
            return dnsPacket.encode({ ...message, ...changed, type: "response" });
        },
        { addresses: ["127.0.0.1"] },
    );
}
