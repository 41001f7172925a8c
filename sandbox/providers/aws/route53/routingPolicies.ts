import { block, integer, list, set, text, type Inputs, type State } from "../../framework/properties";

/** The routing policies of a record as the provider takes them. */
export const policyProperties = {
    weightedRoutingPolicies: list(block({ weight: integer({ required: true }) })),
    latencyRoutingPolicies: list(block({ region: text({ required: true }) })),
    failoverRoutingPolicies: list(block({ type: text({ required: true, oneOf: ["PRIMARY", "SECONDARY"] }) })),
    geolocationRoutingPolicies: list(block({ continent: text(), country: text(), subdivision: text() })),
    geoproximityRoutingPolicy: block({
        awsRegion: text(),
        bias: integer(),
        coordinates: set(block({ latitude: text({ required: true }), longitude: text({ required: true }) })),
        localZoneGroup: text(),
    }),
    cidrRoutingPolicy: block({ collectionId: text({ required: true }), locationName: text({ required: true }) }),
};

type Policies = Inputs<typeof policyProperties>;

const names = [...Object.keys(policyProperties), "multivalueAnswerRoutingPolicy"];

/** A record has one routing policy at most, and a set identifier with it. */
export const routingPolicies = {
    conflicts: Object.fromEntries(names.map((name, index) => [name, names.slice(index + 1)])),
    needs: Object.fromEntries(names.map((name) => [name, ["setIdentifier"]])),
};

/** The policies in AWS's fields of a record set. */
export function policyParameters(inputs: Policies) {
    const geolocation = inputs.geolocationRoutingPolicies?.[0];
    const geoproximity = inputs.geoproximityRoutingPolicy;
    const cidr = inputs.cidrRoutingPolicy;
    const [coordinates] = geoproximity?.coordinates ?? [];
    return {
        Weight: inputs.weightedRoutingPolicies?.[0]?.weight,
        Region: inputs.latencyRoutingPolicies?.[0]?.region,
        Failover: inputs.failoverRoutingPolicies?.[0]?.type,
        GeoLocation:
            geolocation &&
            present({
                ContinentCode: geolocation.continent,
                CountryCode: geolocation.country,
                SubdivisionCode: geolocation.subdivision,
            }),
        GeoProximityLocation:
            geoproximity &&
            present({
                AWSRegion: geoproximity.awsRegion,
                Bias: geoproximity.bias,
                Coordinates: coordinates && { Latitude: coordinates.latitude, Longitude: coordinates.longitude },
                LocalZoneGroup: geoproximity.localZoneGroup,
            }),
        CidrRoutingConfig: cidr && { CollectionId: cidr.collectionId, LocationName: cidr.locationName },
    };
}

/** AWS's fields of a record set that hold its routing policy. */
export interface PolicyFields {
    readonly Weight?: number;
    readonly Region?: string;
    readonly Failover?: string;
    readonly GeoLocation?: {
        readonly ContinentCode?: string;
        readonly CountryCode?: string;
        readonly SubdivisionCode?: string;
    };
    readonly GeoProximityLocation?: {
        readonly AWSRegion?: string;
        readonly Bias?: number;
        readonly Coordinates?: { readonly Latitude: string; readonly Longitude: string };
        readonly LocalZoneGroup?: string;
    };
    readonly CidrRoutingConfig?: { readonly CollectionId: string; readonly LocationName: string };
}

/**
 * The policies of a record set as the provider keeps them.
 *
 * A policy that the record set does not have is left out, not emptied: the real provider does not notice its absence.
 */
export function policiesOf(found: PolicyFields): State<typeof policyProperties> {
    const { Weight, Region, Failover, GeoLocation, GeoProximityLocation: proximity, CidrRoutingConfig: cidr } = found;
    const coordinates = proximity?.Coordinates;
    return present({
        weightedRoutingPolicies: Weight === undefined ? undefined : [{ weight: Weight }],
        latencyRoutingPolicies: Region === undefined ? undefined : [{ region: Region }],
        failoverRoutingPolicies: Failover === undefined ? undefined : [{ type: Failover }],
        geolocationRoutingPolicies: GeoLocation && [
            {
                continent: GeoLocation.ContinentCode ?? "",
                country: GeoLocation.CountryCode ?? "",
                subdivision: GeoLocation.SubdivisionCode ?? "",
            },
        ],
        geoproximityRoutingPolicy: proximity && {
            awsRegion: proximity.AWSRegion ?? "",
            bias: proximity.Bias ?? 0,
            coordinates: coordinates && [{ latitude: coordinates.Latitude, longitude: coordinates.Longitude }],
            localZoneGroup: proximity.LocalZoneGroup ?? "",
        },
        cidrRoutingPolicy: cidr && { collectionId: cidr.CollectionId, locationName: cidr.LocationName },
    });
}

function present<Fields extends object>(fields: Fields): Fields {
    const entries = Object.entries(fields).filter(([, value]) => value !== undefined && value !== "");
    return Object.fromEntries(entries) as Fields;
}
