import type { DomainOutput } from "../../outputs/contract";
import { planRouting, servingRegions } from "../../rules/routing/plan";
import { isChecked } from "../../rules/routing/plannedRecord";
import { recordSetOf } from "../../rules/routing/recordSets";
import type { ResourceRecordSet } from "../../rules/routing/resourceRecordSet";
import type { RoutingSettings } from "../../rules/routing/settings";
import { ask, type Place, type Question } from "../../rules/routing/simulator";

/** What may be answered, as far as the stack's outputs tell. */
export interface ExpectedAnswers {
    /** Seconds. */
    readonly timeToLive: number;
    /** The regions that a health check can take out of the answers. */
    readonly checkedRegions: readonly string[];
    /**
     * The regions that may be answered at a place while some are unhealthy; empty where no answer is right.
     *
     * More than one where weights draw lots, and where Route 53's own measurements decide.
     */
    readonly regionsFor: (place: Place, unhealthy: ReadonlySet<string>) => ReadonlySet<string>;
    /** Whether the place decides. */
    readonly isByPlace: boolean;
}

/** What leaves it open which of several regions answers, and how to have each one answer once. */
type Leeway = (group: readonly ResourceRecordSet[], regions: readonly string[]) => ReadonlyArray<Partial<Question>>;

const none: Leeway = () => [{}];

const nearestIs =
    (measure: "latencies" | "distances"): Leeway =>
    (_, regions) =>
        regions.map((nearest) => ({
            place: { [measure]: Object.fromEntries(regions.map((region) => [region, region === nearest ? 0 : 1])) },
        }));

/** Numbers that have each record drawn first among those with a weight, and each among those without. */
const eachDrawn: Leeway = (group) => {
    const weights = group.map(({ Weight = 0 }) => Weight);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const weightless = weights.filter((weight) => weight === 0).length;
    const ends = weights.map((_, index) => weights.slice(0, index + 1).reduce((sum, weight) => sum + weight, 0));
    return [
        ...weights.flatMap((weight, index) => (weight === 0 ? [] : [((ends[index] ?? 0) - weight / 2) / total])),
        ...Array.from({ length: weightless }, (_, index) => (index + 0.5) / weightless),
    ].map((number) => ({ random: () => number }));
};

const leeways: Readonly<Record<RoutingSettings["policy"], Leeway>> = {
    simple: none,
    failover: none,
    geolocation: none,
    "ip-based": none,
    weighted: eachDrawn,
    latency: nearestIs("latencies"),
    geoproximity: nearestIs("distances"),
};

const unknownCollection = "collection";

/** What the outputs promise of a domain's answers; `undefined` for outputs that say nothing of its routing. */
export function expectedAnswers({ domainName, ...domain }: DomainOutput): ExpectedAnswers | undefined {
    const { routing } = domain;
    const regions = Object.entries(domain.regions).map(([name, { drained = false }]) => ({ name, drained }));
    const serving = servingRegions(regions);
    if (routing === undefined || serving.length === 0) {
        return undefined;
    }
    const plan = planRouting({ domainName, routing, regions });
    // Each region stands for its own endpoint and health check, so that an answer tells the region.
    const byRegion = Object.fromEntries(regions.map(({ name }) => [name, name]));
    const cidrCollectionId = domain.cidrCollectionId ?? unknownCollection;
    const parts = {
        hostedZoneId: domain.hostedZone?.zoneId ?? "",
        dataEndpoints: byRegion,
        healthCheckIds: isChecked(routing) ? byRegion : {},
        cidrCollectionId,
    };
    const recordSets = plan.records.map((record) => recordSetOf(record, parts));
    const blocks = Object.fromEntries(plan.cidrLocations.map(({ name, cidrBlocks }) => [name, cidrBlocks]));
    const group = recordSets.filter(({ Weight }) => Weight !== undefined);
    const leeway = leeways[routing.policy](group, serving);
    return {
        timeToLive: routing.timeToLive,
        checkedRegions: isChecked(routing) ? serving : [],
        isByPlace: !["simple", "failover", "weighted"].includes(routing.policy),
        regionsFor: (place, unhealthy) => {
            const healthyHealthChecks = new Set(Object.keys(byRegion).filter((region) => !unhealthy.has(region)));
            const answers = leeway.map((open) =>
                ask(recordSets, {
                    name: domainName,
                    healthyHealthChecks,
                    cidrCollections: { [cidrCollectionId]: blocks },
                    ...open,
                    place: { ...place, ...open.place },
                }),
            );
            return new Set(answers.flatMap((answer) => answer?.endpoint ?? []));
        },
    };
}
