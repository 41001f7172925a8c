import { isDeepStrictEqual } from "node:util";
import { join } from "./check";
import { isEmpty, type Properties, type Property } from "./properties";
import { isObject, unknown, type Plain, type PlainBag } from "./values";

/** How one place differs between the state and the inputs. */
export interface Change {
    /** The place's path, as Pulumi writes it. */
    readonly path: string;
    /** The property of the resource that the place is in. */
    readonly property: string;
    readonly kind: "add" | "delete" | "update";
    readonly replaces: boolean;
}

/**
 * What has to change to bring a resource from its state to the inputs.
 *
 * It compares with the state and not with the last inputs, so what a refresh found changed behind the engine's back is
 * brought back to what the program says.
 */
export function diffInputs(properties: Properties, state: PlainBag, inputs: PlainBag): Change[] {
    return Object.entries(properties).flatMap(([name, property]) =>
        diffProperty(property, state[name], inputs[name], name).map((change) => ({ ...change, property: name })),
    );
}

type Difference = Omit<Change, "property">;

function diffProperty(
    property: Property,
    before: Plain | undefined,
    after: Plain | undefined,
    path: string,
): Difference[] {
    const { options } = property;
    if (options.readOnly === true || options.writeOnly === true || (after === undefined && options.computed === true)) {
        return [];
    }
    if (isEmpty(before) && isEmpty(after)) {
        return [];
    }
    return mark(diffValue(property, before, after, path), options.replaces === true);
}

function mark(differences: Difference[], replaces: boolean): Difference[] {
    return replaces ? differences.map((difference) => ({ ...difference, replaces })) : differences;
}

function diffValue(
    property: Property,
    before: Plain | undefined,
    after: Plain | undefined,
    path: string,
): Difference[] {
    if (before === undefined || after === undefined) {
        return [{ path, kind: before === undefined ? "add" : "delete", replaces: false }];
    }
    const { shape } = property;
    if (before === unknown || after === unknown) {
        return [{ path, kind: "update", replaces: false }];
    }
    if (shape.kind === "set" && Array.isArray(before) && Array.isArray(after)) {
        return diffSet(shape.element, before, after, path);
    }
    if (shape.kind === "list" && Array.isArray(before) && Array.isArray(after)) {
        return indices(before, after).flatMap((index) =>
            diffProperty(shape.element, before[index], after[index], `${path}[${index}]`),
        );
    }
    if (shape.kind === "map" && isObject(before) && isObject(after)) {
        return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => {
            const [old, current] = [before[key] as Plain | undefined, after[key] as Plain | undefined];
            return isDeepStrictEqual(old, current) ? [] : diffValue(shape.element, old, current, join(path, key));
        });
    }
    if (shape.kind === "block" && isObject(before) && isObject(after)) {
        return Object.entries(shape.properties).flatMap(([name, member]) =>
            diffProperty(member, before[name] as Plain, after[name] as Plain, join(path, name)),
        );
    }
    return same(property, before, after) ? [] : [{ path, kind: "update", replaces: false }];
}

/** Elements that only one side has, by the index they have there. */
function diffSet(element: Property, before: Plain[], after: Plain[], path: string): Difference[] {
    const missingFrom = (others: Plain[]) => (value: Plain) => !others.some((other) => same(element, value, other));
    const removed = before.flatMap((value, index) => (missingFrom(after)(value) ? [index] : []));
    const added = after.flatMap((value, index) => (missingFrom(before)(value) ? [index] : []));
    return [...new Set([...removed, ...added])].map((index) => ({
        path: `${path}[${index}]`,
        kind: !removed.includes(index) ? "add" : !added.includes(index) ? "delete" : "update",
        replaces: false,
    }));
}

/** Whether a provider takes two values of a property for the same. */
export function same(property: Property, one: Plain | undefined, other: Plain | undefined): boolean {
    return isDeepStrictEqual(canonical(property, one), canonical(property, other));
}

function canonical(property: Property, value: Plain | undefined): unknown {
    const { shape, options } = property;
    if (typeof value === "string") {
        const text = options.normalize?.(value) ?? value;
        return shape.kind === "json" ? parsed(text) : text;
    }
    if (Array.isArray(value) && (shape.kind === "list" || shape.kind === "set")) {
        const elements = value.map((element) => canonical(shape.element, element));
        return shape.kind === "set" ? elements.map((element) => JSON.stringify(element)).sort() : elements;
    }
    if (isObject(value) && shape.kind === "block") {
        const members = Object.entries(shape.properties)
            .filter(([name]) => !isEmpty(value[name] as Plain))
            .map(([name, member]) => [name, canonical(member, value[name] as Plain)]);
        return Object.fromEntries(members);
    }
    return value;
}

/** Documents are compared by what they say; what is no document is compared as text. */
function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

function indices(before: Plain[], after: Plain[]): number[] {
    return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => index);
}
