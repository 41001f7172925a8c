import dgram from "node:dgram";
import net from "node:net";
import type { Answerer, Listener } from "./transport";

/** Has messages over UDP answered. @throws {NodeJS.ErrnoException} EADDRINUSE and the like */
export async function listenUdp(address: string, port: number, answer: Answerer): Promise<Listener> {
    const socket = net.isIPv6(address)
        ? dgram.createSocket({ type: "udp6", ipv6Only: true })
        : dgram.createSocket({ type: "udp4" });
    let isOpen = true;
    socket.on("message", (bytes, { address: remoteAddress, port: remotePort }) => {
        void answer(bytes, { transport: "udp", remoteAddress }).then((response) => {
            if (response !== undefined && isOpen) {
                socket.send(response, remotePort, remoteAddress);
            }
        });
    });
    await new Promise<void>((resolve, reject) => {
        socket.once("error", reject);
        socket.bind(port, address, resolve);
    });
    // A client that is gone is no reason to stop answering the others.
    socket.on("error", () => {});
    return {
        port: socket.address().port,
        close: () => {
            isOpen = false;
            return new Promise((resolve) => socket.close(() => resolve()));
        },
    };
}
