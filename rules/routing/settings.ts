import type { HealthCheckSettings } from "./healthChecks";

/**
 * How a domain's answers are chosen, as the configuration says it with every default in place.
 *
 * The names of regions are those of AWS; which of them serve the domain is told beside, in {@link RoutedRegion}.
 */
export type RoutingSettings =
    | SimpleRouting
    | WeightedRouting
    | LatencyRouting
    | FailoverRouting
    | GeolocationRouting
    | GeoproximityRouting
    | IpBasedRouting;

/** A region that serves the domain. */
export interface RoutedRegion {
    readonly name: string;
    /** Takes the region out of every answer, and leaves all else that it has in place. */
    readonly drained: boolean;
}

interface Answers {
    /** How long resolvers may keep an answer, in seconds. */
    readonly timeToLive: number;
}

interface CheckedAnswers extends Answers {
    readonly healthCheck: HealthCheckSettings;
}

/** One answer for everybody. */
export interface SimpleRouting extends Answers {
    readonly policy: "simple";
}

/** Answers in proportion to weights. */
export interface WeightedRouting extends CheckedAnswers {
    readonly policy: "weighted";
    /** From 0 to 255, by region. */
    readonly weights: Readonly<Record<string, number>>;
}

/** The region that answers fastest, as Route 53 has measured it. */
export interface LatencyRouting extends CheckedAnswers {
    readonly policy: "latency";
}

/** The first healthy region of a list. */
export interface FailoverRouting extends CheckedAnswers {
    readonly policy: "failover";
    readonly order: readonly string[];
}

/** A region by the place that the question comes from. */
export interface GeolocationRouting extends CheckedAnswers, WithFallbacks {
    readonly policy: "geolocation";
    /** Answers every place that has no location of its own, and addresses that Route 53 cannot place. */
    readonly default: string;
    /** By region: continents (`EU`), countries (`country:TR`) and states (`state:US-CA`). */
    readonly locations: Readonly<Record<string, readonly string[]>>;
}

/** The nearest region, by distance on the globe. */
export interface GeoproximityRouting extends CheckedAnswers {
    readonly policy: "geoproximity";
    /** From -99 to 99, by region: how far to grow (above 0) or shrink (below 0) the area that a region answers. */
    readonly bias: Readonly<Record<string, number>>;
}

/** A region by the network that the question comes from. */
export interface IpBasedRouting extends CheckedAnswers, WithFallbacks {
    readonly policy: "ip-based";
    /** Answers every network that has no location. */
    readonly default: string;
    /** By region and by a location's own name: CIDR blocks. */
    readonly locations: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Policies whose locations may each have regions that stand in, in order. */
export interface WithFallbacks {
    /** By region, or by location where one is to differ, or `default`: the regions that stand in, the first healthy one answers. */
    readonly fallbacks: Readonly<Record<string, readonly string[]>>;
}

/** The key under which the fallbacks of the default answer stand, where they differ from those of its region. */
export const defaultFallbacks = "default";
