import { matchesPattern } from "./framework/glob";
import { stackNameOf, type ResourceView } from "./framework/resources";
import type { Setting } from "./framework/rule";

/** The setting of rules that hold in production only: which stacks those are. */
export const productionStacks: Setting<readonly string[]> = {
    type: "array",
    items: { type: "string" },
    description: "Names of the stacks that are production, in which `*` stands for any characters.",
    default: ["prod", "prod-*", "*-prod", "production", "production-*", "*-production"],
};

/** Whether a resource belongs to a stack whose name matches one of the patterns. */
export function isInStack(resource: ResourceView, patterns: readonly string[]): boolean {
    const name = stackNameOf(resource);
    return patterns.some((pattern) => matchesPattern(pattern, name));
}
