import type { ServiceDefinition } from "../../service";
import { functionOperations } from "./functions";
import { permissionOperations } from "./permissions";
import { tagOperations } from "./tags";

/** AWS Lambda: functions, their versions, and who may call them. */
export const lambda: ServiceDefinition = {
    operations: { ...functionOperations, ...permissionOperations, ...tagOperations },
    validationException: "ValidationException",
};
