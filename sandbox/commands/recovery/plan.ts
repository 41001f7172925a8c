import type { Cloud } from "../../cloud";
import type { RecordedResource } from "../../engine/state";
import { leftover, pendingCreations, plainInputs, type ExportedStack, type StateResource } from "./deployment";
import { locatorOf, type Inputs, type Locator } from "./locators";

type Findable = Exclude<Locator, { kind: "unfindable" }>;

/** What is to be done about creations that were cut off. */
export interface RecoveryPlan {
    /** The resources whose creations are understood. */
    readonly settled: readonly StateResource[];
    /** What they have made, or may have made: a refresh tells. */
    readonly adopted: readonly StateResource[];
    /** Creations of types that recovery cannot look for. */
    readonly unknown: readonly StateResource[];
    /** What was found for each, for a person to read. */
    readonly report: readonly string[];
}

/**
 * Looks in the cloud for what creations that were cut off have made.
 *
 * The first thing that a creation may have made becomes its resource. Where the stack has that resource already, because
 * it was deployed again without recovery, and where there is more than one thing, it becomes a resource beside it.
 *
 * @param recorded what stacks have: such a thing is nobody's leftover
 * @param shown the same stack with its secrets in the clear, which things may be known by
 */
export async function planRecovery(
    stack: ExportedStack,
    cloud: Cloud,
    recorded: readonly RecordedResource[],
    shown = stack,
): Promise<RecoveryPlan> {
    const urns = new Set((stack.deployment.resources ?? []).map(({ urn }) => urn));
    const settled: StateResource[] = [];
    const adopted: StateResource[] = [];
    const unknown: StateResource[] = [];
    const report: string[] = [];

    const known = new Set(recorded.map(identityOf));
    const inputs = pendingCreations(shown).map(plainInputs);
    for (const [index, resource] of pendingCreations(stack).entries()) {
        const { urn, type, custom } = resource;
        const locator = locatorOf(type, custom);
        if (locator.kind === "unfindable") {
            unknown.push(resource);
            report.push(`${urn}: expected a type that recovery can look for, got ${type}: ${locator.because}`);
            continue;
        }
        settled.push(resource);
        const isKnown = (id: string) =>
            known.has(identityOf({ ...resource, id })) ||
            adopted.some((other) => identityOf(other) === identityOf({ ...resource, id }));
        const identifiers = (await identifiersOf(locator, cloud, inputs[index] ?? {})).filter((id) => !isKnown(id));
        for (const id of identifiers) {
            const isNew = !urns.has(urn);
            urns.add(urn);
            adopted.push(isNew ? { ...resource, id } : leftover(resource, id, adopted.length));
            report.push(`${urn}: ${isNew ? "" : "once more, to be deleted with the next deployment: "}${id}`);
        }
        if (identifiers.length === 0) {
            report.push(`${urn}: ${locator.kind === "nothing" ? locator.because : "was not created"}`);
        }
    }
    return { settled, adopted, unknown, report };
}

/** A name is unique in its region only. */
function identityOf({ type, id, inputs }: RecordedResource): string {
    return JSON.stringify([type, inputs?.["region"], id]);
}

async function identifiersOf(locator: Findable, cloud: Cloud, inputs: Inputs): Promise<string[]> {
    switch (locator.kind) {
        case "named":
            return [locator.id(inputs)];
        case "searched":
            return locator.find(cloud, inputs);
        case "nothing":
            return [];
    }
}
