import type { LookedAtDomain, LookResult, Progress } from "../look";
import { impossible, together, unseen } from "../look";
import type { Reach } from "../reach";
import { aboutDns } from "./about";
import { lookAtAnswers, lookAtServer, lookAtUnaskedLocations } from "./answers";
import { findZone, serversOf } from "./authorities";
import { DnsClient } from "./client";
import { lookAtDelegation } from "./delegation";
import { detourFrom, type Detour } from "./detours";
import { expectedAnswers } from "./expectation";
import type { RegionOf } from "./explanation";
import { judge, type Judged } from "./judgement";
import { plain } from "./message";
import { askedPlaces } from "./places";
import { lookAtResolver, machineResolvers } from "./resolvers";
import { survey, type NamedServer, type Survey } from "./survey";

/** What a look at DNS is told beside the outputs. */
export interface DnsSettings {
    /** Regions that are known to be unhealthy. @default whatever explains the answers best */
    readonly unhealthy?: ReadonlySet<string>;
}

/**
 * Looks at a domain's answers in DNS: what every server of the zone says for places all over the world, against what the
 * routing in the stack's outputs promises, and where the name ends for a resolver.
 */
export async function lookAtDns(
    subject: LookedAtDomain,
    reach: Reach,
    progress: Progress,
    { unhealthy }: DnsSettings = {},
): Promise<LookResult> {
    const { key, domain } = subject;
    const expected = expectedAnswers(domain);
    if (expected === undefined || domain.routing === undefined) {
        const detail = "the outputs do not tell the routing: deploy with this version, and look again";
        return unseen(aboutDns(key, domain.domainName, detail));
    }
    const client = new DnsClient(reach);
    const isTold = reach.dnsServers.length > 0;
    const resolvers = isTold
        ? reach.dnsServers.map((server) => ({ ...server, name: nameOf(server.address, server.port) }))
        : machineResolvers();
    progress(`${key}: name servers of ${domain.domainName}`);
    const zone = await findZone(domain.domainName, resolvers, client);
    const delegation = zone === undefined ? together([]) : lookAtDelegation(zone, subject);
    if (!isTold && (zone === undefined || delegation.findings.length > 0)) {
        const about = (detail: string) => aboutDns(key, "answers by place", detail);
        return together([
            delegation,
            zone === undefined
                ? impossible(about("no resolver of this machine answers; name one with --dns-server"))
                : unseen(about("follows from dns-delegation: another zone answers")),
        ]);
    }
    const servers = isTold || zone === undefined ? resolvers : await serversOf(zone, reach, resolvers, client);
    const places = askedPlaces(domain.routing);
    progress(`${key}: ${domain.domainName} for ${places.length} places at ${servers.length} name servers`);
    const surveys = await Promise.all(servers.map((server) => survey(server, domain.domainName, places, client)));
    const detours = await detoursIn(surveys, subject, resolvers, client);
    const circles = new Set([...detours].flatMap(([target, { isCircle }]) => (isCircle ? [target] : [])));
    const judged: Judged = { subject, expected, regionOf: regionsOf(subject, detours), circles, unhealthy };
    const zoneServers = surveys.filter(isOfTheZone(surveys));
    const judgement = judge(zoneServers, judged);
    progress(`${key}: where ${domain.domainName} ends`);
    const failed = new Set(surveys.filter(({ sightings }) => sightings.length === 0).map(({ server }) => server.name));
    const others = resolvers.filter(({ name }) => !failed.has(name));
    return together([
        delegation,
        ...zoneServers.map((each) => lookAtServer(each, subject)),
        ...(judgement === undefined ? [] : [await lookAtAnswers(judgement, judged, detours, client)]),
        lookAtUnaskedLocations(subject),
        ...(await Promise.all(others.map((resolver) => lookAtResolver(resolver, judged, judgement, client)))),
    ]);
}

function nameOf(address: string, port: number): string {
    return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Whether a server answers from the zone: a resolver's answers are held against those of the zone's own servers, where there are any. */
function isOfTheZone(surveys: readonly Survey[]): (survey: Survey) => boolean {
    const isAuthoritative = ({ sightings }: Survey) => sightings.some((sighting) => sighting.isAuthoritative);
    const hasAuthority = surveys.some(isAuthoritative);
    return (survey) => !hasAuthority || survey.sightings.length === 0 || isAuthoritative(survey);
}

/** Where hosts lead that are none of the domain's endpoints. */
async function detoursIn(
    surveys: readonly Survey[],
    subject: LookedAtDomain,
    resolvers: readonly NamedServer[],
    client: DnsClient,
): Promise<ReadonlyMap<string, Detour>> {
    const regionOf = regionsOf(subject, new Map());
    const isEndpoint = (host: string) => regionOf(host) !== undefined;
    const targets = new Set(surveys.flatMap(({ sightings }) => sightings.flatMap(({ target }) => target ?? [])));
    const foreign = [...targets].filter((target) => !isEndpoint(target));
    const found = await Promise.all(
        foreign.map(async (target) => [target, await detourFrom(target, isEndpoint, resolvers, client)] as const),
    );
    return new Map(found);
}

/** The region whose endpoint a host is, or leads to in the end. */
function regionsOf({ domain }: LookedAtDomain, detours: ReadonlyMap<string, Detour>): RegionOf {
    const byHost = new Map(
        Object.entries(domain.regions).map(([region, { cnameTarget }]) => [plain(cnameTarget), region]),
    );
    return (target) => byHost.get(detours.get(target)?.hosts.at(-1) ?? target);
}
