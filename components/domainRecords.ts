import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { planRouting, type PlannedCidrLocation } from "../rules/routing/plan";
import { isEndpoint, type RecordTarget } from "../rules/routing/plannedRecord";
import type { RoutingFields } from "../rules/routing/resourceRecordSet";
import type { RoutedRegion, RoutingSettings } from "../rules/routing/settings";
import { cidrMoveGuard, type CidrInputs } from "./cidrMoveGuard";

/** A region that the domain's records may point to. */
export interface RecordRegion extends RoutedRegion {
    /** Host name of the region's `iot:Data-ATS` endpoint. */
    readonly dataEndpoint: pulumi.Input<string>;
    /** The domain configuration: devices are sent to a region only once it knows the name. */
    readonly domainConfiguration?: pulumi.Resource;
}

/** What {@link DomainRecords} needs to know. */
export interface DomainRecordsArgs {
    readonly zoneId: pulumi.Input<string>;
    readonly domainName: string;
    readonly routing: RoutingSettings;
    readonly regions: readonly RecordRegion[];
    /** By region; a region without one counts as healthy. */
    readonly healthCheckIds: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * The DNS records of a domain, as rules/routing plans them.
 *
 * A record is made after those that it points to, and goes before them; so Route 53 never sees an alias without a target,
 * and while the policy changes, the domain name answers all the time.
 */
export class DomainRecords extends pulumi.ComponentResource {
    /** Absent where no record asks for networks. */
    public readonly cidrCollectionId?: pulumi.Output<string>;

    public constructor(name: string, args: DomainRecordsArgs, options?: pulumi.ComponentResourceOptions) {
        const plan = planRouting(args);
        const { cidrLocations } = plan;
        const guarded = cidrLocations.length > 0;
        const inputs: Partial<CidrInputs> = guarded ? { cidrLocations } : {};
        super("iot-domains:index:DomainRecords", name, inputs, {
            ...options,
            ...(guarded && { hooks: cidrMoveGuard(`${name}-cidr-move-guard`) }),
        });
        const cidr = cidrCollection(name, cidrLocations, { parent: this });
        const byName = new Map<string, route53.Record[]>();

        for (const planned of plan.records) {
            const record = new route53.Record(
                `${name}-${planned.key}`,
                {
                    zoneId: args.zoneId,
                    name: planned.name,
                    type: planned.type,
                    setIdentifier: planned.setIdentifier,
                    ...routingArguments(planned.routing, cidr.collectionId),
                    ...targetArguments(planned.target, args),
                },
                { parent: this, dependsOn: [...cidr.locations, ...neededBy(planned.target, args, byName)] },
            );
            byName.set(planned.name, [...(byName.get(planned.name) ?? []), record]);
        }
        this.cidrCollectionId = cidr.collectionId;
        this.registerOutputs();
    }
}

interface CidrCollection {
    /** Absent where no record asks for networks. */
    readonly collectionId?: pulumi.Output<string>;
    readonly locations: readonly route53.CidrLocation[];
}

function cidrCollection(
    name: string,
    locations: readonly PlannedCidrLocation[],
    options: pulumi.CustomResourceOptions,
): CidrCollection {
    if (locations.length === 0) {
        return { locations: [] };
    }
    const collection = new route53.CidrCollection(`${name}-networks`, {}, options);
    const made: route53.CidrLocation[] = [];
    for (const location of locations) {
        made.push(
            new route53.CidrLocation(
                `${name}-network-${location.name}`,
                { cidrCollectionId: collection.id, name: location.name, cidrBlocks: [...location.cidrBlocks] },
                // A change names the collection's version, and every change makes a new one: two at a time collide.
                { ...options, dependsOn: made.slice(-1) },
            ),
        );
    }
    return { collectionId: collection.id, locations: made };
}

type Routing = Partial<route53.RecordArgs>;

/** How the provider spells each routing policy. */
function routingArguments(routing: RoutingFields, collectionId: pulumi.Input<string> = ""): Routing {
    const { Weight, Region, Failover, GeoLocation, GeoProximityLocation, CidrRoutingConfig } = routing;
    return {
        ...(Weight !== undefined && { weightedRoutingPolicies: [{ weight: Weight }] }),
        ...(Region !== undefined && { latencyRoutingPolicies: [{ region: Region }] }),
        ...(Failover !== undefined && { failoverRoutingPolicies: [{ type: Failover }] }),
        ...(GeoLocation && {
            geolocationRoutingPolicies: [
                {
                    continent: GeoLocation.ContinentCode,
                    country: GeoLocation.CountryCode,
                    subdivision: GeoLocation.SubdivisionCode,
                },
            ],
        }),
        ...(GeoProximityLocation && {
            geoproximityRoutingPolicy: { awsRegion: GeoProximityLocation.AWSRegion, bias: GeoProximityLocation.Bias },
        }),
        ...(CidrRoutingConfig && {
            cidrRoutingPolicy: { collectionId, locationName: CidrRoutingConfig.LocationName },
        }),
    };
}

function targetArguments(target: RecordTarget, { zoneId, regions, healthCheckIds }: DomainRecordsArgs): Routing {
    if (!isEndpoint(target)) {
        const { aliasName, evaluateTargetHealth } = target;
        return { aliases: [{ name: aliasName, zoneId, evaluateTargetHealth }] };
    }
    return {
        ttl: target.timeToLive,
        records: [regionOf(target.region, regions).dataEndpoint],
        healthCheckId: target.healthCheckRegion === undefined ? undefined : healthCheckIds[target.healthCheckRegion],
    };
}

/** What must be there before a record may point to its target. */
function neededBy(
    target: RecordTarget,
    { regions }: DomainRecordsArgs,
    byName: ReadonlyMap<string, readonly route53.Record[]>,
): readonly pulumi.Resource[] {
    if (!isEndpoint(target)) {
        return byName.get(target.aliasName) ?? [];
    }
    const { domainConfiguration } = regionOf(target.region, regions);
    return domainConfiguration === undefined ? [] : [domainConfiguration];
}

function regionOf(name: string, regions: readonly RecordRegion[]): RecordRegion {
    const region = regions.find((each) => each.name === name);
    if (region === undefined) {
        throw new Error(`a record points to ${name}, which is none of ${regions.map((each) => each.name).join(", ")}`);
    }
    return region;
}
