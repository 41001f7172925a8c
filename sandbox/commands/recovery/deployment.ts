import { openSecrets } from "../../engine/secrets";

/** A resource as a stack's state has it, as far as recovery reads it. */
export interface StateResource {
    readonly urn: string;
    readonly type: string;
    /** False for components and for the stack itself, whose creation can be cut off as well. */
    readonly custom?: boolean;
    readonly id?: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
    readonly outputs?: Readonly<Record<string, unknown>>;
    readonly protect?: boolean;
    readonly retainOnDelete?: boolean;
}

/** What the engine had begun and not seen the end of. */
export interface PendingOperation {
    readonly resource: StateResource;
    /** `creating`, `updating`, `deleting` or `reading`. */
    readonly type: string;
}

/** What `pulumi stack export` writes. */
export interface ExportedStack {
    readonly deployment: {
        readonly resources?: readonly StateResource[];
        readonly pending_operations?: readonly PendingOperation[];
    };
}

/** The creations that nobody knows the end of. */
export function pendingCreations(stack: ExportedStack): StateResource[] {
    const pending = stack.deployment.pending_operations ?? [];
    return pending.filter(({ type }) => type === "creating").map(({ resource }) => resource);
}

/** What a resource was created with, as far as the export shows its secrets. */
export function plainInputs({ inputs = {} }: StateResource): Readonly<Record<string, unknown>> {
    return openSecrets(inputs, undefined) as Readonly<Record<string, unknown>>;
}

/**
 * The state with creations settled: what they may have made becomes a resource, and they are pending no more.
 *
 * A resource is given its inputs for outputs, as nothing more is known; a refresh then reads it, and drops it from the
 * state where there is no such thing.
 *
 * This is what `pulumi refresh --import-pending-creates` is for; as of 3.192 that forgets the creation and records
 * nothing.
 *
 * @param settled the creations of these resources; others stay pending
 * @param adopted what they may have made, with identifiers
 */
export function settleCreations(
    stack: ExportedStack,
    settled: readonly StateResource[],
    adopted: readonly StateResource[],
): ExportedStack {
    const { resources = [], pending_operations: pending = [], ...rest } = stack.deployment;
    return {
        ...stack,
        deployment: {
            ...rest,
            resources: [...resources, ...adopted.map((resource) => ({ ...resource, outputs: resource.inputs }))],
            pending_operations: pending.filter(({ resource }) => !settled.includes(resource)),
        },
    };
}

/**
 * A resource beside the one of the same name that the stack has: not being part of the program, it is deleted with the
 * next deployment, protected or not.
 */
export function leftover(resource: StateResource, id: string, index: number): StateResource {
    const urn = `${resource.urn}-left-over-${index}`;
    return { ...resource, urn, id, protect: false, retainOnDelete: false };
}
