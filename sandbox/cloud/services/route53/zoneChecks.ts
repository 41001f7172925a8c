import type { ResourceRecordSet } from "../../models/route53";
import { bareId } from "./names";
import { routingMembersOf, routingPolicyOf, uniqueValueOf } from "./routing";

/** A zone as a batch would leave it, for checks of one record set against the others. */
export interface ZoneState {
    readonly id: string;
    readonly name: string;
    readonly records: readonly ResourceRecordSet[];
}

type ZoneCheck = (record: ResourceRecordSet, zone: ZoneState) => string | undefined;

/** The record set as Route 53's answers name it. */
export function nameOf(record: ResourceRecordSet): string {
    const identifier = record.SetIdentifier === undefined ? "" : `, SetIdentifier ${record.SetIdentifier}`;
    return `RRSet with DNS name ${record.Name}, type ${record.Type}${identifier}`;
}

/** Services whose names an alias can target, beside records of the same zone. @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html */
const aliasTargets = [
    /\.cloudfront\.net\.$/,
    /\.awsglobalaccelerator\.com\.$/,
    /\.awsapprunner\.com\.$/,
    /\.elasticbeanstalk\.com\.$/,
    /\.(elb|execute-api|vpce|on|vpc-lattice-svcs)\..*\.?amazonaws\.com(\.cn)?\.$/,
    /\.elb\.amazonaws\.com(\.cn)?\.$/,
    /^s3-website[.-].*\.amazonaws\.com(\.cn)?\.$/,
];

function others(record: ResourceRecordSet, zone: ZoneState): ResourceRecordSet[] {
    return zone.records.filter((other) => other !== record && other.Name === record.Name);
}

/** Checks of a new or changed record set against the zone as the batch would leave it. */
const checks: readonly ZoneCheck[] = [
    ({ Name }, zone) =>
        Name === zone.name || Name.endsWith(`.${zone.name}`)
            ? undefined
            : `RRSet with DNS name ${Name} is not permitted in zone ${zone.name}`,

    // https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#CNAMEFormat
    ({ Name, Type }, zone) =>
        Type === "CNAME" && Name === zone.name
            ? `RRSet of type CNAME with DNS name ${Name} is not permitted at apex in zone ${zone.name}`
            : undefined,
    (record, zone) => {
        const conflicting = others(record, zone).find(
            (other) => other.Type !== record.Type && [other.Type, record.Type].includes("CNAME"),
        );
        if (conflicting === undefined) {
            return undefined;
        }
        const { Type, Name } = record;
        return Type === "CNAME"
            ? `RRSet of type CNAME with DNS name ${Name} is not permitted as it conflicts with other records with the same ` +
                  `DNS name in zone ${zone.name}`
            : `RRSet of type ${Type} with DNS name ${Name} is not permitted because a conflicting RRSet of type CNAME with ` +
                  `the same DNS name already exists in zone ${zone.name}`;
    },

    // https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html (SetIdentifier, Weight, Region ...)
    (record, zone) => {
        const policy = routingPolicyOf(record);
        const rivals = others(record, zone).filter(
            (other) => other.Type === record.Type && routingPolicyOf(other) !== policy,
        );
        if (rivals.length === 0) {
            return undefined;
        }
        return policy === "simple"
            ? `${nameOf(record)} cannot be created as other RRSets exist with the same name and type.`
            : `${nameOf(record)} cannot be created as a non-${policy} set exists with the same name and type.`;
    },
    (record, zone) => {
        const value = uniqueValueOf(record);
        const taken =
            value !== undefined &&
            others(record, zone).some((other) => other.Type === record.Type && uniqueValueOf(other) === value);
        return taken
            ? `${nameOf(record)}, and ${value} cannot be created because a ${routingPolicyOf(record)} RRSet with the same ` +
                  `name, type and ${routingMembersOf(record).join()} already exists.`
            : undefined;
    },

    // https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html
    ({ AliasTarget, Type }, zone) => {
        if (AliasTarget === undefined) {
            return undefined;
        }
        const target = AliasTarget.DNSName;
        const described = `Tried to create an alias that targets ${target}, type ${Type} in zone ${bareId(AliasTarget.HostedZoneId)}`;
        if (bareId(AliasTarget.HostedZoneId) !== zone.id) {
            return aliasTargets.some((pattern) => pattern.test(target))
                ? undefined
                : `${described}, but the alias target name does not lie within the target zone`;
        }
        return zone.records.some((other) => other.Name === target && other.Type === Type)
            ? undefined
            : `${described}, but that target was not found`;
    },
];

/** Why Route 53 would refuse a record set beside the others of its zone. */
export function zoneFaults(record: ResourceRecordSet, zone: ZoneState): string[] {
    return checks.map((check) => check(record, zone)).filter((fault) => fault !== undefined);
}

/** What every zone must keep. @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/SOA-NSrecords.html */
export function apexFaults(zone: ZoneState): string[] {
    const apex = zone.records.filter((record) => record.Name === zone.name).map((record) => record.Type);
    return [
        apex.includes("SOA") ? undefined : "A HostedZone must contain exactly one SOA record.",
        apex.includes("NS") ? undefined : "A HostedZone must contain at least one NS record for the zone itself.",
    ].filter((fault) => fault !== undefined);
}
