import { plain, isSameName, type DnsReply } from "./message";
import type { AskedPlace } from "./places";

/** What a server said for one place. */
export interface Sighting {
    readonly place: AskedPlace;
    /** The host that the name leads to; absent where there is no answer. */
    readonly target?: string;
    /** Seconds. */
    readonly timeToLive?: number;
    readonly doesNotExist: boolean;
    readonly isAuthoritative: boolean;
    /** Bits; absent where the server took no notice of the place. */
    readonly scopePrefixLength?: number;
}

/** Reads a server's reply to the question for a name's CNAME record. */
export function sightingOf(name: string, place: AskedPlace, reply: DnsReply): Sighting {
    const record = reply.answers.find((answer) => answer.type === "CNAME" && isSameName(answer.name, name));
    const { isAuthoritative, scopePrefixLength } = reply;
    return {
        place,
        ...(record?.type === "CNAME" && { target: plain(record.data), timeToLive: record.ttl ?? 0 }),
        doesNotExist: reply.rcode === "NXDOMAIN",
        isAuthoritative,
        scopePrefixLength,
    };
}

/** Whether a reply has records, and none of them belongs to the name that was asked for. */
export function isBesideTheQuestion(name: string, { answers }: DnsReply): boolean {
    return answers.length > 0 && !answers.some((answer) => isSameName(answer.name, name));
}
