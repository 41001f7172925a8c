import type { OperationContext } from "../../context";
import { Refusal } from "../../errors";
import { defineTable, type TableDefinition } from "../../tables";

/** Times of a resource, in milliseconds since the epoch. */
export interface Dated {
    readonly createdAt: number;
    readonly modifiedAt: number;
}

/** Resources of one kind by their names, with the exceptions that all of the service's kinds share. */
export class Registry<Value> {
    private readonly definition: TableDefinition<Value>;

    /**
     * @param type What `Cloud.resources` calls the kind
     * @param noun What the service's answers call it
     */
    constructor(
        type: string,
        private readonly noun: string,
    ) {
        this.definition = defineTable<Value>("iot", type);
    }

    get(context: OperationContext, name: string): Value | undefined {
        return context.table(this.definition).get(name);
    }

    /** @throws Refusal ResourceNotFoundException */
    find(context: OperationContext, name: string): Value {
        const value = this.get(context, name);
        if (value === undefined) {
            throw new Refusal("ResourceNotFoundException", `${this.noun} ${name} not found.`);
        }
        return value;
    }

    /** @throws Refusal ResourceAlreadyExistsException */
    add(context: OperationContext, name: string, value: Value): void {
        if (this.get(context, name) !== undefined) {
            throw new Refusal("ResourceAlreadyExistsException", `${this.noun} ${name} already exists.`);
        }
        this.put(context, name, value);
    }

    put(context: OperationContext, name: string, value: Value): void {
        context.table(this.definition).put(name, value);
    }

    delete(context: OperationContext, name: string): void {
        context.table(this.definition).delete(name);
    }

    list(context: OperationContext): Value[] {
        return context.table(this.definition).list();
    }
}

/** Connections between resources of two kinds: policies on targets, principals of things, members of groups. */
export class Relation {
    private readonly definition: TableDefinition<readonly [string, string]>;

    constructor(type: string) {
        this.definition = defineTable("iot", type);
    }

    add(context: OperationContext, from: string, to: string): void {
        context.table(this.definition).put([from, to], [from, to]);
    }

    delete(context: OperationContext, from: string, to: string): void {
        context.table(this.definition).delete(from, to);
    }

    /** What is connected with `from`. */
    from(context: OperationContext, from: string): string[] {
        return context
            .table(this.definition)
            .list(from)
            .map(([, to]) => to);
    }

    /** What `to` is connected with. */
    to(context: OperationContext, to: string): string[] {
        return context
            .table(this.definition)
            .list()
            .filter(([, other]) => other === to)
            .map(([from]) => from);
    }
}
