import { listedName, type ResourceRecordSet } from "../../rules/routing/resourceRecordSet";
import { ask, type Place } from "../../rules/routing/simulator";
import type { TrailEntry } from "../../sandbox/cloud";

/** Places that every policy treats in a way of its own. */
const places: readonly Place[] = [
    { country: "DE", latencies: { "us-east-1": 90, "eu-central-1": 10, "ap-southeast-1": 160 } },
    { country: "JP", latencies: { "us-east-1": 150, "eu-central-1": 220, "ap-southeast-1": 70 } },
    { country: "US", subdivision: "CA", latencies: { "us-east-1": 60, "eu-central-1": 150, "ap-southeast-1": 170 } },
    {},
];

interface Change {
    readonly Action: "CREATE" | "UPSERT" | "DELETE";
    readonly ResourceRecordSet: ResourceRecordSet;
}

/** What a name answered after each change of its zone, at every place. */
export interface AnswersAtAMoment {
    /** The changes that led there: `UPSERT iot.example.com`. */
    readonly after: string;
    /** An endpoint for each place; `undefined` is no answer. */
    readonly endpoints: readonly (string | undefined)[];
}

/** Replays a trail: what a name answered after each change, from its first answer on. */
export function answersThroughout(name: string, trail: readonly TrailEntry[]): AnswersAtAMoment[] {
    const records = new Map<string, ResourceRecordSet>();
    const moments: AnswersAtAMoment[] = [];
    for (const { operation, outcome, parameters } of trail) {
        if (operation !== "ChangeResourceRecordSets" || outcome !== "ok") {
            continue;
        }
        const { Changes } = parameters.ChangeBatch as { readonly Changes: readonly Change[] };
        Changes.forEach((change) => apply(change, records));
        const endpoints = places.map((place) => endpointFor(name, place, [...records.values()]));
        if (moments.length > 0 || endpoints.some((endpoint) => endpoint !== undefined)) {
            const words = Changes.map(({ Action, ResourceRecordSet }) => `${Action} ${ResourceRecordSet.Name}`);
            moments.push({ after: words.join(", "), endpoints });
        }
    }
    return moments;
}

function apply({ Action, ResourceRecordSet: record }: Change, records: Map<string, ResourceRecordSet>): void {
    const key = [listedName(record.Name), record.Type, record.SetIdentifier].join(" ");
    if (Action === "DELETE") {
        records.delete(key);
    } else {
        records.set(key, record);
    }
}

function endpointFor(name: string, place: Place, recordSets: readonly ResourceRecordSet[]): string | undefined {
    const checks = recordSets.flatMap(({ HealthCheckId }) => HealthCheckId ?? []);
    return ask(recordSets, { name, place, healthyHealthChecks: new Set(checks) })?.endpoint;
}
