import { z } from "zod";
import { configurationSchema } from "./schema";

/**
 * The JSON Schema of a stack's configuration file, for editors.
 *
 * It describes the whole `Pulumi.<stack>.yaml`, so that one comment line in that file is enough:
 * `# yaml-language-server: $schema=./config/stack.schema.json`. Other namespaces, such as `aws:`, are left alone.
 */
export function stackFileSchema(): object {
    const { $schema, properties, required, ...rest } = z.toJSONSchema(configurationSchema, { io: "input" });
    void rest;
    const named = (key: string) => `iot-domains:${key}`;
    return {
        $schema,
        title: "Stack configuration of iot-domains",
        type: "object",
        properties: {
            config: {
                type: "object",
                properties: Object.fromEntries(
                    Object.entries(properties ?? {}).map(([key, schema]) => [named(key), schema]),
                ),
                required: (required ?? []).map(named),
                patternProperties: { "^(?!iot-domains:)": true },
                additionalProperties: false,
            },
        },
        required: ["config"],
    };
}
