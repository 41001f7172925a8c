import type { ResourceRecordSet } from "../../models/route53";

/** The members of a record set that each stand for a routing policy, and the policy's name. */
export const routingMembers = {
    Weight: "weighted",
    Region: "latency",
    Failover: "failover",
    GeoLocation: "geolocation",
    MultiValueAnswer: "multivalue",
    GeoProximityLocation: "geoproximity",
    CidrRoutingConfig: "cidr",
} as const;

type RoutingMember = keyof typeof routingMembers;

/** The routing members that a record set has. */
export function routingMembersOf(record: ResourceRecordSet): RoutingMember[] {
    return (Object.keys(routingMembers) as RoutingMember[]).filter((member) => record[member] !== undefined);
}

/** The routing policy of a well-formed record set. */
export function routingPolicyOf(record: ResourceRecordSet): string {
    const [member] = routingMembersOf(record);
    return member === undefined ? "simple" : routingMembers[member];
}

/**
 * What may occur once only among the records of one name and type, by routing member.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html
 */
const uniqueValues: Partial<Record<RoutingMember, (record: ResourceRecordSet) => string>> = {
    Region: (record) => `region ${record.Region}`,
    Failover: (record) => `failover ${record.Failover}`,
    GeoLocation: ({ GeoLocation: place = {} }) =>
        `geolocation ${[place.ContinentCode, place.CountryCode, place.SubdivisionCode].filter(Boolean).join("-")}`,
    CidrRoutingConfig: ({ CidrRoutingConfig: network }) =>
        `location ${network?.LocationName} of CIDR collection ${network?.CollectionId}`,
};

/** The value of a record set that no other one of its name and type may have. */
export function uniqueValueOf(record: ResourceRecordSet): string | undefined {
    const [member] = routingMembersOf(record);
    return member === undefined ? undefined : uniqueValues[member]?.(record);
}
