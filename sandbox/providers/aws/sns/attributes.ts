import type { Properties } from "../../framework/properties";

/** SNS keeps everything as text under names of its own. */
export type Attributes = Readonly<Record<string, string>>;

/** SNS's name of each property that is an attribute. */
export type AttributeNames = Readonly<Record<string, string>>;

/** The attributes that inputs ask for; what is left out or empty is not sent. */
export function attributesOf(names: AttributeNames, inputs: Readonly<Record<string, unknown>>): Attributes {
    return Object.fromEntries(
        Object.entries(names).flatMap(([property, attribute]): Array<[string, string]> => {
            const value = inputs[property];
            return value === undefined || value === "" || value === false ? [] : [[attribute, String(value)]];
        }),
    );
}

const readers: Readonly<Record<string, (text: string) => unknown>> = {
    boolean: (text) => text === "true",
    integer: Number,
};

/** The properties that attributes say; an attribute that SNS leaves out has its default, or is not set. */
export function propertiesOf(
    names: AttributeNames,
    properties: Properties,
    attributes: Attributes,
): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(names).map(([property, attribute]) => {
            const { shape, options } = properties[property] ?? {};
            const text = attributes[attribute];
            if (text === undefined) {
                return [property, options?.default];
            }
            return [property, readers[shape?.kind ?? ""]?.(text) ?? text];
        }),
    );
}
