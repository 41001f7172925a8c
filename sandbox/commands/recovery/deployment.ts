/** A resource as a stack's state has it, as far as recovery reads it. */
export interface StateResource {
    readonly urn: string;
    readonly type: string;
    readonly id?: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
    readonly outputs?: Readonly<Record<string, unknown>>;
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

/**
 * The state with creations settled: those with an identifier become resources, the others are forgotten.
 *
 * A resource is given its inputs for outputs, as nothing more is known; a refresh then reads it, and drops it from the
 * state where there is no such thing. Creations that `settled` does not name stay pending.
 *
 * This is what `pulumi refresh --import-pending-creates` is for; as of 3.192 that forgets the creation and records
 * nothing.
 *
 * @param settled identifiers by URN; undefined for what does not exist
 */
export function settleCreations(stack: ExportedStack, settled: ReadonlyMap<string, string | undefined>): ExportedStack {
    const { resources = [], pending_operations: pending = [], ...rest } = stack.deployment;
    const isSettled = ({ type, resource }: PendingOperation) => type === "creating" && settled.has(resource.urn);
    const adopted = pending.filter(isSettled).flatMap(({ resource }) => {
        const id = settled.get(resource.urn);
        return id === undefined ? [] : [{ ...resource, id, outputs: resource.inputs }];
    });
    return {
        ...stack,
        deployment: {
            ...rest,
            resources: [...resources, ...adopted],
            pending_operations: pending.filter((operation) => !isSettled(operation)),
        },
    };
}
