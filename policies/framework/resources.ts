import type { PolicyProviderResource, PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import type { ResourceType } from "../resourceTypes";
import { isUnknown, readProperties, textAt, type Properties, type Unknown } from "./values";

/** A resource as the rules see it: plain data in which unknown values are marked. */
export interface ResourceView {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    /** Inputs in a rule on one resource, outputs in a rule on the stack. */
    readonly properties: Properties;
    /** Where AWS has the resource: its own `region`, or its provider's. */
    readonly region: string | Unknown | undefined;
    /** Whether Pulumi's `protect` option is set. */
    readonly isProtected: boolean;
    /** The resources that a property's value comes from, which are known even where the value is not. */
    readonly sourcesOf: (property: string) => readonly ResourceView[];
}

/** All resources of a stack, by type. */
export interface StackView {
    readonly resources: (...types: readonly ResourceType[]) => readonly ResourceView[];
}

/** The view of a resource that a resource policy is called with. */
export function viewResource(args: ResourceValidationArgs): ResourceView {
    const properties = readProperties(args.props);
    return {
        urn: args.urn,
        type: args.type,
        name: args.name,
        properties,
        region: regionOf(properties, args.provider),
        isProtected: args.opts.protect,
        sourcesOf: () => [],
    };
}

/** The view of the resources that a stack policy is called with; a resource's properties are read when it is asked for. */
export function viewStack(resources: readonly PolicyResource[]): StackView {
    const views = new Map<PolicyResource, ResourceView>();
    const view = (resource: PolicyResource): ResourceView => {
        const known = views.get(resource);
        if (known !== undefined) {
            return known;
        }
        const properties = readProperties(resource.props);
        const made: ResourceView = {
            urn: resource.urn,
            type: resource.type,
            name: resource.name,
            properties,
            region: regionOf(properties, resource.provider),
            isProtected: resource.opts.protect,
            sourcesOf: (property) => (resource.propertyDependencies[property] ?? []).map(view),
        };
        views.set(resource, made);
        return made;
    };
    // Rules ask for the same types again and again, some of them for each resource.
    const answers = new Map<string, readonly ResourceView[]>();
    return {
        resources: (...types) => {
            const key = types.join();
            const answer =
                answers.get(key) ??
                resources.filter((resource) => (types as readonly string[]).includes(resource.type)).map(view);
            answers.set(key, answer);
            return answer;
        },
    };
}

/**
 * Keeps what is made of a stack, such as an index, for as long as the stack is judged: rules ask for it for each resource.
 */
export function oncePerStack<T>(make: (stack: StackView) => T): (stack: StackView) => T {
    const made = new WeakMap<StackView, { readonly answer: T }>();
    return (stack) => {
        const known = made.get(stack) ?? { answer: make(stack) };
        made.set(stack, known);
        return known.answer;
    };
}

/** Resources by the keys that each of them has. */
export function groupedBy(
    resources: readonly ResourceView[],
    keysOf: (resource: ResourceView) => readonly (string | undefined)[],
): ReadonlyMap<string, readonly ResourceView[]> {
    const groups = new Map<string, ResourceView[]>();
    for (const resource of resources) {
        for (const key of keysOf(resource)) {
            const group = key === undefined ? undefined : groups.get(key);
            if (group !== undefined) {
                group.push(resource);
            } else if (key !== undefined) {
                groups.set(key, [resource]);
            }
        }
    }
    return groups;
}

function regionOf(properties: Properties, provider: PolicyProviderResource | undefined): string | Unknown | undefined {
    const own = textAt(properties, "region");
    return own ?? (provider === undefined ? undefined : textAt(readProperties(provider.props), "region"));
}

/** The region of a resource where it is known. */
export function knownRegionOf(resource: ResourceView): string | undefined {
    return isUnknown(resource.region) ? undefined : resource.region;
}

/** The name of the stack, which every URN holds: `urn:pulumi:<stack>::<project>::...`. */
export function stackNameOf(resource: ResourceView): string {
    return /^urn:pulumi:(.*?)::/.exec(resource.urn)?.[1] ?? "";
}
