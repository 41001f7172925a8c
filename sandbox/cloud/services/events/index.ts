import type { ServiceDefinition } from "../../service";
import { ruleOperations } from "./rules";
import { tagOperations } from "./tags";
import { targetOperations } from "./targets";

/** Amazon EventBridge: rules of the default event bus, and their targets. */
export const events: ServiceDefinition = {
    operations: { ...ruleOperations, ...tagOperations, ...targetOperations },
    validationException: "ValidationException",
};
