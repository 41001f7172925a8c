import { partitionOf, type Partition } from "../../rules/regions";
import { Preparation, type Prepared } from "./preparation";
import type { Store } from "./store";
import type { Vault } from "./vault";
import { Table, type TableDefinition, type TableScope } from "./tables";

/** What an operation's code works with. */
export class OperationContext {
    readonly account: string;
    readonly region: string;
    readonly partition: Partition;
    /** Milliseconds since the epoch, on the store's clock. */
    readonly now: number;
    /** Encrypts what must not lie readable in the store: private keys and secrets. */
    readonly vault: Vault;
    readonly service: string;
    readonly operation: string;

    constructor(
        private readonly store: Store,
        private readonly scope: TableScope,
        call: { service: string; operation: string; prepared: Prepared },
    ) {
        this.account = scope.account;
        this.region = scope.region;
        this.partition = partitionOf(scope.region);
        this.now = scope.now;
        this.vault = store.vault;
        this.service = call.service;
        this.operation = call.operation;
        this.results = call.prepared;
    }

    private readonly results: Prepared;

    table<Value>(definition: TableDefinition<Value>): Table<Value> {
        return new Table(this.store, definition, this.scope);
    }

    /** The same operation looking at another account or region. */
    within(place: { account?: string; region?: string }): OperationContext {
        const scope = { ...this.scope, ...place };
        return new OperationContext(this.store, scope, {
            service: this.service,
            operation: this.operation,
            prepared: this.results,
        });
    }

    /** The accounts that have anything in the cloud. */
    accounts(): string[] {
        return this.store.children(["resource"]);
    }

    /** The regions in which the account has anything; `aws-global` stands for services without regions. */
    regions(): string[] {
        return this.store.children(["resource", this.account]);
    }

    /** An ARN of this account and region; `region` and `account` can be emptied for services that leave them out. */
    arn(service: string, resource: string, parts: { region?: string; account?: string } = {}): string {
        const region = parts.region ?? this.region;
        const account = parts.account ?? this.account;
        return `arn:${this.partition}:${service}:${region}:${account}:${resource}`;
    }

    /**
     * Something that takes time to make, such as a key pair.
     *
     * An operation is one transaction and must not wait in it. So where the thing is not made yet, the transaction is
     * undone, the thing made, and the operation run again, which then finds it here.
     */
    prepared<Result>(key: string, make: () => Promise<Result>): Result {
        if (!this.results.has(key)) {
            throw new Preparation(key, make);
        }
        return this.results.get(key) as Result;
    }
}

/** One operation of a service: AWS's input in, AWS's output out. */
export type Operation<Input = never, Output = unknown> = (input: Input, context: OperationContext) => Output;

/** Operations by AWS's names, as the cloud calls them. */
export type Operations = Readonly<Record<string, Operation>>;

/** Some of a service's operations by AWS's names, each with the types that AWS's model gives it. */
export type OperationsOf<Types extends { [Name in keyof Types]: { input: unknown; output: unknown } }> = {
    readonly [Name in keyof Types]?: Operation<Types[Name]["input"], Types[Name]["output"]>;
};
