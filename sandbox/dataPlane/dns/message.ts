import dnsPacket, { type Answer, type DecodedPacket, type OptAnswer, type PacketOpt, type Question } from "dns-packet";

/** A message as the library reads it, with what its types leave out. */
export type Message = DecodedPacket & { readonly rcode: string; readonly opcode: string };

/** Response codes by IANA's names. @see https://www.iana.org/assignments/dns-parameters/dns-parameters.xhtml#dns-parameters-6 */
const rcodes = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5, BADVERS: 16 } as const;

/** What is answered, in the terms of DNS. */
export interface Response {
    readonly rcode: keyof typeof rcodes;
    readonly isAuthoritative?: boolean;
    readonly isTruncated?: boolean;
    readonly answers?: readonly Answer[];
    readonly authorities?: readonly Answer[];
    /** Options of EDNS; left out where the question has no EDNS. */
    readonly options?: readonly PacketOpt[];
}

/** What of a question its answer repeats. */
export interface Asked {
    readonly id: number;
    /** The flags of the question's header: opcode, RD and CD are repeated. */
    readonly flags: number;
    readonly questions: readonly Question[];
    readonly opt?: OptAnswer;
}

/** Bytes that a UDP message may have where neither side says otherwise. @see https://datatracker.ietf.org/doc/html/rfc1035#section-4.2.1 */
const plainUdpSize = 512;

/** What this server takes and sends over UDP at most, so that no path has to fragment it. @see https://www.dnsflagday.net/2020/ */
const ownUdpSize = 1232;

/** Where the header's flags hold the opcode. */
export const opcodeFlags = 0x7800;

/** Reads a message; `undefined` where it is none. */
export function readMessage(bytes: Buffer): Message | undefined {
    try {
        return dnsPacket.decode(bytes) as Message;
    } catch {
        return undefined;
    }
}

/** The OPT record of a message. @see https://datatracker.ietf.org/doc/html/rfc6891 */
export function optOf(message: Pick<Message, "additionals">): OptAnswer | undefined {
    return message.additionals?.find((record): record is OptAnswer => record.type === "OPT");
}

/** The greatest message that the asker takes. */
export function greatestSizeFor(opt: OptAnswer | undefined, transport: "udp" | "tcp"): number {
    if (transport === "tcp") {
        return 65_535;
    }
    return Math.max(plainUdpSize, Math.min(opt?.udpPayloadSize ?? plainUdpSize, ownUdpSize));
}

/** Writes an answer. */
export function writeResponse(asked: Asked, response: Response): Buffer {
    const rcode = rcodes[response.rcode];
    const flags =
        (asked.flags & (opcodeFlags | dnsPacket.RECURSION_DESIRED | dnsPacket.CHECKING_DISABLED)) |
        dnsPacket.RECURSION_AVAILABLE |
        (response.isAuthoritative === true ? dnsPacket.AUTHORITATIVE_ANSWER : 0) |
        (response.isTruncated === true ? dnsPacket.TRUNCATED_RESPONSE : 0) |
        (rcode & 0xf);
    return dnsPacket.encode({
        type: "response",
        id: asked.id,
        flags,
        questions: [...asked.questions],
        answers: [...(response.answers ?? [])],
        authorities: [...(response.authorities ?? [])],
        additionals: asked.opt === undefined ? [] : [optRecord(rcode >> 4, response.options ?? [])],
    });
}

function optRecord(extendedRcode: number, options: readonly PacketOpt[]): OptAnswer {
    return {
        type: "OPT",
        name: ".",
        udpPayloadSize: ownUdpSize,
        extendedRcode,
        ednsVersion: 0,
        flags: 0,
        flag_do: false,
        options: [...options],
    };
}
