import { contains, defaultCidrLocation, parseCidrBlock } from "./cidrBlocks";
import { continentOf } from "./locations";
import type { GeoLocation, ResourceRecordSet, RoutingFields } from "./resourceRecordSet";

/** Where a question comes from; what is left out, Route 53 does not know. */
export interface Place {
    /** @default the continent that Route 53 counts the country to */
    readonly continent?: string;
    /** ISO 3166-1 alpha-2. */
    readonly country?: string;
    /** State of the United States. */
    readonly subdivision?: string;
    /** The network that asks: the client's where its resolver tells, else the resolver's. */
    readonly sourceIp?: string;
    /** To each region, in milliseconds or any other unit. */
    readonly latencies?: Readonly<Record<string, number>>;
    /** To each region, in kilometres or any other unit. */
    readonly distances?: Readonly<Record<string, number>>;
}

/** What decides which record of a group comes first. */
export interface Preferences {
    readonly place: Place;
    /** For weights: from 0 to below 1. @default always 0 */
    readonly random?: () => number;
    /** The blocks of each location, by the identifier of the CIDR collection. */
    readonly cidrCollections?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

type Records = readonly ResourceRecordSet[];
type Ordering = (records: Records, preferences: Preferences) => Records;

/** The member that tells a record's policy, and how records of that policy are ordered. */
const orderings: ReadonlyArray<readonly [keyof RoutingFields, Ordering]> = [
    ["Weight", weighted],
    ["Region", (records, { place }) => nearest(records, ({ Region = "" }) => place.latencies?.[Region])],
    ["Failover", (records) => nearest(records, ({ Failover }) => (Failover === "PRIMARY" ? 0 : 1))],
    ["GeoLocation", (records, { place }) => bySmallestLocation(records, place)],
    ["GeoProximityLocation", (records, { place }) => nearest(records, (record) => biasedDistance(record, place))],
    ["CidrRoutingConfig", byLongestPrefix],
    ["MultiValueAnswer", weighted],
];

/**
 * The records of one name and type that may answer, the first choice first.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html
 */
export function candidatesOf(records: Records, preferences: Preferences): Records {
    const ordering = orderings.find(([member]) => records[0]?.[member] !== undefined)?.[1];
    return ordering === undefined ? records : ordering(records, preferences);
}

/** Ascending by a measure; records that have none come last. */
function nearest(records: Records, measure: (record: ResourceRecordSet) => number | undefined): Records {
    const of = (record: ResourceRecordSet) => measure(record) ?? Number.MAX_VALUE;
    return [...records].sort((one, other) => of(one) - of(other));
}

/**
 * Draws one record after the other; those of weight 0 come after all others, unless all have it.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html
 */
function weighted(records: Records, preferences: Preferences): Records {
    const heavy = records.filter(({ Weight = 1 }) => Weight > 0);
    const weightless = records.filter((record) => !heavy.includes(record));
    return [...draw(heavy, ({ Weight = 1 }) => Weight, preferences), ...draw(weightless, () => 1, preferences)];
}

function draw(records: Records, weightOf: (record: ResourceRecordSet) => number, preferences: Preferences): Records {
    const total = records.reduce((sum, record) => sum + weightOf(record), 0);
    let point = (preferences.random?.() ?? 0) * total;
    const drawn = records.find((record) => (point -= weightOf(record)) < 0);
    return drawn === undefined
        ? []
        : [
              drawn,
              ...draw(
                  records.filter((record) => record !== drawn),
                  weightOf,
                  preferences,
              ),
          ];
}

/**
 * State, country, continent, default: as far as the place has records for them.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-geo.html
 */
function bySmallestLocation(records: Records, place: Place): Records {
    const { country, subdivision, continent = country && continentOf(country) } = place;
    const larger: GeoLocation[] = [
        { CountryCode: country, SubdivisionCode: subdivision },
        { CountryCode: country },
        { ContinentCode: continent },
        { CountryCode: "*" },
    ];
    const locationText = ({ ContinentCode, CountryCode, SubdivisionCode }: GeoLocation) =>
        [ContinentCode, CountryCode, SubdivisionCode].join("/");
    const order = [...new Set(larger.map(locationText))];
    return order.flatMap((text) => records.filter(({ GeoLocation: location = {} }) => locationText(location) === text));
}

/** @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-geoproximity.html#routing-policy-geoproximity-bias */
function biasedDistance({ GeoProximityLocation: location }: ResourceRecordSet, place: Place): number | undefined {
    const distance = place.distances?.[location?.AWSRegion ?? ""];
    const bias = location?.Bias ?? 0;
    if (distance === undefined) {
        return undefined;
    }
    return bias >= 0 ? distance * (1 - bias / 100) : distance / (1 + bias / 100);
}

/**
 * The longest block that holds the address, shorter ones, and the default location.
 *
 * AWS says what the first choice is, and not what follows when it is unhealthy; that the shorter blocks and the default
 * follow is by analogy with geolocation, and nothing that this project plans relies on it.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-ipbased.html
 */
function byLongestPrefix(records: Records, { place, cidrCollections }: Preferences): Records {
    const prefixOf = ({ CidrRoutingConfig: config }: ResourceRecordSet): number | undefined => {
        if (config === undefined || config.LocationName === defaultCidrLocation) {
            return config && 0;
        }
        const texts = cidrCollections?.[config.CollectionId]?.[config.LocationName] ?? [];
        const lengths = texts
            .map(parseCidrBlock)
            .flatMap((block) => (block && contains(block, place.sourceIp ?? "") ? [block.prefixLength] : []));
        return lengths.length === 0 ? undefined : Math.max(...lengths);
    };
    return nearest(
        records.filter((record) => prefixOf(record) !== undefined),
        (record) => -(prefixOf(record) ?? 0),
    );
}
