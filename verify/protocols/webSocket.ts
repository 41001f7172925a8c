import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import { createWebSocketStream, WebSocket } from "ws";
import { within } from "../network/deadline";

/** A request for WebSocket that was answered with something else. */
export class UpgradeRefused extends Error {
    public constructor(public readonly status: number) {
        super(`HTTP status ${status}`);
    }
}

/**
 * Speaks MQTT over WebSocket on a TLS connection that stands.
 *
 * @param path With the query that proves who asks: secret
 * @throws {UpgradeRefused} where the answer is another one; {ConnectionFailure} where none comes
 */
export async function openWebSocket(
    socket: TLSSocket,
    {
        host,
        path,
        headers,
    }: { readonly host: string; readonly path: string; readonly headers?: Record<string, string> },
    timeout: number,
): Promise<Duplex> {
    const webSocket = new WebSocket(`wss://${host}${path}`, ["mqtt"], { createConnection: () => socket, headers });
    const opened = new Promise<void>((resolve, reject) => {
        webSocket.once("open", resolve);
        webSocket.once("unexpected-response", (_request, { statusCode = 0 }) => reject(new UpgradeRefused(statusCode)));
        webSocket.once("error", reject);
    });
    const silent = { kind: "silent", message: "no answer to the request for WebSocket" } as const;
    try {
        await within(timeout, silent, opened, () => socket.destroy());
    } catch (error) {
        // Whatever the library says of its own end is no news any more.
        webSocket.on("error", () => undefined);
        webSocket.terminate();
        throw error;
    }
    return createWebSocketStream(webSocket);
}
