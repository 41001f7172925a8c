import type { ServiceDefinition } from "../../service";
import { resourcePolicyOperations } from "./resourcePolicies";
import { secretOperations } from "./secrets";
import { tagOperations } from "./tags";
import { valueOperations } from "./values";

/** AWS Secrets Manager: secrets, the versions of their values, and their policies. */
export const secretsmanager: ServiceDefinition = {
    operations: { ...resourcePolicyOperations, ...secretOperations, ...tagOperations, ...valueOperations },
    validationException: "ValidationException",
};
