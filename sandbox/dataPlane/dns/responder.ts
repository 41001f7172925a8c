import dnsPacket, { type Answer, type PacketOpt } from "dns-packet";
import type { Cloud } from "../../cloud";
import { answeredSubnet, clientSubnetOf, type ClientSubnet } from "./clientSubnet";
import { locate } from "./geography";
import { healthOf, type ProbeResult } from "./health";
import { answerFromHost, type Hosts } from "./hosts";
import {
    greatestSizeFor,
    opcodeFlags,
    optOf,
    readMessage,
    writeResponse,
    type Asked,
    type Message,
    type Response,
} from "./message";
import type { Asker } from "./routing";
import type { Arrival } from "./transport";
import { answerFromZone, type ZoneAnswer } from "./zoneAnswer";

/** What a name server answers from. */
export interface Responding {
    readonly cloud: Cloud;
    readonly hosts: Hosts;
    readonly isHealthy: ProbeResult;
    readonly random: () => number;
}

const headerSize = 12;
const responseBit = 0x80;

/** Types of Route 53 that the library knows by their numbers only. @see https://www.iana.org/assignments/dns-parameters/dns-parameters.xhtml#dns-parameters-4 */
const numberedTypes: Readonly<Record<string, string>> = { UNKNOWN_64: "SVCB", UNKNOWN_65: "HTTPS", UNKNOWN_99: "SPF" };

/** Transfers of a zone, which Route 53 offers to nobody. */
const refusedTypes: readonly string[] = ["AXFR", "IXFR"];

/**
 * Answers one message; `undefined` where DNS wants silence: for what is too short to have an identifier, and for answers.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc1035#section-4.1.1
 */
export async function respond(bytes: Buffer, arrival: Arrival, responding: Responding): Promise<Buffer | undefined> {
    if (bytes.length < headerSize || ((bytes[2] ?? 0) & responseBit) !== 0) {
        return undefined;
    }
    const message = readMessage(bytes);
    const header = { id: bytes.readUInt16BE(0), flags: bytes.readUInt16BE(2), questions: [] };
    if (message === undefined) {
        return writeResponse(header, { rcode: (header.flags & opcodeFlags) === 0 ? "FORMERR" : "NOTIMP" });
    }
    if (!isRepeatable(bytes, message)) {
        return writeResponse(header, { rcode: "REFUSED" });
    }
    const opt = optOf(message);
    const asked = { id: message.id ?? 0, flags: message.flags ?? 0, questions: message.questions ?? [], opt };
    const greatestSize = greatestSizeFor(opt, arrival.transport);
    try {
        return fitted(asked, refusalOf(message) ?? (await answer(message, arrival, responding)), greatestSize);
    } catch (error) {
        const options = [extendedError((error as Error).message)];
        return fitted(asked, { rcode: "SERVFAIL", options }, greatestSize);
    }
}

/** Whether the library writes the questions as it read them: labels that are no text, or hold a dot, it does not. */
function isRepeatable(bytes: Buffer, { questions = [] }: Message): boolean {
    try {
        const written = dnsPacket.encode({ questions }).subarray(headerSize);
        return written.equals(bytes.subarray(headerSize, headerSize + written.length));
    } catch {
        return false;
    }
}

/** What is wrong with a question before any zone is looked at. */
function refusalOf(message: Message): Response | undefined {
    const [question, ...others] = message.questions ?? [];
    const opts = (message.additionals ?? []).filter(({ type }) => type === "OPT").length;
    if (message.opcode !== "QUERY") {
        return { rcode: "NOTIMP" };
    }
    if (question === undefined || others.length > 0 || opts > 1) {
        return { rcode: "FORMERR" };
    }
    if ((optOf(message)?.ednsVersion ?? 0) > 0) {
        return { rcode: "BADVERS" };
    }
    if (clientSubnetOf(optOf(message)) === "malformed") {
        return { rcode: "FORMERR" };
    }
    return question.class !== "IN" || refusedTypes.includes(question.type) ? { rcode: "REFUSED" } : undefined;
}

