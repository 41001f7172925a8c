import { z } from "zod";
import { domainsOutputSchema } from "./contract";
import { provisioningOutputSchema } from "./provisioningContract";

/** The JSON Schemas of the outputs, by their names, for programs that are not written in TypeScript. */
export const outputJsonSchemas = {
    domains: () => jsonSchema("domains", domainsOutputSchema),
    provisioning: () => jsonSchema("provisioning", provisioningOutputSchema),
} as const;

function jsonSchema(name: string, schema: z.ZodType): object {
    // As an input: a schema of what is put out would refuse the fields of a later minor version.
    return { ...z.toJSONSchema(schema, { io: "input" }), title: `Output \`${name}\` of a stack of iot-domains` };
}
