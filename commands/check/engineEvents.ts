import { readFileSync } from "node:fs";
import type { Changes } from "./finding";
import { foundResource, type Parents } from "./locator";

/** What the engine writes into its event log, as far as a check reads it. */
export interface EngineEvent {
    readonly policyEvent?: PolicyEvent;
    readonly diagnosticEvent?: { readonly urn?: string; readonly message: string; readonly severity: string };
    readonly summaryEvent?: { readonly resourceChanges?: Readonly<Record<string, number>> };
    readonly resourcePreEvent?: { readonly metadata: ResourceStep };
}

/** A violation that a policy pack reported. */
export interface PolicyEvent {
    readonly resourceUrn?: string;
    readonly message: string;
    readonly policyName: string;
    readonly enforcementLevel: string;
}

interface ResourceStep {
    readonly op: string;
    readonly urn: string;
    readonly new?: { readonly parent?: string } | null;
    readonly old?: { readonly parent?: string } | null;
}

/** Reads an event log: one JSON object a line. */
export function readEvents(file: string): EngineEvent[] {
    return readFileSync(file, "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as EngineEvent);
}

/** The components that resources belong to. */
export function parentsIn(events: readonly EngineEvent[]): Parents {
    return new Map(
        stepsIn(events).flatMap(({ urn, new: current, old }) => {
            const parent = current?.parent || old?.parent;
            return parent ? [[urn, parent] as const] : [];
        }),
    );
}

/** Steps of the engine that take something away which is there. */
const destroying: Readonly<Record<string, "replace" | "delete">> = { replace: "replace", delete: "delete" };

/** What a preview would change; `undefined` where it did not come to its end. */
export function changesIn(events: readonly EngineEvent[]): Changes | undefined {
    const counts = events.findLast(({ summaryEvent }) => summaryEvent !== undefined)?.summaryEvent?.resourceChanges;
    if (counts === undefined) {
        return undefined;
    }
    const { create = 0, update = 0, replace = 0, delete: deleted = 0, same = 0 } = counts;
    return {
        create,
        update,
        replace,
        delete: deleted,
        same,
        destroyed: stepsIn(events).flatMap(({ op, urn }) => {
            const operation = destroying[op];
            return operation === undefined ? [] : [{ ...foundResource(urn), operation }];
        }),
    };
}

function stepsIn(events: readonly EngineEvent[]): ResourceStep[] {
    return events.flatMap(({ resourcePreEvent }) => resourcePreEvent?.metadata ?? []);
}
