import { Resolver } from "node:dns/promises";
import net from "node:net";
import type { Duplex } from "node:stream";
import type { EndpointDescription, EndpointPort } from "./description";

/** A SOCKS 5 proxy that runs. */
export interface Proxy {
    readonly address: string;
    readonly port: number;
    close(): Promise<void>;
}

/** What the proxy has to know of the data plane, which changes. */
export interface ProxyTargets {
    readonly endpoints: readonly EndpointDescription[];
    readonly dns: { readonly address: string; readonly port: number };
}

/** How long a client may take to say where it wants to go, in milliseconds. */
const patience = 10_000;

/** Reply codes. @see https://datatracker.ietf.org/doc/html/rfc1928#section-6 */
const replies = { succeeded: 0, hostUnreachable: 4, commandNotSupported: 7 } as const;

/**
 * Takes clients to the endpoints under their real names and AWS's own ports: `mosquitto_pub --proxy socks5h://...`.
 *
 * Names are looked up in the sandbox's DNS, so that a client is led to the region that DNS leads it to.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc1928
 */
export async function serveProxy(port: number, targets: () => ProxyTargets): Promise<Proxy> {
    const address = "127.0.0.1";
    const sockets = new Set<Duplex>();
    const keep = (socket: net.Socket) => {
        sockets.add(socket);
        socket.on("error", () => socket.destroy()).once("close", () => sockets.delete(socket));
    };
    const server = net.createServer((client) => {
        keep(client);
        void negotiate(client, targets())
            .then((target) => {
                keep(target);
                client.pipe(target).pipe(client);
                client.once("close", () => target.destroy());
                target.once("close", () => client.destroy());
            })
            .catch(() => client.end());
    });
    await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, address, resolve);
    });
    return {
        address,
        port: (server.address() as net.AddressInfo).port,
        close: () => {
            const closed = new Promise<void>((resolve) => server.close(() => resolve()));
            sockets.forEach((socket) => socket.destroy());
            return closed;
        },
    };
}

/** Agrees on a target, and connects to it. @throws Error where there is none, which the client has been told then */
async function negotiate(client: net.Socket, targets: ProxyTargets): Promise<net.Socket> {
    const timer = setTimeout(() => client.destroy(), patience);
    try {
        const [version, methods = 0] = await take(client, 2);
        if (version !== 5) {
            throw new Error("no SOCKS 5");
        }
        await take(client, methods);
        client.write(Buffer.from([5, 0]));
        const [, command, , type] = await take(client, 4);
        const isName = type === 3;
        const length = isName ? ((await take(client, 1))[0] ?? 0) : type === 1 ? 4 : 16;
        const host = await take(client, length);
        const port = (await take(client, 2)).readUInt16BE();
        if (command !== 1 || !isName) {
            throw refuse(client, replies.commandNotSupported);
        }
        const target = await connect(host.toString("latin1"), port, targets).catch(() => {
            throw refuse(client, replies.hostUnreachable);
        });
        client.write(reply(replies.succeeded));
        return target;
    } finally {
        clearTimeout(timer);
    }
}

function reply(code: number): Buffer {
    return Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]);
}

function refuse(client: net.Socket, code: number): Error {
    client.write(reply(code));
    return new Error(`refused with ${code}`);
}

/** The next bytes that a client sends, and no more. */
async function take(client: net.Socket, length: number): Promise<Buffer> {
    for (;;) {
        const bytes = length === 0 ? Buffer.alloc(0) : (client.read(length) as Buffer | null);
        if (bytes?.length === length) {
            return bytes;
        }
        if (client.destroyed || client.readableEnded) {
            throw new Error("the client has gone");
        }
        await new Promise<void>((resolve) => {
            const done = () => {
                client.off("readable", done).off("close", done).off("end", done);
                resolve();
            };
            client.on("readable", done).on("close", done).on("end", done);
        });
    }
}

async function connect(name: string, port: number, targets: ProxyTargets): Promise<net.Socket> {
    const endpoint = await findEndpoint(name.toLowerCase(), targets);
    const number = endpoint.ports[String(port) as EndpointPort] as number | undefined;
    if (number === undefined) {
        throw new Error(`nothing listens on port ${port}`);
    }
    return new Promise((resolve, reject) => {
        const socket = net.connect({ host: endpoint.addresses[0], port: number, timeout: patience });
        socket.once("connect", () => {
            socket.setTimeout(0);
            resolve(socket);
        });
        socket.once("timeout", () => socket.destroy(new Error("too late")));
        socket.once("error", reject);
    });
}

/** Every region's endpoint has the same addresses here, so it is the name behind an alias that tells the region. */
async function findEndpoint(name: string, { endpoints, dns }: ProxyTargets): Promise<EndpointDescription> {
    const own = endpoints.find(({ host }) => host === name);
    if (own !== undefined) {
        return own;
    }
    const resolver = new Resolver({ timeout: 2000, tries: 2 });
    resolver.setServers([`${dns.address}:${dns.port}`]);
    const [target] = await resolver.resolveCname(name);
    const found = endpoints.find(({ host }) => host === target?.toLowerCase());
    if (found === undefined) {
        throw new Error(`${name} leads to no endpoint`);
    }
    return found;
}
