import { isIP } from "node:net";
import type { Answer } from "dns-packet";
import type { ZoneAnswer } from "./zoneAnswer";

/** The addresses of hosts outside the hosted zones, such as the regions' data endpoints, by their lower-case names. */
export type Hosts = Readonly<Record<string, readonly string[]>>;

/** AWS's own endpoints answer with so many seconds, or fewer. */
const timeToLive = 60;

const types: Readonly<Record<string, number>> = { A: 4, AAAA: 6 };

/** Answers for a host as the zone would that has it; `undefined` for other names. */
export function answerFromHost(hosts: Hosts, name: string, type: string): ZoneAnswer | undefined {
    const host = name.toLowerCase().replace(/\.$/, "");
    const addresses = Object.hasOwn(hosts, host) ? hosts[host] : undefined;
    if (addresses === undefined) {
        return undefined;
    }
    const answers = addresses
        .filter((address) => isIP(address) === types[type])
        .map((data): Answer => ({ type: type as "A" | "AAAA", name, ttl: timeToLive, class: "IN", data }));
    const authorities = answers.length > 0 ? [] : [startOfAuthority(name)];
    return { rcode: "NOERROR", isAuthoritative: true, answers, authorities, scope: 0 };
}

function startOfAuthority(name: string): Answer {
    const data = {
        mname: `ns.${name}`,
        rname: "awsdns-hostmaster.amazon.com",
        serial: 1,
        refresh: 7200,
        retry: 900,
        expire: 1_209_600,
        minimum: timeToLive,
    };
    return { type: "SOA", name, ttl: timeToLive, class: "IN", data };
}
