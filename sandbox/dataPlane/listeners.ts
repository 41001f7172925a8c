import net from "node:net";
import type { EndpointPort } from "./description";

/** AWS's ports, in the order in which fixed ports follow each other. */
export const endpointPorts: readonly EndpointPort[] = ["443", "8443", "8883"];

/** Takes each connection to one of AWS's ports. */
export type Accept = (socket: net.Socket, port: EndpointPort) => void;

/** What listens for one region. */
export interface Listeners {
    readonly ports: Readonly<Record<EndpointPort, number>>;
    /** Stops listening, and cuts every connection. */
    close(): Promise<void>;
}

/** Attempts to find a port that is free on every address. */
const attempts = 20;

/**
 * Listens for each of AWS's ports, on every address alike.
 *
 * @param ports The ports to listen on; 0 for any that is free
 * @throws NodeJS.ErrnoException where a port cannot be listened on
 */
export async function openListeners(
    addresses: readonly string[],
    ports: Readonly<Record<EndpointPort, number>>,
    accept: Accept,
): Promise<Listeners> {
    const opened: OpenPort[] = [];
    const close = async () => {
        await Promise.all(opened.map((each) => each.close()));
    };
    try {
        for (const port of endpointPorts) {
            opened.push(await openPort(addresses, ports[port], (socket) => accept(socket, port)));
        }
    } catch (error) {
        await close();
        throw error;
    }
    const numbers = endpointPorts.map((port, index) => [port, opened[index]?.number ?? 0] as const);
    return { ports: Object.fromEntries(numbers) as Record<EndpointPort, number>, close };
}

/** A port that is listened on. */
export interface OpenPort {
    readonly number: number;
    close(): Promise<void>;
}

/**
 * Listens on one port, on every address alike; `close` cuts every connection too.
 *
 * @param wanted 0 for any that is free on all of them
 * @throws NodeJS.ErrnoException where it cannot be listened on
 */
export async function openPort(
    addresses: readonly string[],
    wanted: number,
    accept: (socket: net.Socket) => void,
): Promise<OpenPort> {
    for (let attempt = 1; ; attempt++) {
        const servers: OpenPort[] = [];
        try {
            for (const address of addresses) {
                servers.push(await listen(address, servers[0]?.number ?? wanted, accept));
            }
            return {
                number: servers[0]?.number ?? wanted,
                close: async () => void (await Promise.all(servers.map((server) => server.close()))),
            };
        } catch (error) {
            await Promise.all(servers.map((server) => server.close()));
            const isTaken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
            if (!isTaken || wanted !== 0 || attempt === attempts) {
                throw error;
            }
        }
    }
}

async function listen(address: string, port: number, accept: (socket: net.Socket) => void): Promise<OpenPort> {
    const sockets = new Set<net.Socket>();
    const server = net.createServer((socket) => {
        sockets.add(socket);
        socket.once("close", () => sockets.delete(socket));
        socket.on("error", () => socket.destroy());
        accept(socket);
    });
    await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen({ host: address, port, ipv6Only: net.isIPv6(address) }, () => resolve());
    });
    return {
        number: (server.address() as net.AddressInfo).port,
        close: () => {
            const closed = new Promise<void>((resolve) => server.close(() => resolve()));
            sockets.forEach((socket) => socket.destroy());
            return closed;
        },
    };
}
