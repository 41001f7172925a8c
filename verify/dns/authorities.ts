import net from "node:net";
import { destinationOf } from "../network/destination";
import type { Family, Reach, SocketAddress } from "../reach";
import type { DnsClient } from "./client";
import { isSameName, plain, type DnsQuestion, type DnsReply } from "./message";
import type { NamedServer } from "./survey";

/** A zone as DNS tells of it. */
export interface FoundZone {
    readonly name: string;
    /** Host names, sorted. */
    readonly nameServers: readonly string[];
}

/** Asks the resolvers one after the other until one of them answers; `undefined` where none does. */
export async function askAny(
    resolvers: readonly SocketAddress[],
    question: DnsQuestion,
    client: DnsClient,
): Promise<DnsReply | undefined> {
    for (const resolver of resolvers) {
        try {
            const reply = await client.ask(resolver, question);
            if (reply.rcode === "NOERROR" || reply.rcode === "NXDOMAIN") {
                return reply;
            }
        } catch {
            // Another resolver may do better.
        }
    }
    return undefined;
}

/** The zone that a name lies in: the nearest name above it, or the name itself, that has name servers. */
export async function findZone(
    domainName: string,
    resolvers: readonly SocketAddress[],
    client: DnsClient,
): Promise<FoundZone | undefined> {
    const labels = plain(domainName).split(".");
    for (let index = 0; index < labels.length; index++) {
        const name = labels.slice(index).join(".");
        const reply = await askAny(resolvers, { name, type: "NS" }, client);
        if (reply === undefined) {
            return undefined;
        }
        const nameServers = reply.answers.flatMap((record) =>
            record.type === "NS" && isSameName(record.name, name) ? [plain(record.data)] : [],
        );
        if (nameServers.length > 0) {
            return { name, nameServers: nameServers.sort() };
        }
    }
    return undefined;
}

/** The addresses of a host that this machine's IP versions can reach. */
export async function addressesOf(
    host: string,
    families: readonly Family[],
    resolvers: readonly SocketAddress[],
    client: DnsClient,
): Promise<string[]> {
    const types = families.map((family) => (family === 4 ? "A" : "AAAA"));
    const replies = await Promise.all(types.map((type) => askAny(resolvers, { name: host, type }, client)));
    return replies.flatMap((reply) =>
        (reply?.answers ?? []).flatMap((record) =>
            record.type === "A" || record.type === "AAAA" ? [record.data] : [],
        ),
    );
}

/** The servers behind a zone's name servers: every address is one, since each may fail by itself. */
export async function serversOf(
    { nameServers }: FoundZone,
    { families, connectTo }: Pick<Reach, "families" | "connectTo">,
    resolvers: readonly SocketAddress[],
    client: DnsClient,
): Promise<NamedServer[]> {
    const found = await Promise.all(
        nameServers.map(async (name) => {
            const { host, port } = destinationOf({ host: name, port: 53 }, connectTo);
            const addresses = net.isIP(host) === 0 ? await addressesOf(host, families, resolvers, client) : [host];
            return addresses.map((address) => ({ name: `${name} (${address})`, address, port }));
        }),
    );
    return found.flat();
}
