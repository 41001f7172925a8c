import type { Properties, Property } from "./properties";
import type { ProviderDefinition } from "./resources";

type Json = { [name: string]: unknown };

/**
 * The provider in Pulumi's schema language, which `pulumi import` needs to know a resource's inputs.
 *
 * @see https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/
 */
export function schemaOf<Context>(provider: ProviderDefinition<Context>): Json {
    const types: Json = {};
    const resources = Object.entries(provider.resources).map(([token, { properties }]) => {
        const describe = (some: Array<[string, Property]>) => describeAll(token, some, types);
        const all = Object.entries(properties);
        const inputs = all.filter(([, { options }]) => options.readOnly !== true && options.internal !== true);
        const resource = {
            inputProperties: describe(inputs),
            requiredInputs: inputs.filter(([, { options }]) => options.required === true).map(([name]) => name),
            properties: describe(all),
        };
        return [token, resource] as const;
    });
    return {
        name: provider.name,
        version: provider.version,
        language: { nodejs: { moduleToPackage: modulesOf(Object.keys(provider.resources)) } },
        types,
        resources: Object.fromEntries(resources),
    };
}

/** A token's module names a file too, as in `aws:sns/topic:Topic`; programs import the folder. */
function modulesOf(tokens: string[]): Json {
    const modules = tokens.map((token) => token.split(":")[1] ?? "");
    return Object.fromEntries(modules.map((module) => [module, module.split("/")[0]?.replace(/^index$/, "")]));
}

function describeAll(owner: string, properties: Array<[string, Property]>, types: Json): Json {
    return Object.fromEntries(
        properties.map(([name, property]) => [name, describe(`${owner}${capital(name)}`, property, types)]),
    );
}

function describe(token: string, { shape }: Property, types: Json): Json {
    switch (shape.kind) {
        case "list":
        case "set":
            return { type: "array", items: describe(token, shape.element, types) };
        case "map":
            return { type: "object", additionalProperties: describe(token, shape.element, types) };
        case "block":
            types[token] = objectType(token, shape.properties, types);
            return { $ref: `#/types/${token}` };
        case "json":
            return { type: "string" };
        case "asset":
            return { $ref: "pulumi.json#/Archive" };
        default:
            return { type: shape.kind };
    }
}

function objectType(token: string, properties: Properties, types: Json): Json {
    return { type: "object", properties: describeAll(token, Object.entries(properties), types) };
}

function capital(name: string): string {
    return name.charAt(0).toUpperCase() + name.slice(1);
}
