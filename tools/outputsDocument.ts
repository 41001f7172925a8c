import { outputJsonSchemas } from "../outputs/jsonSchema";
import { contractVersion } from "../outputs/version";
import { table } from "./markdown";

/** A JSON Schema, as far as those of the outputs go. */
interface JsonSchema {
    readonly type?: string;
    readonly const?: unknown;
    readonly enum?: readonly unknown[];
    readonly description?: string;
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly required?: readonly string[];
    readonly additionalProperties?: JsonSchema | false;
    readonly items?: JsonSchema;
    readonly oneOf?: readonly JsonSchema[];
}

interface Field {
    readonly path: string;
    readonly value: string;
    readonly description: string;
    /** The forms that have the field, where not all have it: "`policy` weighted". */
    readonly only?: string;
}

/** The documentation of the outputs, from the contract itself. */
export function outputsDocument(): string {
    return [
        "<!-- Generated from outputs/; change it there. -->",
        "# Outputs",
        `What other programs may rely on, version ${contractVersion}. Two outputs of a stack are a contract: \`domains\`, what serves each ` +
            "domain in which region and who is answered by whom, and `provisioning`, how devices get their identity; a stack " +
            "without `iot-domains:provisioning` does not have the second one.",
        "## Reading them",
        table(
            ["From", "How", "Example"],
            [
                [
                    "a Pulumi program in TypeScript",
                    "`readDomains`, `readProvisioning` with a `StackReference`",
                    "[examples/consumer](../examples/consumer/index.ts)",
                ],
                [
                    "Pulumi's Automation API",
                    "`parseDomains`, `parseProvisioning` with what `stackOutputs` gives",
                    "[examples/automation](../examples/automation/index.ts)",
                ],
                [
                    "anything else",
                    "`pulumi stack output domains --json`, checked with [domains.schema.json](../outputs/domains.schema.json) or " +
                        "[provisioning.schema.json](../outputs/provisioning.schema.json)",
                    "",
                ],
            ],
        ),
        "`provisioning` holds private keys of claims where the stack has them. They are secrets: a program that reads them gets " +
            "them as such, and the command line shows them with `--show-secrets` only.",
        "## Versions",
        "A new field is a new minor version and breaks nobody: readers and schemas take fields that they do not know, and what came " +
            "after the first version is optional, so that an older stack can be read as well. A field that goes or changes its " +
            "meaning, or a new value where the contract lists all of them, is a new major version, which an older reader refuses " +
            "by name.",
        "In the tables, `*` stands for a key that the contract does not fix: of a domain in the configuration, a region, or a " +
            "name of your own.",
        ...Object.entries(outputJsonSchemas).flatMap(([name, schema]) => [
            `## \`${name}\``,
            table(["Field", "Value", "Meaning"], fieldsOf(schema()).map(row)),
        ]),
    ].join("\n\n");
}

/** The fields of a schema, of those below it, and of what its lists and mappings hold. */
function fieldsOf(schema: JsonSchema, path = "", isOptional = false): Field[] {
    const { properties = {}, required = [], additionalProperties, items, oneOf = [], description = "" } = schema;
    const value = `${valueOf(schema)}${isOptional ? ", optional" : ""}`;
    const isEntry = /[*\]]$/.test(path);
    return [
        // What a list or a mapping holds is told with it, unless there is more to say.
        ...(path === "" || (isEntry && description === "") ? [] : [{ path, value, description }]),
        ...Object.entries(properties).flatMap(([name, field]) =>
            fieldsOf(field, path === "" ? name : `${path}.${name}`, !required.includes(name)),
        ),
        ...(additionalProperties ? fieldsOf(additionalProperties, path === "" ? "*" : `${path}.*`) : []),
        ...(items ? fieldsOf(items, `${path}[]`) : []),
        ...formsOf(oneOf, path),
    ];
}

/** The fields of several forms that a constant tells apart: the constant first, then every other one once. */
function formsOf(forms: readonly JsonSchema[], path: string): Field[] {
    const constants = forms.flatMap(({ properties = {} }) =>
        Object.entries(properties).filter(([, { const: only }]) => only !== undefined),
    );
    const [[discriminator = ""] = []] = constants;
    const fields = new Map<string, { readonly field: Field; readonly forms: string[] }>();
    for (const { properties = {}, required } of forms) {
        const { [discriminator]: constant, ...others } = properties;
        for (const field of fieldsOf({ properties: others, required }, path).slice(1)) {
            const known = fields.get(JSON.stringify(field));
            const having = [...(known?.forms ?? []), String(constant?.const)];
            fields.set(JSON.stringify(field), { field, forms: having });
        }
    }
    const paths = [...fields.values()].map(({ field }) => field.path);
    const isAmbiguous = (each: string) => paths.indexOf(each) !== paths.lastIndexOf(each);
    const isOwn = (each: string) => !each.slice(path.length + 1).includes(".");
    return [
        ...(discriminator === ""
            ? []
            : [
                  discriminatorOf(
                      `${path}.${discriminator}`,
                      constants.map(([, each]) => each),
                  ),
              ]),
        ...[...fields.values()].map(({ field, forms: having }) =>
            having.length < forms.length && (isOwn(field.path) || isAmbiguous(field.path))
                ? { ...field, only: field.only ?? `\`${discriminator}\` ${having.join(", ")}` }
                : field,
        ),
    ];
}

function discriminatorOf(path: string, constants: readonly JsonSchema[]): Field {
    const described = constants.filter(({ description }) => description !== undefined);
    return {
        path,
        value: constants.map(valueOf).join(", "),
        description: described.map((each) => `${valueOf(each)}: ${each.description}`).join(" "),
    };
}

function row({ path, value, description, only }: Field): string[] {
    return [`\`${path}\``, value, [description, ...(only === undefined ? [] : [`With ${only}.`])].join(" ").trim()];
}

function valueOf({ type, enum: values, const: only, items, additionalProperties, oneOf }: JsonSchema): string {
    if (only !== undefined) {
        return `\`${String(only)}\``;
    }
    if (values !== undefined) {
        return values.map((value) => `\`${String(value)}\``).join(", ");
    }
    if (items !== undefined) {
        return `list of ${items.type ?? "value"}s`;
    }
    return additionalProperties ? "mapping" : oneOf ? "object" : (type ?? "value");
}
