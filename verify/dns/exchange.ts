import dgram from "node:dgram";
import net from "node:net";
import type { SocketAddress } from "../reach";
import type { SentQuestion } from "./message";

/** How asking can fail. */
export type DnsFailureKind =
    /** No answer in time. */
    | "silent"
    /** Nothing listens there. */
    | "closed"
    /** What came back answers another question, or is no DNS. */
    | "mismatched"
    /** The answer does not fit into UDP, and over TCP there is none. */
    | "tcp-missing"
    /** This machine has no way there: it says nothing about the server. */
    | "no-route";

/** A question that got no answer. */
export class DnsFailure extends Error {
    public constructor(
        public readonly kind: DnsFailureKind,
        message: string,
    ) {
        super(message);
    }
}

const kindByCode: Readonly<Record<string, DnsFailureKind>> = {
    ECONNREFUSED: "closed",
    ECONNRESET: "closed",
    EPIPE: "closed",
    ENETUNREACH: "no-route",
    EHOSTUNREACH: "no-route",
    EADDRNOTAVAIL: "no-route",
    EAFNOSUPPORT: "no-route",
};

function failureOf(error: NodeJS.ErrnoException): DnsFailure {
    return new DnsFailure(kindByCode[error.code ?? ""] ?? "closed", error.message);
}

type Answered = NonNullable<ReturnType<SentQuestion["answerIn"]>>;

/**
 * Asks over UDP and waits for the answer to this question; others on the port are not it, whoever sent them.
 *
 * @throws {DnsFailure}
 */
export function overUdp(server: SocketAddress, question: SentQuestion, timeout: number): Promise<Answered> {
    return new Promise((resolve, reject) => {
        const socket = dgram.createSocket(net.isIPv6(server.address) ? "udp6" : "udp4");
        let strangers = 0;
        const end = (finish: () => void) => {
            clearTimeout(timer);
            socket.close();
            finish();
        };
        const timer = setTimeout(() => end(() => reject(unanswered(strangers, timeout))), timeout);
        socket.on("error", (error) => end(() => reject(failureOf(error))));
        socket.on("message", (bytes) => {
            const answer = question.answerIn(bytes);
            if (answer === undefined) {
                strangers++;
            } else {
                end(() => resolve(answer));
            }
        });
        // A connected socket takes nothing from other addresses, and hears of it when nothing listens.
        socket.connect(server.port, server.address, () => socket.send(question.bytes));
    });
}

/** Asks over TCP. @throws {DnsFailure} */
export function overTcp(server: SocketAddress, question: SentQuestion, timeout: number): Promise<Answered> {
    return new Promise((resolve, reject) => {
        let received: Buffer = Buffer.alloc(0);
        const size = Buffer.alloc(2);
        size.writeUInt16BE(question.bytes.length);
        const socket = net.connect(server.port, server.address, () => {
            socket.write(Buffer.concat([size, question.bytes]));
        });
        const end = (finish: () => void) => {
            clearTimeout(timer);
            socket.destroy();
            finish();
        };
        const timer = setTimeout(() => end(() => reject(unanswered(0, timeout))), timeout);
        socket.on("error", (error) => end(() => reject(failureOf(error))));
        socket.on("end", () => end(() => reject(new DnsFailure("closed", "the connection ended without an answer"))));
        socket.on("data", (chunk) => {
            received = Buffer.concat([received, chunk]);
            if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) {
                return;
            }
            const answer = question.answerIn(received.subarray(2, 2 + received.readUInt16BE(0)));
            end(() => (answer === undefined ? reject(unanswered(1, timeout)) : resolve(answer)));
        });
    });
}

function unanswered(strangers: number, timeout: number): DnsFailure {
    return strangers > 0
        ? new DnsFailure("mismatched", "what came back answers another question, or is no DNS message")
        : new DnsFailure("silent", `no answer within ${timeout / 1000} s`);
}
