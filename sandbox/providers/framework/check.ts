import { distance } from "fastest-levenshtein";
import { automaticName, type NameRequest } from "./naming";
import type { Properties, Property, Shape } from "./properties";
import { containsSecret, containsUnknown, defaultsKey, isObject, reveal, revealBag, Secret, unknown } from "./values";
import type { Bag, Value } from "./values";

/** One fault of a resource's inputs. */
export interface Failure {
    /** The path of the property. */
    readonly property: string;
    readonly reason: string;
}

/** What must hold between properties, each rule by the property that it is reported at. */
export interface Relations {
    readonly conflicts?: Readonly<Record<string, readonly string[]>>;
    readonly needs?: Readonly<Record<string, readonly string[]>>;
    readonly exactlyOneOf?: readonly (readonly string[])[];
}

export interface CheckRequest {
    /** What the properties are of, as messages call it: `aws:iot/domainConfiguration:DomainConfiguration`. */
    readonly subject: string;
    readonly properties: Properties;
    readonly relations?: Relations;
    readonly inputs: Bag;
    /** The inputs of the last deployment: a name that was made up then stays. */
    readonly previous: Bag;
    /** Left out where nothing can be named: functions and configurations. */
    readonly naming?: NameRequest;
}

export interface CheckResult {
    readonly inputs: Bag;
    readonly failures: readonly Failure[];
}

const kinds: Readonly<Record<Shape["kind"], (value: Value) => boolean>> = {
    string: (value) => typeof value === "string",
    boolean: (value) => typeof value === "boolean",
    number: (value) => typeof value === "number",
    integer: (value) => Number.isInteger(value),
    json: (value) => typeof value === "string" || isObject(value),
    asset: isObject,
    list: Array.isArray,
    set: Array.isArray,
    map: isObject,
    block: isObject,
};

/** Checks inputs and fills in defaults and names, as the engine asks before every other step. All faults at once. */
export function checkInputs(request: CheckRequest): CheckResult {
    const failures: Failure[] = [];
    const inputs = new Checker(request, failures).bag(request.properties, request.inputs, request.previous, "");
    failures.push(...relationFailures(request.relations ?? {}, inputs));
    return { inputs, failures };
}

class Checker {
    constructor(
        private readonly request: CheckRequest,
        private readonly failures: Failure[],
    ) {}

    bag(properties: Properties, given: Bag, previous: Bag, path: string): Bag {
        const checked: Bag = {};
        for (const [name, value] of Object.entries(given)) {
            const property = properties[name];
            if (name === defaultsKey || value === null || value === undefined) {
                continue;
            }
            if (property === undefined || property.options.readOnly === true) {
                this.refuseName(properties, name, join(path, name), property);
                continue;
            }
            checked[name] = this.value(property, value, previous[name], join(path, name));
        }
        const filled = this.fill(properties, checked, previous, path);
        for (const [name, { options }] of Object.entries(properties)) {
            if (options.required === true && checked[name] === undefined) {
                this.fail(
                    join(path, name),
                    `Missing required property '${join(path, name)}' of ${this.request.subject}`,
                );
            }
        }
        checked[defaultsKey] = filled;
        return checked;
    }

    private value(property: Property, value: Value, previous: Value | undefined, path: string): Value {
        if (value instanceof Secret) {
            return new Secret(this.value(property, value.value, previous, path));
        }
        if (value === unknown) {
            return value;
        }
        const { shape, options } = property;
        if (!kinds[shape.kind](value)) {
            this.fail(path, `expected ${path} to be ${shape.kind}, got ${describeKind(value)}`);
            return value;
        }
        const nested = this.members(shape, value, previous, path);
        this.refuseValue(options, nested, path);
        return nested;
    }

    private members(shape: Shape, value: Value, previous: Value | undefined, path: string): Value {
        switch (shape.kind) {
            case "json":
                return documentText(value);
            case "list":
            case "set": {
                const before = Array.isArray(previous) ? previous : [];
                return (value as Value[]).map((element, index) =>
                    this.value(shape.element, element, before[index], `${path}[${index}]`),
                );
            }
            case "map":
                return Object.fromEntries(
                    Object.entries(value as Bag).map(([key, member]) => [
                        key,
                        this.value(shape.element, member, undefined, join(path, key)),
                    ]),
                );
            case "block":
                return this.bag(shape.properties, value as Bag, isObject(previous) ? (previous as Bag) : {}, path);
            default:
                return value;
        }
    }

