import type { Answer } from "dns-packet";
import { zoneFileName } from "../../cloud/services/route53/names";
import type { ResourceRecordSet } from "../../cloud/models/route53";
import { outcomeOf, recordSetsAt, type Reading } from "./recordSets";
import { plainName, recordOf } from "./recordData";

/** What a zone's name servers say to a question. */
export interface ZoneAnswer {
    readonly rcode: "NOERROR" | "NXDOMAIN";
    /** False for a referral to the name servers of a zone below. */
    readonly isAuthoritative: boolean;
    readonly answers: readonly Answer[];
    readonly authorities: readonly Answer[];
    /** Bits of the asker's address that the answer depends on at most. */
    readonly scope: number;
}

/**
 * Answers a question from one zone: follows CNAME records within it, and no further, as authoritative servers do.
 *
 * @param name As it was asked, in any mixture of cases: the answer has the same.
 * @see https://datatracker.ietf.org/doc/html/rfc1034#section-4.3.2
 * @see https://datatracker.ietf.org/doc/html/rfc2308 for what stands in an answer that has none
 */
export function answerFromZone(name: string, type: string, reading: Reading): ZoneAnswer {
    const answers: Answer[] = [];
    const visited = new Set<string>();
    let scope = 0;
    let owner = name;
    const end = (rest: Partial<ZoneAnswer>): ZoneAnswer => ({
        rcode: "NOERROR",
        isAuthoritative: true,
        authorities: [],
        ...rest,
        answers,
        scope,
    });
    for (;;) {
        const here = zoneFileName(owner);
        if (!isWithin(here, reading.zone.name) || visited.has(here)) {
            return end({});
        }
        const cut = zoneCutAbove(here, type, reading);
        if (cut !== undefined) {
            return end(
                visited.size === 0 ? { isAuthoritative: false, authorities: recordsOf(cut, plainName(cut.Name)) } : {},
            );
        }
        const found = recordSetsFor(here, reading);
        if (found === undefined) {
            return end({ rcode: "NXDOMAIN", authorities: startOfAuthority(reading) });
        }
        if (type === "ANY" && found.length > 0) {
            answers.push(minimalAny(owner));
            return end({});
        }
        const alias = type === "CNAME" ? [] : found.filter(({ Type }) => Type === "CNAME");
        const group = alias.length > 0 ? alias : found.filter(({ Type }) => Type === type);
        const outcome = outcomeOf(group, reading);
        scope = Math.max(scope, outcome.scope);
        const records = outcome.leaves.flatMap(({ timeToLive, values }) =>
            values.map((value) => recordOf((group[0] as ResourceRecordSet).Type, owner, timeToLive, value)),
        );
        if (records.length === 0) {
            return end({ authorities: startOfAuthority(reading) });
        }
        answers.push(...records);
        const [next] = records;
        if (next?.type !== "CNAME" || type === "CNAME") {
            return end({});
        }
        visited.add(here);
        owner = next.data;
    }
}

function isWithin(name: string, zone: string): boolean {
    return name === zone || name.endsWith(`.${zone}`);
}

/** The name itself, and all names above it in its zone but the zone's own, the outermost first. */
function below(zone: string, name: string): string[] {
    const names: string[] = [];
    for (let each = name; each !== zone; each = each.slice(each.indexOf(".") + 1)) {
        names.unshift(each);
    }
    return names;
}

/** NS records that hand a name over to a zone of its own; a DS record is still the parent's to answer. */
function zoneCutAbove(name: string, type: string, { zone }: Reading): ResourceRecordSet | undefined {
    const names = below(zone.name, name);
    const candidates = type === "DS" ? names.slice(0, -1) : names;
    return candidates.flatMap((each) => recordSetsAt(zone, each)).find(({ Type }) => Type === "NS");
}

/** The record sets of a name, or of the wildcard that covers it; `undefined` where the name does not exist. */
function recordSetsFor(name: string, { zone }: Reading): ResourceRecordSet[] | undefined {
    const exists = (each: string) => zone.records.some((record) => isWithin(record.Name, each));
    if (exists(name)) {
        return recordSetsAt(zone, name);
    }
    const encloser = [...below(zone.name, name).reverse(), zone.name].find(exists) ?? zone.name;
    const wildcard = recordSetsAt(zone, zoneFileName(`*.${encloser}`));
    return wildcard.length > 0 ? wildcard : undefined;
}

/** The least answer to a question for any type. @see https://datatracker.ietf.org/doc/html/rfc8482#section-4.2 */
function minimalAny(name: string): Answer {
    return { type: "HINFO", name, ttl: 3600, class: "IN", data: { cpu: "RFC8482", os: "" } };
}

/** The SOA record, with the time for which its absence may be kept. */
function startOfAuthority({ zone }: Reading): Answer[] {
    return recordSetsAt(zone, zone.name)
        .filter(({ Type }) => Type === "SOA")
        .flatMap((record) => recordsOf(record, plainName(zone.name)))
        .map((record) =>
            record.type === "SOA"
                ? { ...record, ttl: Math.min(record.ttl ?? 0, record.data.minimum ?? record.ttl ?? 0) }
                : record,
        );
}

function recordsOf({ Type, TTL = 0, ResourceRecords = [] }: ResourceRecordSet, name: string): Answer[] {
    return ResourceRecords.map(({ Value }) => recordOf(Type, name, TTL, Value));
}
