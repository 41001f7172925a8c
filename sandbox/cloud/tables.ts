import type { Store } from "./store";

/** Services that have one state for all regions of a partition. */
const globalServices: ReadonlySet<string> = new Set(["iam", "route53", "sts"]);

/** The name under which the state of global services is kept. */
export const globalRegion = "aws-global";

/** What one service keeps of one kind. */
export interface TableDefinition<Value> {
    readonly service: string;
    readonly type: string;
    /**
     * Whether its entries are things that the account's owner made and must delete, which `Cloud.resources` lists.
     *
     * @default true
     */
    readonly listed?: boolean;
    /** Carries the type of the values; never set. */
    readonly value?: Value;
}

/** Declares a table. */
export function defineTable<Value>(service: string, type: string, listed = true): TableDefinition<Value> {
    return { service, type, listed };
}

/** Whose tables are meant, and what the operation that uses them may see. */
export interface TableScope {
    readonly account: string;
    readonly region: string;
    /** Milliseconds since the epoch, on the store's clock. */
    readonly now: number;
    /** Whether the operation only reads, and so may meet a thing that is not visible yet. */
    readonly reading: boolean;
    /** When what the operation makes becomes visible to reading operations. */
    readonly visibleFrom?: number;
    /** Whether what the operation makes counts as having come with the account. */
    readonly inherent: boolean;
}

/** How an entry is kept. */
export interface Entry<Value = unknown> {
    readonly value: Value;
    readonly visibleFrom?: number;
    readonly inherent?: boolean;
}

/** One service's things of one kind in one account and region. */
export class Table<Value> {
    private readonly prefix: readonly string[];

    constructor(
        private readonly store: Store,
        definition: TableDefinition<Value>,
        private readonly scope: TableScope,
    ) {
        const region = globalServices.has(definition.service) ? globalRegion : scope.region;
        const space = definition.listed === false ? "internal" : "resource";
        this.prefix = [space, scope.account, region, definition.service, definition.type];
    }

    get(...id: string[]): Value | undefined {
        const entry = this.store.get([...this.prefix, ...id]) as Entry<Value> | undefined;
        return entry !== undefined && this.isVisible(entry) ? entry.value : undefined;
    }

    /** All values, or those whose identifiers begin with the given ones, ordered by identifier. */
    list(...id: string[]): Value[] {
        return this.store
            .entries([...this.prefix, ...id])
            .map(({ value }) => value as Entry<Value>)
            .filter((entry) => this.isVisible(entry))
            .map((entry) => entry.value);
    }

    put(id: string | readonly string[], value: Value): void {
        const key = [...this.prefix, ...(typeof id === "string" ? [id] : id)];
        const existing = this.store.get(key) as Entry<Value> | undefined;
        const { visibleFrom, inherent } = existing ?? this.scope;
        this.store.put(key, { value, visibleFrom, inherent: inherent === true ? true : undefined });
    }

    delete(...id: string[]): boolean {
        return this.store.delete([...this.prefix, ...id]);
    }

    private isVisible(entry: Entry<Value>): boolean {
        return !this.scope.reading || entry.visibleFrom === undefined || entry.visibleFrom <= this.scope.now;
    }
}
