/**
 * A record set as Route 53's API speaks of it, as far as routing goes.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html
 */
export interface ResourceRecordSet extends RoutingFields<CidrRoutingConfig> {
    readonly Name: string;
    readonly Type: string;
    readonly SetIdentifier?: string;
    /** Seconds. */
    readonly TTL?: number;
    readonly ResourceRecords?: readonly { readonly Value: string }[];
    readonly AliasTarget?: AliasTarget;
    readonly HealthCheckId?: string;
}

/** The members of which a record set has one at most: it tells the routing policy. */
export interface RoutingFields<Cidr = Pick<CidrRoutingConfig, "LocationName">> {
    readonly Weight?: number;
    /** The region of latency routing. */
    readonly Region?: string;
    readonly Failover?: string;
    readonly GeoLocation?: GeoLocation;
    readonly GeoProximityLocation?: GeoProximityLocation;
    readonly CidrRoutingConfig?: Cidr;
    readonly MultiValueAnswer?: boolean;
}

/** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html */
export interface AliasTarget {
    readonly HostedZoneId: string;
    readonly DNSName: string;
    readonly EvaluateTargetHealth: boolean;
}

/** A continent, a country (`*` is the default) or a country's subdivision. */
export interface GeoLocation {
    readonly ContinentCode?: string;
    readonly CountryCode?: string;
    readonly SubdivisionCode?: string;
}

/** Where a resource is, and how far the area that it answers is grown or shrunk. */
export interface GeoProximityLocation {
    readonly AWSRegion?: string;
    readonly Bias?: number;
}

/** A location of a CIDR collection; `*` is the default. */
export interface CidrRoutingConfig {
    readonly CollectionId: string;
    readonly LocationName: string;
}

/** A name as Route 53 lists it: lower case, with a trailing dot. */
export function listedName(name: string): string {
    return `${name.toLowerCase().replace(/\.$/, "")}.`;
}
