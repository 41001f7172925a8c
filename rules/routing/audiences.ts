import { defaultCidrLocation } from "./cidrBlocks";
import { defaultLocation, parseLocation } from "./locations";
import type { RoutingFields } from "./resourceRecordSet";
import { defaultFallbacks, type RoutingSettings, type WithFallbacks } from "./settings";

/** Some of those who ask, told apart by the routing policy, and the regions that answer them. */
export interface Audience {
    /** Tells the audience from the others of its domain, in letters, digits and hyphens. */
    readonly key: string;
    /**
     * Made of the location or the region alone and never of a position, because Route 53 knows a record by it: an
     * identifier that moves is a record deleted and another one created.
     */
    readonly setIdentifier: string;
    readonly routing: RoutingFields;
    /** The first healthy one answers; none of them is drained, and there is at least one. */
    readonly regions: readonly string[];
}

/** The policies that tell audiences apart; `simple` and `failover` answer everybody alike. */
export type AudiencePolicy = Exclude<RoutingSettings["policy"], "simple" | "failover">;

type Settings<Policy extends RoutingSettings["policy"]> = Extract<RoutingSettings, { policy: Policy }>;

type AudiencesByPolicy = {
    readonly [Policy in AudiencePolicy]: (routing: Settings<Policy>, serving: readonly string[]) => Audience[];
};

const audiencesByPolicy: AudiencesByPolicy = {
    weighted: ({ weights }, serving) =>
        serving.flatMap((region) =>
            weights[region] === undefined ? [] : regional(region, { Weight: weights[region] }),
        ),
    latency: (_, serving) => serving.flatMap((region) => regional(region, { Region: region })),
    geoproximity: ({ bias }, serving) =>
        serving.flatMap((region) =>
            regional(region, { GeoProximityLocation: { AWSRegion: region, Bias: bias[region] ?? 0 } }),
        ),
    geolocation: (routing) => [
        ...Object.entries(routing.locations).flatMap(([region, locations]) =>
            locations.map((location) => ({
                key: /^[A-Z]{2}$/.test(location)
                    ? `continent-${location.toLowerCase()}`
                    : location.toLowerCase().replace(":", "-"),
                setIdentifier: location,
                routing: { GeoLocation: parseLocation(location) },
                regions: [region, ...fallbacksOf(routing, location, region)],
            })),
        ),
        defaultAudience(routing, "default", { GeoLocation: defaultLocation }),
    ],
    "ip-based": (routing) => [
        ...Object.entries(routing.locations).flatMap(([region, locations]) =>
            Object.keys(locations).map((location) => ({
                key: `location-${location}`,
                setIdentifier: location,
                routing: { CidrRoutingConfig: { LocationName: location } },
                // AWS documents no fallback from a location to the default location here, as it does for geolocation.
                regions: [region, ...fallbacksOf(routing, location, region), routing.default],
            })),
        ),
        defaultAudience(routing, "*", { CidrRoutingConfig: { LocationName: defaultCidrLocation } }),
    ],
};

/**
 * Who is answered by which regions.
 *
 * An audience whose regions are all drained is left out: Route 53 then answers it as the next larger one.
 */
export function audiencesOf(routing: Settings<AudiencePolicy>, serving: readonly string[]): Audience[] {
    const audiences = audiencesByPolicy[routing.policy] as (
        routing: RoutingSettings,
        serving: readonly string[],
    ) => Audience[];
    return audiences(routing, serving)
        .map((audience) => ({ ...audience, regions: answering(audience.regions, serving, routing) }))
        .filter(({ regions }) => regions.length > 0);
}

/** The regions of a list that may answer, in its order, each once; only the first one where no health check moves on. */
export function answering(
    list: readonly string[],
    serving: readonly string[],
    routing: { readonly healthCheck: { readonly type: string } },
): string[] {
    const regions = [...new Set(list)].filter((region) => serving.includes(region));
    return routing.healthCheck.type === "none" ? regions.slice(0, 1) : regions;
}

/** The regions that stand in for a region at one location. */
export function fallbacksOf({ fallbacks }: WithFallbacks, location: string, region: string): readonly string[] {
    const key = [location, region].find((each) => Object.hasOwn(fallbacks, each));
    return (key === undefined ? undefined : fallbacks[key]) ?? [];
}

function regional(region: string, routing: RoutingFields): Audience[] {
    return [{ key: region, setIdentifier: region, routing, regions: [region] }];
}

function defaultAudience(
    routing: Settings<"geolocation" | "ip-based">,
    setIdentifier: string,
    fields: RoutingFields,
): Audience {
    const regions = [routing.default, ...fallbacksOf(routing, defaultFallbacks, routing.default)];
    return { key: "default", setIdentifier, routing: fields, regions };
}
