import { Resolver } from "node:dns/promises";
import net from "node:net";
import { pipeline } from "node:stream/promises";
import { Socks5Server } from "@pondwader/socks5-server";
import type { EndpointDescription, EndpointPort } from "./description";
import { openPort } from "./listeners";

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

const address = "127.0.0.1";

/** How long a client may take to say where it wants to go, and how long a connection there may take: milliseconds. */
const patience = 10_000;

/**
 * Takes clients to the endpoints under their real names and AWS's own ports: `mosquitto_pub --proxy socks5h://...`.
 *
 * Names are looked up in the sandbox's DNS, so that a client is led to the region that DNS leads it to.
 *
 * @throws NodeJS.ErrnoException where the port cannot be listened on
 * @see https://datatracker.ietf.org/doc/html/rfc1928
 */
export async function serveProxy(port: number, targets: () => ProxyTargets): Promise<Proxy> {
    const socks = new Socks5Server();
    const accept = (client: net.Socket) => {
        client.setTimeout(patience, () => client.destroy());
        // A listener of ours, not the library's: it says which port it has got, and cuts connections when it closes.
        socks._handleConnection(client);
    };
    socks.setConnectionHandler(({ socket, destAddress, destPort }, sendStatus) => {
        void connect(destAddress.toLowerCase(), destPort, targets()).then(
            async (target) => {
                (socket as net.Socket).setTimeout(0);
                sendStatus("REQUEST_GRANTED");
                await pipeline(socket, target, socket).catch(() => {});
                target.destroy();
                socket.destroy();
            },
            () => sendStatus("HOST_UNREACHABLE"),
        );
    });
    const { number, close } = await openPort([address], port, accept);
    return { address, port: number, close };
}

/** @throws Error where no endpoint has the name or the port, or none listens */
async function connect(name: string, port: number, targets: ProxyTargets): Promise<net.Socket> {
    const endpoint = await findEndpoint(name, targets);
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
