import net from "node:net";
import os from "node:os";
import type { Cloud } from "../../cloud";
import type { ProbeResult } from "./health";
import type { Hosts } from "./hosts";
import { respond, type Responding } from "./responder";
import { listenTcp } from "./tcp";
import type { Answerer, Listener } from "./transport";
import { listenUdp } from "./udp";

/** What a name server of the sandbox can be told. */
export interface DnsOptions {
    /** @default 127.0.0.1, and ::1 where the machine has it */
    readonly addresses?: readonly string[];
    /** For UDP and TCP alike. @default 0, any that is free */
    readonly port?: number;
    /** Addresses of hosts outside the hosted zones, by name: the regions' data endpoints. @default none */
    readonly hosts?: Hosts;
    /** Whether what a health check looks at is in order; asked anew for each question. @default always */
    readonly isHealthy?: ProbeResult;
    /** From 0 to below 1, for weights. @default Math.random */
    readonly random?: () => number;
}

/** A name server that runs. */
export interface DnsServer {
    /** The first of {@link addresses}. */
    readonly address: string;
    readonly addresses: readonly string[];
    readonly port: number;
    /** Stops it, and ends the connections that are open. */
    close(): Promise<void>;
}

/**
 * Serves the public hosted zones of a cloud over DNS, as Route 53's name servers do.
 *
 * The records are read for each question, so that what any process deploys shows at once. A question with the bit "recursion
 * desired" has CNAME records followed to other zones and {@link DnsOptions.hosts}, as a resolver would; one without has the
 * zone's own answer only.
 *
 * @throws {NodeJS.ErrnoException} when an address or the port cannot be listened on
 */
export function serveDns(cloud: Cloud, options: DnsOptions = {}): Promise<DnsServer> {
    const responding: Responding = {
        cloud,
        hosts: options.hosts ?? {},
        isHealthy: options.isHealthy ?? (() => true),
        random: options.random ?? Math.random,
    };
    return listen((bytes, arrival) => respond(bytes, arrival, responding), options);
}

/** Attempts to find a port that is free for UDP and TCP on every address. */
const attempts = 20;

/** Has one port answered over UDP and TCP on every address. */
export async function listen(
    answer: Answerer,
    { addresses = loopbackAddresses(), port = 0 }: Pick<DnsOptions, "addresses" | "port"> = {},
): Promise<DnsServer> {
    for (let attempt = 1; ; attempt++) {
        const listeners: Listener[] = [];
        const close = async () => {
            await Promise.all(listeners.map((listener) => listener.close()));
        };
        try {
            for (const address of addresses) {
                for (const start of [listenTcp, listenUdp]) {
                    listeners.push(await start(address, listeners[0]?.port ?? port, answer));
                }
            }
            return { address: addresses[0] ?? "", addresses, port: listeners[0]?.port ?? port, close };
        } catch (error) {
            await close();
            const isTaken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
            if (!isTaken || port !== 0 || attempt === attempts) {
                throw error;
            }
        }
    }
}

/** 127.0.0.1, and ::1 where the machine has it. */
export function loopbackAddresses(): string[] {
    const own = Object.values(os.networkInterfaces()).flatMap((addresses) => addresses ?? []);
    return ["127.0.0.1", "::1"].filter(
        (address) => net.isIPv4(address) || own.some((each) => each.address === address),
    );
}
