import type { OperationContext } from "./context";
import { Refusal } from "./errors";
import { defineTable } from "./tables";

/** A tag as most services spell it. */
export interface Tag {
    readonly Key?: string;
    readonly Value?: string;
}

interface TagLimits {
    /** The exception for more tags than AWS takes. */
    readonly tooMany: string;
    /** The exception for a key that AWS reserves. */
    readonly invalid: string;
}

/** Most tags on one resource. @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const maximumTags = 50;

/** Tags of a service's resources, by the resource's ARN or identifier; one kind of tagging behaviour for all services. */
export class TagSet {
    private readonly definition;

    constructor(
        service: string,
        private readonly limits: TagLimits,
    ) {
        this.definition = defineTable<Record<string, string>>(service, "tags", false);
    }

    /**
     * Adds tags, or changes the values of those that are there. A new resource's tags are added even where it has none, so
     * that {@link has} tells whether there is such a resource.
     *
     * @throws Refusal for reserved keys and too many tags
     * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html
     */
    add(context: OperationContext, resource: string, tags: readonly Tag[] = []): void {
        const reserved = tags.find(({ Key = "" }) => Key.toLowerCase().startsWith("aws:"));
        if (reserved !== undefined) {
            throw new Refusal(
                this.limits.invalid,
                `The tag key ${reserved.Key} is not valid: keys that begin with aws: are reserved for system use`,
            );
        }
        const added = Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
        const all = { ...this.get(context, resource), ...added };
        if (Object.keys(all).length > maximumTags) {
            throw new Refusal(this.limits.tooMany, `A resource can have at most ${maximumTags} tags`);
        }
        context.table(this.definition).put(resource, all);
    }

    /** Whether there is a resource with that ARN or identifier. */
    has(context: OperationContext, resource: string): boolean {
        return context.table(this.definition).get(resource) !== undefined;
    }

    remove(context: OperationContext, resource: string, keys: readonly string[]): void {
        const left = Object.entries(this.get(context, resource)).filter(([key]) => !keys.includes(key));
        context.table(this.definition).put(resource, Object.fromEntries(left));
    }

    /** Removes each tag whose value fits, or for which no value is given, as the certificate services do. */
    removeFitting(context: OperationContext, resource: string, tags: readonly Tag[]): void {
        const present = this.get(context, resource);
        const fitting = tags.filter(({ Key = "", Value }) => Value === undefined || present[Key] === Value);
        this.remove(
            context,
            resource,
            fitting.map(({ Key = "" }) => Key),
        );
    }

    get(context: OperationContext, resource: string): Record<string, string> {
        return context.table(this.definition).get(resource) ?? {};
    }

    list(context: OperationContext, resource: string): Array<{ Key: string; Value: string }> {
        return Object.entries(this.get(context, resource)).map(([Key, Value]) => ({ Key, Value }));
    }

    /** To be called when the resource is deleted. */
    clear(context: OperationContext, resource: string): void {
        context.table(this.definition).delete(resource);
    }
}
