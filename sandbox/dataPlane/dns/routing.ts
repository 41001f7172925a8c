import { contains, defaultCidrLocation, parseCidrBlock } from "../../../rules/routing/cidrBlocks";
import type { AnsweringZone } from "../../cloud";
import type { ResourceRecordSet } from "../../cloud/models/route53";
import { distanceBetween, distanceToRegion, latencyToRegion, type LocatedNetwork } from "./geography";

/** Who asks, as far as Route 53 can know it. */
export interface Asker {
    /** Of the client where its resolver tells, else of the resolver. */
    readonly address: string;
    /** Bits of the address that are known. */
    readonly prefixLength: number;
    readonly located: LocatedNetwork | undefined;
}

/** A record set that may answer, and whether it is healthy with all that it points to. */
export interface Contender {
    readonly record: ResourceRecordSet;
    readonly isHealthy: boolean;
}

/** What routing comes to: the record sets that answer, and for how large a network this holds. */
export interface Choice {
    readonly chosen: readonly ResourceRecordSet[];
    /** Whether anything that could have been chosen is healthy. */
    readonly isHealthy: boolean;
    /** Bits; 0 where everybody gets this. @see https://datatracker.ietf.org/doc/html/rfc7871#section-7.2.1 */
    readonly scope: number;
}

/** What decides beside the record sets themselves. */
export interface Circumstances {
    readonly asker: Asker;
    readonly cidrBlocks: AnsweringZone["cidrBlocks"];
    /** From 0 to below 1. */
    readonly random: () => number;
}

/** How well a record set suits the asker, the greatest answers; `undefined` where it must not answer him. */
type Suitability = (record: ResourceRecordSet, circumstances: Circumstances) => number | undefined;

/** Policies that choose one record set by a measure. */
const measures: Partial<Record<keyof ResourceRecordSet, Suitability>> = {
    Failover: ({ Failover }) => (Failover === "PRIMARY" ? 1 : 0),
    Region: ({ Region = "" }, { asker }) => -(latencyToRegion(asker.located?.place.coordinates, Region) ?? Infinity),
    GeoLocation: suitabilityOfLocation,
    GeoProximityLocation: (record, { asker }) => -biasedDistance(record, asker),
    CidrRoutingConfig: longestBlock,
};

/** Most record sets in one answer. @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-multivalue.html */
const maximumMultivalueAnswers = 8;

/**
 * Chooses among the record sets of one name and type: only among healthy ones, or among all if none is healthy.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html
 */
export function choose(contenders: readonly Contender[], circumstances: Circumstances): Choice {
    const [first] = contenders;
    const member = Object.keys(measures).find((key) => first?.record[key as keyof ResourceRecordSet] !== undefined);
    const measure = measures[member as keyof ResourceRecordSet] ?? (() => 0);
    const suiting = contenders.flatMap((contender) => {
        const suitability = measure(contender.record, circumstances);
        return suitability === undefined ? [] : [{ ...contender, suitability }];
    });
    const healthy = suiting.filter(({ isHealthy }) => isHealthy);
    const eligible = (healthy.length > 0 ? healthy : suiting).sort((one, other) => other.suitability - one.suitability);
    const records = eligible.map(({ record }) => record);
    return {
        isHealthy: healthy.length > 0,
        scope: member === undefined || member === "Failover" ? 0 : scopeOf(member, circumstances),
        chosen:
            first?.record.MultiValueAnswer === true
                ? shuffled(records, circumstances.random).slice(0, maximumMultivalueAnswers)
                : first?.record.Weight !== undefined
                  ? drawn(records, circumstances.random)
                  : records.slice(0, 1),
    };
}

/** State, country, continent, default. @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-geo.html */
function suitabilityOfLocation(
    { GeoLocation: location = {} }: ResourceRecordSet,
    { asker: { located } }: Circumstances,
): number | undefined {
    const { ContinentCode, CountryCode, SubdivisionCode } = location;
    if (CountryCode === "*") {
        return 0;
    }
    if (ContinentCode !== undefined) {
        return ContinentCode === located?.continent ? 1 : undefined;
    }
    if (CountryCode !== located?.place.country) {
        return undefined;
    }
    return SubdivisionCode === undefined ? 2 : SubdivisionCode === located?.place.subdivision ? 3 : undefined;
}

/** @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-geoproximity.html#routing-policy-geoproximity-bias */
function biasedDistance({ GeoProximityLocation: target = {} }: ResourceRecordSet, { located }: Asker): number {
    const { AWSRegion, Coordinates: point, Bias = 0 } = target;
    const from = located?.place.coordinates;
    const distance =
        point === undefined || from === undefined
            ? distanceToRegion(from, AWSRegion ?? "")
            : distanceBetween(from, [Number(point.Latitude), Number(point.Longitude)]);
    const actual = distance ?? Infinity;
    return Bias < 0 ? actual / (1 - Math.abs(Bias) / 100) : actual * (1 - Bias / 100);
}

/**
 * The bits of the longest block that holds the asker; 0 for the default location.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-ipbased.html
 */
function longestBlock(
    { CidrRoutingConfig: config }: ResourceRecordSet,
    { asker, cidrBlocks }: Circumstances,
): number | undefined {
    if (config?.LocationName === defaultCidrLocation) {
        return 0;
    }
    const prefixLengths = (cidrBlocks.get(config?.CollectionId ?? "") ?? [])
        .filter(({ location }) => location === config?.LocationName)
        .flatMap(({ block }) => parseCidrBlock(block) ?? [])
        .filter((block) => block.prefixLength <= asker.prefixLength && contains(block, asker.address))
        .map(({ prefixLength }) => prefixLength);
    return prefixLengths.length === 0 ? undefined : Math.max(...prefixLengths);
}

/** One in proportion to the weights; those of weight 0 only where there is nothing else. */
function drawn(records: readonly ResourceRecordSet[], random: () => number): ResourceRecordSet[] {
    const weighed = records.filter(({ Weight = 0 }) => Weight > 0);
    if (weighed.length === 0) {
        return shuffled(records, random).slice(0, 1);
    }
    let point = random() * weighed.reduce((sum, { Weight = 0 }) => sum + Weight, 0);
    return [weighed.find(({ Weight = 0 }) => (point -= Weight) < 0) ?? weighed[0]].filter(
        (found) => found !== undefined,
    );
}

function shuffled(records: readonly ResourceRecordSet[], random: () => number): ResourceRecordSet[] {
    return records
        .map((record) => ({ record, order: random() }))
        .sort((one, other) => one.order - other.order)
        .map(({ record }) => record);
}

function scopeOf(member: string, { asker }: Circumstances): number {
    return member === "CidrRoutingConfig"
        ? asker.prefixLength
        : Math.min(asker.located?.prefixLength ?? asker.prefixLength, asker.prefixLength);
}