    /** Puts in what the program left out, and says which properties these are. */
    private fill(properties: Properties, checked: Bag, previous: Bag, path: string): string[] {
        const filled: string[] = [];
        const before = Array.isArray(previous[defaultsKey]) ? previous[defaultsKey] : [];
        for (const [name, { options }] of Object.entries(properties)) {
            if (checked[name] !== undefined) {
                continue;
            }
            const kept = before.includes(name) && options.automaticName !== undefined ? previous[name] : undefined;
            const value = kept ?? options.default ?? this.name(options.automaticName, revealBag(checked), path);
            if (value !== undefined) {
                checked[name] = value;
                filled.push(name);
            }
        }
        return filled.sort();
    }

    private name(
        rule: Parameters<typeof automaticName>[0] | undefined,
        inputs: Parameters<typeof automaticName>[2],
        path: string,
    ): string | undefined {
        if (rule === undefined || this.request.naming === undefined) {
            return undefined;
        }
        try {
            return automaticName(rule, this.request.naming, inputs);
        } catch (error) {
            this.fail(path, (error as Error).message);
            return undefined;
        }
    }

    private refuseName(properties: Properties, name: string, path: string, property: Property | undefined): void {
        if (property !== undefined) {
            this.fail(path, `${path} is an output of ${this.request.subject} and cannot be set`);
            return;
        }
        const known = Object.keys(properties).filter((candidate) => properties[candidate]?.options.readOnly !== true);
        const nearest = known.sort((one, other) => distance(name, one) - distance(name, other))[0];
        const hint =
            nearest === undefined ? "it takes none" : `did you mean ${join(path.slice(0, -name.length - 1), nearest)}?`;
        this.fail(path, `${this.request.subject} has no property ${path}; ${hint}`);
    }

    private refuseValue(options: Property["options"], value: Value, path: string): void {
        if (containsUnknown(value)) {
            return;
        }
        if (options.oneOf !== undefined && !options.oneOf.includes(value as string)) {
            const accepted = options.oneOf.map((name) => JSON.stringify(name)).join(" ");
            const got = options.secret === true ? "another value" : String(value);
            this.fail(path, `expected ${path} to be one of [${accepted}], got ${got}`);
        }
        const refusal = options.refuse?.(reveal(value) as never);
        if (refusal !== undefined) {
            this.fail(path, `${path} ${refusal}`);
        }
    }

    private fail(property: string, reason: string): void {
        this.failures.push({ property, reason });
    }
}

function relationFailures(relations: Relations, inputs: Bag): Failure[] {
    const isSet = (name: string) => inputs[name] !== undefined;
    const conflicts = Object.entries(relations.conflicts ?? {}).flatMap(([name, others]) =>
        isSet(name) ? others.filter(isSet).map((other) => failure(name, `"${name}": conflicts with ${other}`)) : [],
    );
    const needs = Object.entries(relations.needs ?? {}).flatMap(([name, others]) =>
        isSet(name) && !others.every(isSet)
            ? [failure(name, `"${name}": all of ${[name, ...others].join(", ")} must be specified`)]
            : [],
    );
    const choices = (relations.exactlyOneOf ?? []).flatMap((names) => {
        const chosen = names.filter(isSet);
        const got = chosen.length === 0 ? "none is" : `${chosen.join(", ")} are`;
        return chosen.length === 1
            ? []
            : [failure(names[0] ?? "", `exactly one of ${names.join(", ")} must be specified, and ${got}`)];
    });
    return [...conflicts, ...needs, ...choices];
}

function failure(property: string, reason: string): Failure {
    return { property, reason };
}

/** A policy document may be given as an object; the provider keeps text. */
function documentText(value: Value): Value {
    if (!isObject(value)) {
        return value;
    }
    if (containsUnknown(value as Bag)) {
        return unknown;
    }
    const document = JSON.stringify(reveal(value as Bag));
    return containsSecret(value as Bag) ? new Secret(document) : document;
}

function describeKind(value: Value): string {
    return value === null ? "null" : Array.isArray(value) ? "list" : typeof value;
}

/** The path of a member as Pulumi writes it. */
export function join(path: string, name: string): string {
    if (!/^[A-Za-z_$][\w$]*$/.test(name)) {
        return `${path}[${JSON.stringify(name)}]`;
    }
    return path === "" ? name : `${path}.${name}`;
}
