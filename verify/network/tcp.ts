import net from "node:net";
import type { Reach } from "../reach";
import { within } from "./deadline";
import { failureOf } from "./failure";

/**
 * Opens a TCP connection to an address.
 *
 * @throws {ConnectionFailure}
 */
export async function openTcp(address: string, port: number, reach: Reach): Promise<net.Socket> {
    const socket = net.connect({ host: address, port });
    const connected = new Promise<net.Socket>((resolve, reject) => {
        socket.once("connect", () => resolve(socket));
        socket.once("error", (error) => reject(failureOf(error)));
    });
    const unanswered = { kind: "unanswered", message: `no answer from ${address} port ${port}` } as const;
    await within(reach.timeouts.connect, unanswered, connected, () => socket.destroy());
    return socket;
}
