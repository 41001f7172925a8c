import { invalid } from "./failure";

type Json = Readonly<Record<string, unknown>>;

/** A resource of a template with all that is filled in. */
export interface TemplateResource {
    readonly type: string;
    readonly properties: Json;
    readonly overrideSettings: Readonly<Record<string, string>>;
}

/** A template filled in for one device. */
export interface FilledTemplate {
    readonly resources: readonly TemplateResource[];
    /** What the device is told; from the template's DeviceConfiguration. */
    readonly deviceConfiguration: Json;
}

/** Values of parameters by their names. */
export type Parameters = Readonly<Record<string, string>>;

/** Deeper nesting is a mistake, and must not become a stack that overflows. */
const maximumDepth = 32;

/**
 * Fills a template in.
 *
 * @throws ProvisioningFailure for a parameter that is missing, and a function that is none
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/provision-template.html
 */
export function fillTemplate(body: string, given: Parameters): FilledTemplate {
    const template = JSON.parse(body) as Json;
    const parameters = parametersFor(asObject(template["Parameters"]), given);
    const mappings = asObject(template["Mappings"]);
    const fill = (value: unknown) => fillIn(value, { parameters, mappings }, 0);
    const resources = Object.values(asObject(template["Resources"])).map((resource) => {
        const { Type, Properties, OverrideSettings } = asObject(resource);
        return {
            type: String(Type),
            properties: asObject(fill(Properties ?? {})),
            overrideSettings: asObject(OverrideSettings) as Readonly<Record<string, string>>,
        };
    });
    return { resources, deviceConfiguration: asObject(fill(template["DeviceConfiguration"] ?? {})) };
}

function parametersFor(declared: Json, given: Parameters): Parameters {
    const defaults = Object.entries(declared).flatMap(([name, declaration]) => {
        const { Default } = asObject(declaration);
        return Default === undefined ? [] : [[name, String(Default)] as const];
    });
    const values = { ...Object.fromEntries(defaults), ...given };
    const missing = Object.keys(declared).filter((name) => values[name] === undefined);
    if (missing.length > 0) {
        throw invalid(`Parameters [${missing.join(", ")}] must have values`);
    }
    return values;
}

interface Filling {
    readonly parameters: Parameters;
    readonly mappings: Json;
}

/** Functions of templates by their names: each takes its argument filled in. */
const functions: Readonly<Record<string, (argument: unknown, filling: Filling) => unknown>> = {
    Ref: (name, { parameters }) => {
        const value = Object.hasOwn(parameters, String(name)) ? parameters[String(name)] : undefined;
        if (value === undefined) {
            throw invalid(`Unresolved reference to ${String(name)}`);
        }
        return value;
    },
    "Fn::Join": (argument) => {
        const [separator, parts] = asList(argument);
        return asList(parts).map(String).join(String(separator));
    },
    "Fn::Select": (argument) => {
        const [index, values] = asList(argument);
        return asList(values)[Number(index)];
    },
    "Fn::FindInMap": (argument, { mappings }) => {
        const [map, top, second] = asList(argument).map(String);
        const value = asObject(asObject(mappings[map ?? ""])[top ?? ""])[second ?? ""];
        if (value === undefined) {
            throw invalid(`Nothing is mapped to ${map}.${top}.${second}`);
        }
        return value;
    },
    "Fn::Split": (argument) => {
        const [separator, text] = asList(argument);
        return String(text).split(String(separator));
    },
    "Fn::Sub": (argument, { parameters }) => {
        const [text, own] = Array.isArray(argument) ? (argument as unknown[]) : [argument];
        const values = { ...parameters, ...asObject(own) } as Json;
        return String(text).replace(/\$\{([^}]+)\}/g, (_, name: string) => {
            if (values[name] === undefined) {
                throw invalid(`Unresolved reference to ${name}`);
            }
            return String(values[name]);
        });
    },
};

function fillIn(value: unknown, filling: Filling, depth: number): unknown {
    if (depth > maximumDepth) {
        throw invalid(`The template is nested more than ${maximumDepth} levels deep`);
    }
    const deeper = (part: unknown) => fillIn(part, filling, depth + 1);
    if (Array.isArray(value)) {
        return value.map(deeper);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const entries = Object.entries(value);
    const [name = "", argument] = entries[0] ?? [];
    const called = entries.length === 1 && Object.hasOwn(functions, name) ? functions[name] : undefined;
    return called === undefined
        ? Object.fromEntries(entries.map(([key, part]) => [key, deeper(part)]))
        : called(deeper(argument), filling);
}

function asObject(value: unknown): Json {
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function asList(value: unknown): readonly unknown[] {
    if (!Array.isArray(value)) {
        throw invalid("A function of the template has no list as its argument");
    }
    return value as readonly unknown[];
}
