import type net from "node:net";
import { openPort } from "../listeners";
import type { Answerer, Listener } from "./transport";

/** How long a connection may say nothing, in milliseconds. @see https://datatracker.ietf.org/doc/html/rfc7766#section-6.2.3 */
const idleTimeout = 10_000;

/** Has messages over TCP answered. @throws {NodeJS.ErrnoException} EADDRINUSE and the like */
export async function listenTcp(address: string, port: number, answer: Answerer): Promise<Listener> {
    const { number, close } = await openPort([address], port, (connection) => {
        connection.setTimeout(idleTimeout, () => connection.destroy());
        answerStream(connection, answer);
    });
    return { port: number, close };
}

/** Each message follows its length; several questions may come in one go, and are answered as they are ready. */
function answerStream(connection: net.Socket, answer: Answerer): void {
    const remoteAddress = connection.remoteAddress ?? "";
    let pending: Buffer = Buffer.alloc(0);
    connection.on("data", (chunk) => {
        pending = Buffer.concat([pending, chunk]);
        while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
            const end = 2 + pending.readUInt16BE(0);
            void answer(pending.subarray(2, end), { transport: "tcp", remoteAddress }).then((response) => {
                if (response !== undefined && connection.writable) {
                    connection.write(framed(response));
                }
            });
            pending = pending.subarray(end);
        }
    });
}

/** A message with its length before it. @see https://datatracker.ietf.org/doc/html/rfc1035#section-4.2.2 */
export function framed(message: Buffer): Buffer {
    const size = Buffer.alloc(2);
    size.writeUInt16BE(message.length);
    return Buffer.concat([size, message]);
}
