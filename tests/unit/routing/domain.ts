import { routing as routingSchema } from "../../../config/routing";
import { planRouting } from "../../../rules/routing/plan";
import { recordSetOf, type DeployedParts } from "../../../rules/routing/recordSets";
import type { ResourceRecordSet } from "../../../rules/routing/resourceRecordSet";
import type { RoutingSettings } from "../../../rules/routing/settings";
import { ask, type Answer, type Place, type Question } from "../../../rules/routing/simulator";

export const domainName = "iot.example.com";

const collection = "0f5c4d3e-1111-2222-3333-444455556666";

/** A domain's records as Route 53 would hold them, and the questions that can be put to them. */
export interface RoutedName {
    readonly recordSets: readonly ResourceRecordSet[];
    readonly regions: readonly string[];
    /** Everything that a place gets, as a region's name; `no answer` where there is none. */
    readonly regionFor: (place: Place, healthy?: readonly string[], random?: () => number) => string;
    readonly answerFor: (place: Place, healthy?: readonly string[], random?: () => number) => Answer | undefined;
}

export interface RoutedNameOptions {
    readonly drained?: readonly string[];
    /** @default the plan's own */
    readonly recordSets?: (recordSets: readonly ResourceRecordSet[]) => readonly ResourceRecordSet[];
}

/** Settings as the configuration gives them: with every default in place. */
export function settings(raw: unknown): RoutingSettings {
    return routingSchema.parse(raw);
}

export const checkOf = (region: string) => `check-${region}`;

export const dataEndpointOf = (region: string) => `a1b2c3d4e5f6g7-ats.iot.${region}.amazonaws.com`;

/** What AWS would add to a plan for those regions. */
export function deployedParts(regions: readonly string[]): DeployedParts {
    return {
        hostedZoneId: "Z0123456789ABCDEFGHIJ",
        dataEndpoints: Object.fromEntries(regions.map((region) => [region, dataEndpointOf(region)])),
        healthCheckIds: Object.fromEntries(regions.map((region) => [region, checkOf(region)])),
        cidrCollectionId: collection,
    };
}

/** Plans a domain and puts its records up for questions. */
export function routed(raw: unknown, regions: readonly string[], options: RoutedNameOptions = {}): RoutedName {
    const plan = planRouting({
        domainName,
        routing: settings(raw),
        regions: regions.map((name) => ({ name, drained: options.drained?.includes(name) ?? false })),
    });
    const planned = plan.records.map((record) => recordSetOf(record, deployedParts(regions)));
    const recordSets = options.recordSets?.(planned) ?? planned;
    const cidrBlocks = Object.fromEntries(plan.cidrLocations.map(({ name, cidrBlocks }) => [name, cidrBlocks]));
    const answerFor = (place: Place, healthy: readonly string[] = regions, random?: () => number) => {
        const question: Question = {
            name: domainName,
            place,
            random,
            healthyHealthChecks: new Set(healthy.map(checkOf)),
            cidrCollections: { [collection]: cidrBlocks },
        };
        return ask(recordSets, question);
    };
    return {
        recordSets,
        regions,
        answerFor,
        regionFor: (...question) => regionOf(answerFor(...question)?.endpoint),
    };
}

/** The region of a data endpoint. */
export function regionOf(endpoint: string | undefined): string {
    return endpoint?.split(".")[2] ?? "no answer";
}
