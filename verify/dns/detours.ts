import type { SocketAddress } from "../reach";
import { askAny } from "./authorities";
import type { DnsClient } from "./client";
import { isSameName, plain } from "./message";

/** Where a host leads that is not an endpoint itself, over CNAME records of its own. */
export interface Detour {
    /** Every host on the way, the first one included. */
    readonly hosts: readonly string[];
    readonly isCircle: boolean;
    readonly reachesEndpoint: boolean;
}

/** More CNAME records than any name needs; resolvers give up at about as many. */
const longestDetour = 8;

/** Follows a host's CNAME records until there is none, or an endpoint is reached. */
export async function detourFrom(
    target: string,
    isEndpoint: (host: string) => boolean,
    resolvers: readonly SocketAddress[],
    client: DnsClient,
): Promise<Detour> {
    const hosts = [target];
    let host = target;
    while (hosts.length <= longestDetour && !isEndpoint(host)) {
        const reply = await askAny(resolvers, { name: host, type: "CNAME" }, client);
        const record = reply?.answers.find((answer) => answer.type === "CNAME" && isSameName(answer.name, host));
        if (record?.type !== "CNAME") {
            break;
        }
        host = plain(record.data);
        if (hosts.includes(host)) {
            return { hosts: [...hosts, host], isCircle: true, reachesEndpoint: false };
        }
        hosts.push(host);
    }
    return { hosts, isCircle: false, reachesEndpoint: isEndpoint(host) };
}
