import type { ServiceDefinition } from "../../service";
import { certificateOperations } from "./certificates";
import { requestOperations } from "./requests";

/** AWS Certificate Manager. */
export const acm: ServiceDefinition = {
    operations: { ...certificateOperations, ...requestOperations },
    validationException: "ValidationException",
};
