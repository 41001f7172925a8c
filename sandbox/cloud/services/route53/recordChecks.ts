import { isIPv4, isIPv6 } from "node:net";
import type { ResourceRecordSet } from "../../models/route53";
import { geoLocationFault } from "./geoLocations";
import { nameFault, zoneFileName } from "./names";
import { routingMembers, routingMembersOf } from "./routing";

/** A check of one record set by itself: what is wrong with it, in Route 53's words. */
type RecordCheck = (record: ResourceRecordSet) => string | undefined;

/** Faults for which Route 53 refuses the whole request as malformed, with InvalidInput. */
const inputChecks: readonly RecordCheck[] = [
    // https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html
    ({ AliasTarget, TTL, ResourceRecords }) => {
        const alternatives = "Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords]]";
        const hasRecords = TTL !== undefined && ResourceRecords !== undefined;
        if (AliasTarget === undefined) {
            return hasRecords ? undefined : `${alternatives}, but found none`;
        }
        return TTL === undefined && ResourceRecords === undefined
            ? undefined
            : `${alternatives}, but found more than one`;
    },
    (record) => {
        const members = routingMembersOf(record);
        const alternatives = `Expected exactly one of [${Object.keys(routingMembers).join(", ")}]`;
        if (members.length > 1) {
            return `${alternatives}, but found more than one`;
        }
        if (record.SetIdentifier !== undefined && members.length === 0) {
            return `${alternatives}, but found none`;
        }
        return record.SetIdentifier === undefined && members.length === 1 ? "Missing field 'SetIdentifier'" : undefined;
    },
    ({ GeoLocation }) => {
        const fault = GeoLocation === undefined ? undefined : geoLocationFault(GeoLocation);
        return fault && `The geo location is not valid: ${fault}`;
    },
    // https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html (Multivalue answer: no alias)
    ({ AliasTarget, MultiValueAnswer }) =>
        AliasTarget !== undefined && MultiValueAnswer !== undefined
            ? "MultiValueAnswer cannot be given for an alias record"
            : undefined,
];

/** What a value must look like, by the record's type. @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html */
const valueChecks: Partial<Record<ResourceRecordSet["Type"], (value: string) => string | undefined>> = {
    A: (value) => (isIPv4(value) ? undefined : "ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)"),
    AAAA: (value) => (isIPv6(value) ? undefined : "AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)"),
    CNAME: nameFault,
    NS: nameFault,
    PTR: nameFault,
    TXT: (value) =>
        /^"([^"\\]|\\.)*"( "([^"\\]|\\.)*")*$/.test(value)
            ? undefined
            : "InvalidCharacterString (Value should be enclosed in quotation marks)",
};

/** Faults for which Route 53 refuses the batch, with InvalidChangeBatch. */
const batchChecks: readonly RecordCheck[] = [
    ({ Name }) => {
        const fault = nameFault(Name);
        return fault && `Invalid Resource Record: 'FATAL problem: ${fault} encountered with '${Name}''`;
    },
    ({ Type, ResourceRecords = [] }) => {
        for (const { Value } of ResourceRecords) {
            const fault = valueChecks[Type]?.(Value);
            if (fault !== undefined) {
                return `Invalid Resource Record: 'FATAL problem: ${fault} encountered with '${Value}''`;
            }
        }
        return undefined;
    },
    // https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#CNAMEFormat
    ({ Type, ResourceRecords = [] }) =>
        Type === "CNAME" && ResourceRecords.length > 1
            ? "Invalid Resource Record: a CNAME record set can have only one value"
            : undefined,
    ({ ResourceRecords = [] }) => {
        const values = ResourceRecords.map(({ Value }) => Value);
        const twice = values.find((value, index) => values.indexOf(value) !== index);
        return twice === undefined ? undefined : `Duplicate Resource Record: '${twice}'`;
    },
];

function faults(checks: readonly RecordCheck[], record: ResourceRecordSet): string[] {
    return checks.map((check) => check(record)).filter((fault) => fault !== undefined);
}

/** Why Route 53 would answer InvalidInput. */
export function inputFaults(record: ResourceRecordSet): string[] {
    return faults(inputChecks, record);
}

/** Why Route 53 would answer InvalidChangeBatch, as far as the record set alone can tell. */
export function recordFaults(record: ResourceRecordSet): string[] {
    return faults(batchChecks, record);
}

/** A record set with its names as Route 53 keeps them. */
export function canonicalRecord(record: ResourceRecordSet): ResourceRecordSet {
    const { Name, AliasTarget } = record;
    return {
        ...record,
        Name: zoneFileName(Name),
        ...(AliasTarget && { AliasTarget: { ...AliasTarget, DNSName: zoneFileName(AliasTarget.DNSName) } }),
    };
}
