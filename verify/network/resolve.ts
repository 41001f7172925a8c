import dns from "node:dns";
import net from "node:net";
import type { Reach, SocketAddress } from "../reach";
import { within } from "./deadline";
import { ConnectionFailure } from "./failure";

/**
 * The addresses of a host that this machine's IP versions can reach, IPv4 first; empty where it has none.
 *
 * @throws {ConnectionFailure} where this machine's own resolver cannot tell
 */
export async function addressesOf(host: string, reach: Reach): Promise<string[]> {
    if (net.isIP(host) !== 0) {
        return [host];
    }
    const found = await reach.limit(() =>
        reach.dnsServers.length === 0
            ? askMachine(host, reach.timeouts.dns)
            : askServers(host, reach.dnsServers, reach.timeouts.dns),
    );
    return reach.families.flatMap((family) => found.filter((address) => net.isIP(address) === family));
}

/** As a device's own library does it, with everything that the machine's resolver knows. @throws {ConnectionFailure} */
async function askMachine(host: string, timeout: number): Promise<string[]> {
    const unresolved = { kind: "unresolved", message: `no answer of this machine's resolver for ${host}` } as const;
    try {
        // The system has a time limit of its own, of which nothing is known here.
        const found = await within(timeout, unresolved, dns.promises.lookup(host, { all: true }), () => undefined);
        return found.map(({ address }) => address);
    } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === dns.NOTFOUND) {
            return [];
        }
        throw code === undefined ? error : new ConnectionFailure("unresolved", `${unresolved.message}: ${code}`);
    }
}

async function askServers(host: string, servers: readonly SocketAddress[], timeout: number): Promise<string[]> {
    const resolver = new dns.promises.Resolver({ timeout, tries: 1 });
    resolver.setServers(
        servers.map(({ address, port }) => `${net.isIPv6(address) ? `[${address}]` : address}:${port}`),
    );
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    return answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
}
