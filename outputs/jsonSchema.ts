import { z } from "zod";
import { domainsOutputSchema } from "./contract";

/** The JSON Schema of the output `domains`, for programs that are not written in TypeScript. */
export function domainsJsonSchema(): object {
    return { ...z.toJSONSchema(domainsOutputSchema), title: "Output `domains` of a stack of iot-domains" };
}
