/** A value that a preview cannot know yet. */
export const unknown: unique symbol = Symbol("unknown");

/** A value that Pulumi encrypts in the state and masks in its output. */
export class Secret {
    constructor(readonly value: Value) {}
}

/** A property's value as the engine sends it: JSON, unknowns and secrets, and assets as the objects they travel as. */
export type Value = null | boolean | number | string | typeof unknown | Secret | Value[] | { [name: string]: Value };

/** The properties of a resource. */
export type Bag = { [name: string]: Value };

/** A value with its secrets laid open, which is what goes to AWS. */
export type Plain = null | boolean | number | string | typeof unknown | Plain[] | { [name: string]: Plain };

export type PlainBag = { [name: string]: Plain };

/** Where a bridged provider notes which inputs it filled in itself, as Pulumi's providers for AWS and TLS do. */
export const defaultsKey = "__defaults";

export function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Secret);
}

/** A copy without the secret wrappers. */
export function reveal(value: Value): Plain {
    if (value instanceof Secret) {
        return reveal(value.value);
    }
    if (Array.isArray(value)) {
        return value.map(reveal);
    }
    return isObject(value) ? revealBag(value as Bag) : value;
}

/** A copy of a bag without the secret wrappers, absent properties and notes on defaults. */
export function revealBag(bag: Bag): PlainBag {
    return Object.fromEntries(
        Object.entries(bag)
            .filter(([name, value]) => value !== null && value !== undefined && name !== defaultsKey)
            .map(([name, value]) => [name, reveal(value)]),
    );
}

export function containsUnknown(value: Value | undefined): boolean {
    return contains(value, (part) => part === unknown);
}

export function containsSecret(value: Value | undefined): boolean {
    return contains(value, (part) => part instanceof Secret);
}

function contains(value: Value | undefined, test: (part: Value) => boolean): boolean {
    if (value === undefined) {
        return false;
    }
    if (test(value)) {
        return true;
    }
    if (value instanceof Secret) {
        return contains(value.value, test);
    }
    if (Array.isArray(value)) {
        return value.some((element) => contains(element, test));
    }
    return isObject(value) && Object.values(value as Bag).some((member) => contains(member, test));
}

/**
 * Marks in `value` what is secret in `source`, place by place.
 *
 * Lists that differ in length cannot be matched, so all of them is secret: rather too much than too little.
 */
export function carrySecrets(value: Value, source: Value | undefined): Value {
    if (source === undefined || value instanceof Secret || !containsSecret(source)) {
        return value;
    }
    if (source instanceof Secret) {
        return new Secret(value);
    }
    if (Array.isArray(value) && Array.isArray(source) && value.length === source.length) {
        return value.map((element, index) => carrySecrets(element, source[index]));
    }
    if (isObject(value) && isObject(source)) {
        return carrySecretsOfBag(value as Bag, source as Bag);
    }
    return new Secret(value);
}

/** {@link carrySecrets} for every property that both bags have. */
export function carrySecretsOfBag(bag: Bag, source: Bag): Bag {
    return Object.fromEntries(Object.entries(bag).map(([name, value]) => [name, carrySecrets(value, source[name])]));
}
