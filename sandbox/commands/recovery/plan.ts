import type { Cloud, CloudRequest } from "../../cloud";
import { pendingCreations, type ExportedStack, type StateResource } from "./deployment";
import { locators } from "./locators";

/** What is to be done about creations that were cut off. */
export interface RecoveryPlan {
    /** Identifiers by URN; undefined for what does not exist. */
    readonly settled: ReadonlyMap<string, string | undefined>;
    /** What no state will know: to be removed from the cloud. */
    readonly leftovers: readonly CloudRequest[];
    /** Creations of types that nobody here knows how to look for. */
    readonly unknown: readonly StateResource[];
    /** What was found for each, for a person to read. */
    readonly report: readonly string[];
}

/**
 * Looks in the cloud for what creations that were cut off have made.
 *
 * @param isRecorded whether an identifier stands in the state of any stack: such a thing is nobody's leftover
 */
export async function planRecovery(
    stack: ExportedStack,
    cloud: Cloud,
    isRecorded: (id: string) => boolean,
): Promise<RecoveryPlan> {
    const recordedUrns = new Set((stack.deployment.resources ?? []).map(({ urn }) => urn));
    const settled = new Map<string, string | undefined>();
    const leftovers: CloudRequest[] = [];
    const unknown: StateResource[] = [];
    const report: string[] = [];

    for (const resource of pendingCreations(stack)) {
        const { urn, type, inputs = {} } = resource;
        const locator = locators[type];
        if (locator === undefined) {
            unknown.push(resource);
            report.push(`${urn}: expected a type that recovery can look for, got ${type}`);
            continue;
        }
        const isNew = !recordedUrns.has(urn) && !settled.has(urn);
        if (locator.kind === "nothing") {
            settled.set(urn, undefined);
            report.push(`${urn}: nothing to look for, as ${locator.because}`);
        } else if (locator.kind === "named") {
            const id = locator.id(inputs);
            settled.set(urn, isNew ? id : settled.get(urn));
            report.push(`${urn}: ${isNew ? `if it exists, it is ${id}: the refresh will tell` : "recorded already"}`);
        } else {
            const candidates = (await locator.find(cloud, inputs)).filter(({ id }) => !isRecorded(id));
            const adopted = isNew ? candidates[0] : undefined;
            const surplus = candidates.filter((candidate) => candidate !== adopted);
            settled.set(urn, adopted?.id ?? settled.get(urn));
            leftovers.push(...surplus.map(({ removal }) => removal));
            report.push(
                adopted === undefined ? `${urn}: was not created` : `${urn}: was created as ${adopted.id}`,
                ...surplus.map(({ id }) => `${urn}: was created once more as ${id}, which no stack knows`),
            );
        }
    }
    return { settled, leftovers: distinct(leftovers), unknown, report };
}

/** Two creations of the same resource find the same leftovers. */
function distinct(requests: readonly CloudRequest[]): CloudRequest[] {
    return [...new Map(requests.map((request) => [JSON.stringify(request), request])).values()];
}