async function answer(message: Message, arrival: Arrival, responding: Responding): Promise<Response> {
    const [question] = message.questions ?? [];
    const subnet = clientSubnetOf(optOf(message)) as ClientSubnet | undefined;
    const asker = askerOf(subnet, arrival.remoteAddress);
    const { name = "", type = "" } = question ?? {};
    const { scope, ...found } = await resolved(
        { name, type: numberedTypes[type] ?? type },
        { asker, followsOutside: message.flag_rd },
        responding,
    );
    return { ...found, options: subnet === undefined ? [] : [answeredSubnet(subnet, scope)] };
}

/** Says in words why there is no answer. @see https://datatracker.ietf.org/doc/html/rfc8914 */
function extendedError(text: string): PacketOpt {
    return { code: 15, data: Buffer.concat([Buffer.alloc(2), Buffer.from(text)]) } as unknown as PacketOpt;
}

/** A client that tells nothing of itself is nowhere; without EDNS Client Subnet the resolver counts. */
function askerOf(subnet: ClientSubnet | undefined, remoteAddress: string): Asker {
    const address = subnet?.address ?? remoteAddress;
    const prefixLength = subnet?.prefixLength ?? (address.includes(":") ? 128 : 32);
    return { address, prefixLength, located: prefixLength === 0 ? undefined : locate(address) };
}

interface Question {
    readonly name: string;
    readonly type: string;
}

interface Manner {
    readonly asker: Asker;
    /** Whether a CNAME record that leaves the zone is followed, as a resolver does and a zone's server does not. */
    readonly followsOutside: boolean;
}

type Resolved = Pick<ZoneAnswer, "answers" | "authorities" | "isAuthoritative" | "scope"> & {
    readonly rcode: ZoneAnswer["rcode"] | "REFUSED";
};

/** Most steps from zone to zone. */
const maximumSteps = 8;

async function resolved(question: Question, manner: Manner, responding: Responding): Promise<Resolved> {
    const first = await answerFromAnywhere(question, manner.asker, responding);
    let last = first;
    let answers: readonly Answer[] = first?.answers ?? [];
    for (let step = 0; manner.followsOutside && step < maximumSteps; step++) {
        const open = answers.at(-1);
        if (last === undefined || open?.type !== "CNAME" || question.type === "CNAME" || last.authorities.length > 0) {
            break;
        }
        last = await answerFromAnywhere({ ...question, name: open.data }, manner.asker, responding);
        answers = [...answers, ...(last?.answers ?? [])];
    }
    const { isAuthoritative = false, scope = 0 } = first ?? {};
    const { rcode = first === undefined ? "REFUSED" : "NOERROR", authorities = [] } = last ?? {};
    return { rcode, isAuthoritative, scope, answers, authorities };
}

async function answerFromAnywhere(
    { name, type }: Question,
    asker: Asker,
    { cloud, hosts, isHealthy, random }: Responding,
): Promise<ZoneAnswer | undefined> {
    const host = answerFromHost(hosts, name, type);
    if (host !== undefined) {
        return host;
    }
    const zone = await cloud.answeringZone(name);
    return (
        zone &&
        answerFromZone(name, type, {
            zone,
            asker,
            cidrBlocks: zone.cidrBlocks,
            isHealthy: healthOf(zone, isHealthy),
            random,
        })
    );
}

/** An answer that fits; else none but the sign to ask again over TCP. @see https://datatracker.ietf.org/doc/html/rfc2181#section-9 */
function fitted(asked: Asked, response: Response, greatestSize: number): Buffer {
    const whole = writeResponse(asked, response);
    if (whole.length <= greatestSize) {
        return whole;
    }
    const { rcode, isAuthoritative, options } = response;
    return writeResponse(asked, { rcode, isAuthoritative, options, isTruncated: true });
}
