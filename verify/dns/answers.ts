import { faultsOf } from "../faultKind";
import type { Finding } from "../../rules/finding";
import { observed, pathOf, unseen, type LookedAtDomain, type LookResult } from "../look";
import { aboutDns } from "./about";
import type { DnsClient } from "./client";
import type { Detour } from "./detours";
import { dnsFaults } from "./faults";
import { grouped, placesOf, type Judged, type Judgement } from "./judgement";
import { isSameName } from "./message";
import { unaskedLocations } from "./places";
import type { Sighting } from "./sighting";
import type { Survey } from "./survey";

const fault = faultsOf(dnsFaults);

/** How a server answered, whatever it said. */
export function lookAtServer(
    { server, sightings, failures, milliseconds }: Survey,
    subject: LookedAtDomain,
): LookResult {
    const findings = failures.flatMap(({ rule, got }) =>
        rule ? [fault(rule, { path: pathOf(subject.key), got })] : [],
    );
    const about = (detail: string) => aboutDns(subject.key, `name server ${server.name}`, detail, milliseconds);
    if (findings.length > 0) {
        return observed(about(failures.map(({ got }) => got.replace(`${server.name}: `, "")).join("; ")), findings);
    }
    return sightings.length === 0
        ? unseen(about("this machine has no way to it"))
        : observed(about(`answers for ${sightings.length} places`));
}

/** What the zone answers, by region, and what is wrong with it. */
export async function lookAtAnswers(
    judgement: Judgement,
    judged: Judged,
    detours: ReadonlyMap<string, Detour>,
    client: DnsClient,
): Promise<LookResult> {
    const { key } = judged.subject;
    const { sightings } = judgement.survey;
    const findings = [
        ...((await otherRecords(judgement, judged, client)) ?? judgement.findings),
        ...detourFindings(sightings, detours, key),
    ];
    const seen = grouped(sightings, ({ target }) => (target === undefined ? "no answer" : words(target, judged)));
    const detail = seen.map(([answer, group]) => `${answer} for ${placesOf(group)}`).join("; ");
    const ignored =
        judged.expected.isByPlace &&
        sightings.some(({ scopePrefixLength, target }) => target !== undefined && scopePrefixLength === undefined);
    const about = aboutDns(key, "answers by place", detail);
    return ignored && findings.length === 0
        ? unseen({
              ...about,
              detail: `${detail}; the server takes no notice of EDNS Client Subnet, so not judged by place`,
          })
        : observed(about, findings);
}

function words(target: string, { regionOf }: Judged): string {
    return regionOf(target) ?? target;
}

/** Where nobody gets a CNAME record: whether another record has taken its place, which explains everything else. */
async function otherRecords(
    { survey: { server, sightings } }: Judgement,
    { subject: { key, domain } }: Judged,
    client: DnsClient,
): Promise<Finding[] | undefined> {
    if (sightings.some(({ target, doesNotExist }) => target !== undefined || doesNotExist)) {
        return undefined;
    }
    const replies = await Promise.allSettled(
        (["A", "AAAA"] as const).map((type) => client.ask(server, { name: domain.domainName, type })),
    );
    const records = replies
        .flatMap((reply) => (reply.status === "fulfilled" ? reply.value.answers : []))
        .filter((record) => isSameName(record.name, domain.domainName) && record.type !== "CNAME");
    const types = [...new Set(records.map(({ type }) => type))];
    return types.length === 0
        ? undefined
        : [fault("dns-record-type", { path: pathOf(key), got: `records of type ${types.join(", ")}` })];
}

function detourFindings(sightings: readonly Sighting[], detours: ReadonlyMap<string, Detour>, key: string): Finding[] {
    return [...detours].flatMap(([target, { hosts, isCircle, reachesEndpoint }]) => {
        const group = sightings.filter((sighting) => sighting.target === target);
        const got = `${hosts.join(" -> ")} for ${placesOf(group)}`;
        const rule = isCircle ? "dns-circle" : reachesEndpoint ? "dns-chain" : undefined;
        return rule === undefined || group.length === 0 ? [] : [fault(rule, { path: pathOf(key), got })];
    });
}

/** Locations of the configuration that could not be asked for. */
export function lookAtUnaskedLocations({ key, domain }: LookedAtDomain): LookResult {
    const unasked = domain.routing === undefined ? [] : unaskedLocations(domain.routing);
    const detail = `no network that is known to be there: ask with dig +subnet for ${unasked.join(", ")}`;
    return unasked.length === 0
        ? { observations: [], findings: [] }
        : unseen(aboutDns(key, "answers by place", detail));
}
