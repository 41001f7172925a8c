import type { Plain, PlainBag } from "./values";

/** What kind of value a property takes. */
export type Shape =
    | { readonly kind: "string" | "boolean" | "number" | "integer" | "json" | "asset" }
    | { readonly kind: "list" | "set" | "map"; readonly element: Property }
    | { readonly kind: "block"; readonly properties: Properties };

/** How a bridged provider makes up a name where the program gives none. */
export interface AutomaticName {
    readonly maximumLength: number;
    /** Stands after the random characters, such as `.fifo`. */
    readonly suffix?: (inputs: PlainBag) => string;
}

/** What a provider declares of a property, in Pulumi's spelling. */
export interface Options<Type = never> {
    readonly required?: true;
    /** A change replaces the resource. */
    readonly replaces?: true;
    readonly default?: string | number | boolean;
    /** AWS fills it in where the program leaves it out, so its absence is no change. */
    readonly computed?: true;
    /** An output alone. */
    readonly readOnly?: true;
    /** The provider puts it in itself, so programs and imports do without it. */
    readonly internal?: true;
    /** Encrypted in the state whether or not the program marked it. */
    readonly secret?: true;
    /** Handed to AWS and kept nowhere. */
    readonly writeOnly?: true;
    readonly oneOf?: readonly string[];
    readonly automaticName?: AutomaticName;
    /** How the provider spells the value in the state; values that it spells alike are the same. */
    readonly normalize?: (value: string) => string;
    /** What is wrong with a value, in words that follow the property's name. */
    readonly refuse?: (value: Type) => string | undefined;
}

/** One property of a resource, a function or a provider's configuration. */
export interface Property<Type = unknown, Chosen extends Options = Options> {
    readonly shape: Shape;
    readonly options: Chosen & Options;
    /** Never present: it carries the value's type to {@link Inputs} and {@link State}. */
    readonly type?: Type;
}

export type Properties = Readonly<Record<string, Property>>;

type TypeOf<Declared> = Declared extends Property<infer Type, Options> ? Type : never;
type Given<Declared> =
    Declared extends Property<unknown, infer Chosen>
        ? Chosen extends { required: true } | { default: unknown } | { automaticName: AutomaticName }
            ? true
            : false
        : false;

/** What a resource's code gets: required properties and those with a default are there, the others may be. */
export type Inputs<Declared extends Properties> = {
    readonly [Name in keyof Declared]: Given<Declared[Name]> extends true
        ? TypeOf<Declared[Name]>
        : TypeOf<Declared[Name]> | undefined;
};

/** What a resource's code hands back: an absent property is not read back, `undefined` says that it is not set. */
export type State<Declared extends Properties> = { [Name in keyof Declared]?: TypeOf<Declared[Name]> | undefined };

function declare<Type>(shape: Shape) {
    return <const Chosen extends Options<Type>>(options: Chosen = {} as Chosen): Property<Type, Chosen> => ({
        shape,
        options: options as Chosen & Options,
    });
}

export const text = declare<string>({ kind: "string" });
export const flag = declare<boolean>({ kind: "boolean" });
export const number = declare<number>({ kind: "number" });
export const integer = declare<number>({ kind: "integer" });
/** JSON as text: documents that mean the same are the same. */
export const json = declare<string>({ kind: "json" });
/** A Pulumi asset or archive. */
export const asset = declare<PlainBag>({ kind: "asset" });
export const tagMap = declare<Record<string, string>>({ kind: "map", element: text() });

export function list<Element, const Chosen extends Options<Element[]>>(
    element: Property<Element>,
    options: Chosen = {} as Chosen,
): Property<Element[], Chosen> {
    return declare<Element[]>({ kind: "list", element })(options);
}

/** A list whose order means nothing. */
export function set<Element, const Chosen extends Options<Element[]>>(
    element: Property<Element>,
    options: Chosen = {} as Chosen,
): Property<Element[], Chosen> {
    return declare<Element[]>({ kind: "set", element })(options);
}

export function block<Declared extends Properties, const Chosen extends Options<Inputs<Declared>>>(
    properties: Declared,
    options: Chosen = {} as Chosen,
): Property<Inputs<Declared>, Chosen> {
    return declare<Inputs<Declared>>({ kind: "block", properties })(options);
}

/** Whether a value counts as not given: the providers that Pulumi bridges cannot tell zero values from absent ones. */
export function isEmpty(value: Plain | undefined): boolean {
    if (value === undefined || value === null || value === "" || value === false || value === 0) {
        return true;
    }
    return typeof value === "object" && Object.keys(value).length === 0;
}
