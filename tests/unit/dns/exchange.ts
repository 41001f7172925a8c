import dgram from "node:dgram";
import net from "node:net";
import dnsPacket, { type Answer, type OptAnswer, type PacketOpt, type RecordType } from "dns-packet";
import ipaddr from "ipaddr.js";

/** A message as it came, with what the library's types leave out. */
export type Received = dnsPacket.DecodedPacket & { readonly rcode: string; readonly bytes: number };

export interface Target {
    readonly address: string;
    readonly port: number;
}

export interface TestQuestion {
    readonly name?: string;
    readonly type?: string;
    readonly class?: "IN" | "CH";
    /** A client's network: `192.0.2.0/24`. */
    readonly subnet?: string;
    readonly udpPayloadSize?: number;
    readonly ednsVersion?: number;
    readonly recursion?: boolean;
    readonly flags?: number;
}

/** The bytes of a question; with EDNS where one of its parts is asked for. */
export function questionBytes(question: TestQuestion, id = 4711): Buffer {
    const { name = "iot.example.com", type = "CNAME", subnet, udpPayloadSize, ednsVersion } = question;
    const hasEdns = [subnet, udpPayloadSize, ednsVersion].some((each) => each !== undefined);
    const opt: OptAnswer = {
        type: "OPT",
        name: ".",
        udpPayloadSize: udpPayloadSize ?? 1232,
        extendedRcode: 0,
        ednsVersion: ednsVersion ?? 0,
        flags: 0,
        flag_do: false,
        options: subnet === undefined ? [] : [clientSubnet(subnet)],
    };
    return dnsPacket.encode({
        type: "query",
        id,
        flags: (question.flags ?? 0) | (question.recursion ? dnsPacket.RECURSION_DESIRED : 0),
        questions: [{ name, type: type as RecordType, class: question.class ?? "IN" }],
        additionals: hasEdns ? [opt] : [],
    });
}

function clientSubnet(subnet: string): PacketOpt {
    const [address, prefixLength] = ipaddr.parseCIDR(subnet);
    const octets = address.toByteArray().slice(0, Math.ceil(prefixLength / 8));
    const family = address.kind() === "ipv4" ? 1 : 2;
    return option(8, [0, family, prefixLength, 0, ...octets]);
}

/** An option of EDNS as bytes. */
export function option(code: number, bytes: readonly number[]): PacketOpt {
    return { code, data: Buffer.from(bytes) } as unknown as PacketOpt;
}

/** What comes back first over UDP to one message or several. */
export function overUdp(target: Target, ...messages: readonly Buffer[]): Promise<Buffer> {
    return new Promise((resolve, reject) => {
        const socket = dgram.createSocket(net.isIPv6(target.address) ? "udp6" : "udp4");
        socket.on("error", reject);
        socket.on("message", (message) => {
            socket.close();
            resolve(message);
        });
        messages.forEach((bytes) => socket.send(bytes, target.port, target.address));
    });
}

/** What comes back over one TCP connection for several messages that are sent in pieces of a size. */
export function overTcp(target: Target, messages: readonly Buffer[], pieceSize = 65_535): Promise<Buffer[]> {
    return new Promise((resolve, reject) => {
        const answers: Buffer[] = [];
        let pending: Buffer = Buffer.alloc(0);
        const socket = net.connect(target.port, target.address, () => {
            const bytes = Buffer.concat(messages.flatMap((message) => [lengthOf(message), message]));
            for (let start = 0; start < bytes.length; start += pieceSize) {
                socket.write(bytes.subarray(start, start + pieceSize));
            }
        });
        socket.setNoDelay(true);
        socket.on("error", reject);
        socket.on("data", (chunk) => {
            pending = Buffer.concat([pending, chunk]);
            while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
                const end = 2 + pending.readUInt16BE(0);
                answers.push(pending.subarray(2, end));
                pending = pending.subarray(end);
            }
            if (answers.length === messages.length) {
                socket.destroy();
                resolve(answers);
            }
        });
    });
}

function lengthOf(message: Buffer): Buffer {
    const bytes = Buffer.alloc(2);
    bytes.writeUInt16BE(message.length);
    return bytes;
}

/** Reads a message. */
export function received(bytes: Buffer): Received {
    return { ...(dnsPacket.decode(bytes) as Received), bytes: bytes.length };
}

/** Asks over UDP. */
export async function ask(target: Target, question: TestQuestion): Promise<Received> {
    return received(await overUdp(target, questionBytes(question)));
}

/** Answers as `name type data`, in a short form. */
export function told(records: readonly Answer[] | undefined): string[] {
    return (records ?? [])
        .filter(({ type }) => type !== "OPT")
        .map((record) => {
            const { name, type, data } = record as { name: string; type: string; data: unknown };
            const text = Array.isArray(data) ? data.map(String).join("|") : data;
            return `${name} ${type} ${typeof text === "string" ? text : JSON.stringify(text)}`;
        });
}

/** The OPT record of a message. */
export function optOf(message: Received): OptAnswer | undefined {
    return message.additionals?.find((record): record is OptAnswer => record.type === "OPT");
}

/** The scope of an answer's client subnet. */
export function scopeOf(message: Received): number | undefined {
    const found = optOf(message)?.options.find(({ code }) => code === 8) as { scopePrefixLength?: number } | undefined;
    return found?.scopePrefixLength;
}
