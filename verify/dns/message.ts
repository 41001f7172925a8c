import { randomInt } from "node:crypto";
import dnsPacket, {
    type Answer,
    type DecodedPacket,
    type OptAnswer,
    type PacketOpt,
    type RecordType,
} from "dns-packet";

/** A network that a question is asked for. */
export interface Subnet {
    /** The network's own address: no bit beyond the prefix is set. */
    readonly address: string;
    readonly prefixLength: number;
}

/** What is asked. */
export interface DnsQuestion {
    readonly name: string;
    readonly type: "CNAME" | "A" | "AAAA" | "NS";
    /** EDNS Client Subnet: whom the answer is for. */
    readonly subnet?: Subnet;
}

/** What was answered. */
export interface DnsReply {
    /** IANA's name: `NOERROR`, `NXDOMAIN`, `REFUSED`, ... */
    readonly rcode: string;
    readonly answers: readonly Answer[];
    /** Whether the server says that the answer is its own, and not from a cache. */
    readonly isAuthoritative: boolean;
    /** Bits of the client's address that the answer holds for; absent where the server knows no EDNS Client Subnet. */
    readonly scopePrefixLength?: number;
    readonly milliseconds: number;
}

type Message = DecodedPacket & { readonly rcode: string };

/** What a server may send over UDP: small enough that no path has to fragment it. @see https://www.dnsflagday.net/2020/ */
const udpPayloadSize = 1232;

const clientSubnetCode = 8;

/** A question as it goes over the network, and how its answer is known. */
export interface SentQuestion {
    readonly bytes: Buffer;
    /** The message where it answers this question; `undefined` for any other message. */
    readonly answerIn: (bytes: Buffer) => Message | undefined;
}

/** Writes a question, with an identifier that nobody can guess. */
export function writeQuestion({ name, type, subnet }: DnsQuestion): SentQuestion {
    const id = randomInt(65_536);
    const opt: OptAnswer = {
        type: "OPT",
        name: ".",
        udpPayloadSize,
        extendedRcode: 0,
        ednsVersion: 0,
        flags: 0,
        flag_do: false,
        options: subnet === undefined ? [] : [clientSubnet(subnet)],
    };
    const bytes = dnsPacket.encode({
        type: "query",
        id,
        flags: dnsPacket.RECURSION_DESIRED,
        questions: [{ name, type: type as RecordType, class: "IN" }],
        additionals: [opt],
    });
    return { bytes, answerIn: (received) => matching(received, id, { name, type }) };
}

function clientSubnet({ address, prefixLength }: Subnet): PacketOpt {
    return { code: clientSubnetCode, ip: address, sourcePrefixLength: prefixLength, scopePrefixLength: 0 };
}

/** Some servers leave the question out of an error; nobody may answer another one. */
function matching(bytes: Buffer, id: number, asked: DnsQuestion): Message | undefined {
    let message: Message;
    try {
        message = dnsPacket.decode(bytes) as Message;
    } catch {
        return undefined;
    }
    const [question] = message.questions ?? [];
    const isSame =
        question === undefined
            ? message.rcode !== "NOERROR"
            : isSameName(question.name, asked.name) && question.type === asked.type;
    return message.id === id && message.flag_qr && isSame ? message : undefined;
}

/** Whether two names are one to DNS. */
export function isSameName(one: string, other: string): boolean {
    return plain(one) === plain(other);
}

/** A name in lower case and without the dot at its end. */
export function plain(name: string): string {
    return name.toLowerCase().replace(/\.$/, "");
}

/** What a message says. */
export function replyOf(message: Message, milliseconds: number): DnsReply {
    const opt = message.additionals?.find((record): record is OptAnswer => record.type === "OPT");
    const subnet = opt?.options.find(({ code }) => Number(code) === clientSubnetCode);
    return {
        rcode: message.rcode,
        answers: message.answers ?? [],
        isAuthoritative: message.flag_aa,
        scopePrefixLength: (subnet as { scopePrefixLength?: number } | undefined)?.scopePrefixLength,
        milliseconds,
    };
}
