import { z } from "zod";
import { strictObject } from "./zodExtensions";

/** A PEM text in a file of the project. */
export const inFile = strictObject({
    from: z.literal("file"),
    path: z.string().min(1).describe("Path of a PEM file, from the project's folder."),
});

/** A PEM text in the stack's own configuration, encrypted by Pulumi. */
export const inSecret = strictObject({
    from: z.literal("secret"),
    name: z.string().min(1).describe("Key under iot-domains:secrets that holds the PEM text."),
});
