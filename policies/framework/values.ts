/**
 * Stands in a resource's properties where a value is known only after the deployment.
 *
 * CrossGuard throws when such a value is touched, which would end a rule at its first unknown; as a value of its own it
 * can be asked for, and a rule goes on to judge the rest.
 */
export const unknown = Symbol("known after the deployment");

/** The type of {@link unknown}. */
export type Unknown = typeof unknown;

/** What a property of a resource can be; assets and archives appear as empty objects, for no rule reads them. */
export type Value = undefined | null | boolean | number | string | Unknown | readonly Value[] | Properties;

/** The properties of a resource or of an object in it. */
export interface Properties {
    readonly [name: string]: Value;
}

/** Whether a value is known only after the deployment. */
export function isUnknown(value: unknown): value is Unknown {
    return value === unknown;
}

/** Whether a value is an object with properties. */
export function isProperties(value: Value): value is Properties {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is a list. */
export function isList(value: Value): value is readonly Value[] {
    return Array.isArray(value);
}

/**
 * Copies the properties that CrossGuard hands to a policy, with {@link unknown} wherever reading one throws.
 *
 * @param properties What `args.props` or `resource.props` holds.
 */
export function readProperties(properties: unknown): Properties {
    const { stackTraceLimit } = Error;
    // Nobody reads where an unknown value was read, and the trace is most of what the error costs.
    Error.stackTraceLimit = 0;
    try {
        const value = readValue(properties);
        return isProperties(value) ? value : {};
    } finally {
        Error.stackTraceLimit = stackTraceLimit;
    }
}

/** What `pulumi policy analyze` shows of a secret in a stack's state: as good as unknown. */
const hiddenSecret = "[secret]";

function readValue(value: unknown): Value {
    if (Array.isArray(value)) {
        return Array.from({ length: value.length }, (_, index) => readMember(value, index));
    }
    if (typeof value === "object" && value !== null) {
        const isPlain = Object.getPrototypeOf(value) === Object.prototype;
        const names = isPlain ? Object.keys(value) : [];
        return Object.fromEntries(names.map((name) => [name, readMember(value, name)]));
    }
    return typeof value === "function" ? undefined : value === hiddenSecret ? unknown : (value as Value);
}

function readMember(container: object, key: string | number): Value {
    let member: unknown;
    try {
        member = (container as Record<string | number, unknown>)[key];
    } catch {
        // CrossGuard's proxy throws UnknownValueError here and nothing else: the values behind it are plain data.
        return unknown;
    }
    return readValue(member);
}

/** The value at a path of property names; unknown where anything on the way is, `undefined` where the way ends early. */
export function valueAt(properties: Value, ...path: readonly string[]): Value {
    let value = properties;
    for (const name of path) {
        if (isUnknown(value)) {
            return unknown;
        }
        value = isProperties(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    }
    return value ?? undefined;
}

/** The text at a path, `undefined` where there is none or something else. */
export function textAt(properties: Value, ...path: readonly string[]): string | Unknown | undefined {
    const value = valueAt(properties, ...path);
    return typeof value === "string" || isUnknown(value) ? value : undefined;
}

/** The known text at a path, for rules that have nothing to say about an unknown one. */
export function knownTextAt(properties: Value, ...path: readonly string[]): string | undefined {
    const value = valueAt(properties, ...path);
    return typeof value === "string" ? value : undefined;
}

/** The list at a path, its members known or not; empty where there is none or something else. */
export function listAt(properties: Value, ...path: readonly string[]): readonly Value[] | Unknown {
    const value = valueAt(properties, ...path);
    return isUnknown(value) || isList(value) ? value : [];
}

/** The known members of the list at a path. */
export function knownListAt(properties: Value, ...path: readonly string[]): readonly Exclude<Value, Unknown>[] {
    const list = listAt(properties, ...path);
    return isUnknown(list) ? [] : (list.filter((member) => !isUnknown(member)) as Exclude<Value, Unknown>[]);
}

/** Whether anything is set at a path, known or not. */
export function isSet(properties: Value, ...path: readonly string[]): boolean {
    return valueAt(properties, ...path) !== undefined;
}

/** Whether a value or anything in it is known only after the deployment. */
export function holdsUnknown(value: Value): boolean {
    if (isList(value)) {
        return value.some(holdsUnknown);
    }
    return isUnknown(value) || (isProperties(value) && Object.values(value).some(holdsUnknown));
}

/** A value in words that follow "got", cut short; for values that are never secret, such as names and enumerations. */
export function quote(value: Value): string {
    if (isUnknown(value)) {
        return "a value known after the deployment";
    }
    if (typeof value === "string") {
        return JSON.stringify(value.length > 200 ? `${value.slice(0, 200)}...` : value);
    }
    return typeof value === "number" || typeof value === "boolean" ? String(value) : kindOf(value);
}

/** What kind of value there is, in words that follow "got"; safe for secrets because it quotes nothing. */
export function kindOf(value: Value): string {
    if (value === undefined || value === null) {
        return "nothing";
    }
    if (isList(value)) {
        return `a list of ${value.length}`;
    }
    return isProperties(value) ? "an object" : `a ${typeof value}`;
}
