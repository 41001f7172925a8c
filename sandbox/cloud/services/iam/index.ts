import type { ServiceDefinition } from "../../service";
import { attachmentOperations } from "./attachments";
import { inlinePolicyOperations } from "./inlinePolicies";
import { policyOperations } from "./policies";
import { roleOperations } from "./roles";
import { tagOperations } from "./tags";

/** AWS Identity and Access Management: roles and policies. It keeps them; no call is allowed or denied by them. */
export const iam: ServiceDefinition = {
    operations: {
        ...attachmentOperations,
        ...inlinePolicyOperations,
        ...policyOperations,
        ...roleOperations,
        ...tagOperations,
    },
    validationException: "ValidationError",
};
