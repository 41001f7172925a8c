import type { ServiceDefinition } from "../../service";
import { certificateOperations } from "./certificates";
import { importOperations } from "./imports";
import { requestOperations } from "./requests";

/** AWS Certificate Manager. */
export const acm: ServiceDefinition = {
    operations: { ...certificateOperations, ...importOperations, ...requestOperations },
    validationException: "ValidationException",
};
