import dns from "node:dns";
import net from "node:net";
import type { Finding } from "../../rules/finding";
import { faultsOf } from "../faultKind";
import { observed, pathOf, unseen, type LookResult } from "../look";
import { aboutDns } from "./about";
import { DnsFailure, type DnsClient } from "./client";
import { dnsFaults } from "./faults";
import type { Judged, Judgement } from "./judgement";
import { isSameName, plain, type DnsReply } from "./message";
import { askedPlaces } from "./places";
import type { NamedServer } from "./survey";

const fault = faultsOf(dnsFaults);

/** The resolvers of this machine. */
export function machineResolvers(): NamedServer[] {
    return dns.getServers().flatMap((text) => {
        const [, bracketed, port] = /^\[(.+)\]:(\d+)$/.exec(text) ?? /^([^:]+):(\d+)$/.exec(text) ?? [];
        const address = bracketed ?? text;
        return net.isIP(address) === 0 ? [] : [{ name: text, address, port: Number(port ?? 53) }];
    });
}

/**
 * Looks where the name ends for a resolver: at addresses, and at what the zone itself answers.
 *
 * A resolver may be anywhere, so it may have any place's answer.
 */
export async function lookAtResolver(
    resolver: NamedServer,
    judged: Judged,
    judgement: Judgement | undefined,
    client: DnsClient,
): Promise<LookResult> {
    const { key, domain } = judged.subject;
    const about = (detail: string, milliseconds?: number) =>
        aboutDns(key, `resolver ${resolver.name}`, detail, milliseconds);
    let replies: readonly DnsReply[];
    try {
        replies = await Promise.all(
            (["A", "AAAA"] as const).map((type) => client.ask(resolver, { name: domain.domainName, type })),
        );
    } catch (error) {
        if (!(error instanceof DnsFailure)) {
            throw error;
        }
        return unseen(about(error.message));
    }
    const [first] = replies;
    const end = endOf(domain.domainName, replies);
    const detail = `${end.hosts.at(-1) ?? first?.rcode}: ${end.ipv4} IPv4 and ${end.ipv6} IPv6 addresses`;
    if (judgement === undefined || judgement.explanation.unexplained.length > 0) {
        return unseen(about(`${detail}; not judged before the name servers' answers are right`));
    }
    if (first?.isAuthoritative === true && end.ipv4 + end.ipv6 === 0) {
        return unseen(about("answers from its own zones only, so it tells no addresses"));
    }
    const findings = [...staleFindings(resolver, replies, judged, judgement), ...addressFindings(end, judged)];
    return observed(about(detail, first?.milliseconds), findings);
}

interface End {
    /** The hosts that the name leads to, one after the other. */
    readonly hosts: readonly string[];
    /** Seconds that the name's own record may still be kept. */
    readonly timeToLive: number | undefined;
    readonly ipv4: number;
    readonly ipv6: number;
}

function endOf(name: string, replies: readonly DnsReply[]): End {
    const answers = replies.flatMap((reply) => reply.answers);
    const count = (type: string) => answers.filter((record) => record.type === type).length;
    const [chain = []] = replies.map((reply) => reply.answers.filter(({ type }) => type === "CNAME"));
    const first = chain.find((record) => isSameName(record.name, name));
    return {
        hosts: chain.flatMap((record) => (record.type === "CNAME" ? [plain(record.data)] : [])),
        timeToLive: first?.type === "CNAME" ? first.ttl : undefined,
        ipv4: count("A"),
        ipv6: count("AAAA"),
    };
}

function staleFindings(
    resolver: NamedServer,
    replies: readonly DnsReply[],
    { subject, expected, regionOf }: Judged,
    { explanation }: Judgement,
): Finding[] {
    const { domainName, routing } = subject.domain;
    const { hosts, timeToLive = 0 } = endOf(domainName, replies);
    const places = routing === undefined ? [] : askedPlaces(routing);
    const possible = new Set(places.flatMap(({ place }) => [...expected.regionsFor(place, explanation.unhealthy)]));
    const answer = hosts[0] ?? replies[0]?.rcode ?? "nothing";
    const isPossible = possible.has(regionOf(hosts[0] ?? "") ?? "");
    const wrong = [
        ...(isPossible ? [] : [answer]),
        ...(timeToLive > expected.timeToLive ? [`${timeToLive} seconds to keep it, of ${expected.timeToLive}`] : []),
    ];
    return wrong.map((words) =>
        fault("dns-resolver-stale", { path: pathOf(subject.key), got: `${resolver.name} says ${words}` }),
    );
}

function addressFindings({ hosts, ipv4, ipv6 }: End, { subject, regionOf }: Judged): Finding[] {
    const [host = ""] = hosts;
    const region = regionOf(host);
    return region === undefined || ipv4 + ipv6 > 0
        ? []
        : [fault("dns-addresses-missing", { path: pathOf(subject.key, region), got: `no address of ${host}` })];
}
