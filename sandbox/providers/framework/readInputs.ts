import { same } from "./diff";
import { isEmpty, type Properties, type Property } from "./properties";
import { defaultsKey, isObject, reveal, type Bag, type Plain, type PlainBag, type Value } from "./values";

/**
 * The inputs that belong to a state that was read from the cloud.
 *
 * After a refresh these are the properties the program gave before, with the values found now; inputs that are kept
 * nowhere stay as they were. After an import, where nothing was given before, they are all that can be set and is.
 */
export function inputsOfState(properties: Properties, state: PlainBag, previous: Bag | undefined): Bag {
    return previous === undefined ? importedInputs(properties, state) : refreshedInputs(properties, state, previous);
}

function importedInputs(properties: Properties, state: PlainBag): Bag {
    const given = Object.entries(properties).flatMap(([name, property]): Array<[string, Value]> => {
        const value = state[name];
        const { options } = property;
        if (options.readOnly === true || options.internal === true || value === undefined) {
            return [];
        }
        if (options.required !== true && (isEmpty(value) || value === options.default)) {
            return [];
        }
        return [[name, withDefaultsKeys(property, value)]];
    });
    return { ...Object.fromEntries(given), [defaultsKey]: [] };
}

/** Nested objects of a bridged provider's inputs carry their own note on defaults. */
function withDefaultsKeys(property: Property, value: Plain): Value {
    const { shape } = property;
    if ((shape.kind === "list" || shape.kind === "set") && Array.isArray(value)) {
        return value.map((element) => withDefaultsKeys(shape.element, element));
    }
    return shape.kind === "block" && isObject(value) ? importedInputs(shape.properties, value as PlainBag) : value;
}

function refreshedInputs(properties: Properties, state: PlainBag, previous: Bag): Bag {
    const changed = new Set<string>();
    const kept = Object.entries(previous).flatMap(([name, value]): Array<[string, Value]> => {
        const property = properties[name];
        const found = state[name];
        if (property === undefined || property.options.writeOnly === true || same(property, reveal(value), found)) {
            return [[name, value]];
        }
        if (isEmpty(reveal(value)) && isEmpty(found)) {
            return [[name, value]];
        }
        changed.add(name);
        return found === undefined ? [] : [[name, withDefaultsKeys(property, found)]];
    });
    const inputs: Bag = Object.fromEntries(kept);
    const defaults = previous[defaultsKey];
    if (Array.isArray(defaults)) {
        inputs[defaultsKey] = defaults.filter((name) => !changed.has(name as string));
    }
    return inputs;
}
