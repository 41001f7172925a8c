import { z } from "zod";
import type { Finding } from "../rules/finding";

/**
 * A string that a rule judges.
 *
 * The rule's findings travel in the issue's parameters, so that configuration errors carry the rule's own words.
 */
export function byRule(rule: (value: string, path: string) => Finding[]) {
    return z.string().superRefine((value, context) => {
        for (const finding of rule(value, "").filter(({ severity }) => severity !== "low")) {
            context.addIssue({ code: "custom", params: { finding } });
        }
    });
}

/**
 * An object that knows its keys.
 *
 * zod reports an unknown key without the known ones; they are what tells a reader of the error what was meant, so they are
 * passed on as the issue's message.
 */
export function strictObject<Shape extends z.core.$ZodShape>(shape: Shape) {
    return z.strictObject(shape, {
        error: (issue) => (issue.code === "unrecognized_keys" ? Object.keys(shape).join(", ") : undefined),
    });
}
