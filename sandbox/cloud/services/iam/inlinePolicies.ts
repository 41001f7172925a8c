import type { OperationContext, OperationsOf } from "../../context";
import type { OperationTypes } from "../../models/iam";
import { encodeDocument } from "./encoding";
import { inlinePolicies, inlinePoliciesOf, type StoredInlinePolicy } from "./inlinePolicyTable";
import { page } from "./pages";
import { policyFault } from "./policyDocuments";
import { quotas, sizeOf } from "./quotas";
import { refusal } from "./refusals";
import { nameKey } from "./names";
import { findRole, type StoredRole } from "./roleTable";

/** @throws Refusal NoSuchEntityException */
function findInlinePolicy(context: OperationContext, role: StoredRole, name: string): StoredInlinePolicy {
    const policy = context.table(inlinePolicies).get(nameKey(role.name), nameKey(name));
    if (policy === undefined) {
        throw refusal.noSuchEntity(`The role policy with name ${name} cannot be found.`);
    }
    return policy;
}

/** Policies that are part of a role. */
export const inlinePolicyOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
    PutRolePolicy: ({ RoleName, PolicyName, PolicyDocument }, context) => {
        const role = findRole(context, RoleName);
        const fault = policyFault(PolicyDocument, "identity");
        if (fault !== undefined) {
            throw refusal.malformedPolicy(fault);
        }
        const others = inlinePoliciesOf(context, role).filter(({ name }) => nameKey(name) !== nameKey(PolicyName));
        const size = [...others.map(({ document }) => document), PolicyDocument].map(sizeOf);
        if (size.reduce((left, right) => left + right) > quotas.InlinePoliciesPerRole) {
            throw refusal.limitExceeded(
                `Maximum policy size of ${quotas.InlinePoliciesPerRole} bytes exceeded for role ${RoleName}`,
            );
        }
        const policy = { name: PolicyName, document: PolicyDocument };
        context.table(inlinePolicies).put([nameKey(role.name), nameKey(PolicyName)], policy);
    },

    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html */
    GetRolePolicy: ({ RoleName, PolicyName }, context) => {
        const role = findRole(context, RoleName);
        const { name, document } = findInlinePolicy(context, role, PolicyName);
        return { RoleName: role.name, PolicyName: name, PolicyDocument: encodeDocument(document) };
    },

    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html */
    ListRolePolicies: ({ RoleName, ...input }, context) => {
        const { shown, more } = page(inlinePoliciesOf(context, findRole(context, RoleName)), input);
        return { PolicyNames: shown.map(({ name }) => name), ...more };
    },

    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html */
    DeleteRolePolicy: ({ RoleName, PolicyName }, context) => {
        const role = findRole(context, RoleName);
        findInlinePolicy(context, role, PolicyName);
        context.table(inlinePolicies).delete(nameKey(role.name), nameKey(PolicyName));
    },
};
