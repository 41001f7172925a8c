import type { OperationContext, OperationsOf } from "../../context";
import { randomId } from "../../identifiers";
import type { OperationTypes } from "../../models/iam";
import { inlinePoliciesOf } from "./inlinePolicyTable";
import { page } from "./pages";
import { isAttachable } from "./policyTable";
import { refusal } from "./refusals";
import { nameKey } from "./names";
import { describeRole, findRole, putRole, roles, summarizeRole, type StoredRole } from "./roleTable";
import { tagSet } from "./tagSet";
import { refuseInvalidTrust } from "./trustPolicies";
import { attachmentsOf } from "./usage";

/** Seconds. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const defaultMaxSessionDuration = 3600;

function createRole(context: OperationContext, draft: Omit<StoredRole, "id" | "arn" | "createdAt">): StoredRole {
    const arn = context.arn("iam", `role${draft.path}${draft.name}`, { region: "" });
    const role = { ...draft, arn, id: randomId("AROA", 17), createdAt: context.now };
    putRole(context, role);
    return role;
}

/** Roles. */
export const roleOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
    CreateRole: (input, context) => {
        refuseInvalidTrust(context, input.AssumeRolePolicyDocument);
        if (context.table(roles).get(nameKey(input.RoleName)) !== undefined) {
            throw refusal.alreadyExists(`Role with name ${input.RoleName} already exists.`);
        }
        const boundary = input.PermissionsBoundary;
        if (boundary !== undefined && !isAttachable(context, boundary)) {
            throw refusal.invalidInput(`Scope ARN: ${boundary} does not exist or is not attachable.`);
        }
        const role = createRole(context, {
            name: input.RoleName,
            path: input.Path ?? "/",
            trustPolicy: input.AssumeRolePolicyDocument,
            description: input.Description,
            maxSessionDuration: input.MaxSessionDuration ?? defaultMaxSessionDuration,
            permissionsBoundary: boundary,
        });
        tagSet.add(context, role.arn, input.Tags);
        return { Role: describeRole(context, role) };
    },

    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
    GetRole: ({ RoleName }, context) => ({ Role: describeRole(context, findRole(context, RoleName)) }),

    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
    ListRoles: ({ PathPrefix = "/", ...input }, context) => {
        const all = context
            .table(roles)
            .list()
            .filter(({ path }) => path.startsWith(PathPrefix));
        const { shown, more } = page(all, input);
        return { Roles: shown.map(summarizeRole), ...more };
    },

    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html */
    UpdateRole: ({ RoleName, Description, MaxSessionDuration = defaultMaxSessionDuration }, context) => {
        const role = findRole(context, RoleName);
        const description = Description ?? role.description;
        putRole(context, { ...role, description, maxSessionDuration: MaxSessionDuration });
        return {};
    },

    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html */
    UpdateRoleDescription: ({ RoleName, Description }, context) => {
        const role = { ...findRole(context, RoleName), description: Description };
        putRole(context, role);
        return { Role: describeRole(context, role) };
    },

    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html */
    UpdateAssumeRolePolicy: ({ RoleName, PolicyDocument }, context) => {
        const role = findRole(context, RoleName);
        refuseInvalidTrust(context, PolicyDocument);
        putRole(context, { ...role, trustPolicy: PolicyDocument });
    },

    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html */
    DeleteRole: ({ RoleName }, context) => {
        const role = findRole(context, RoleName);
        if (inlinePoliciesOf(context, role).length > 0) {
            throw refusal.deleteConflict("Cannot delete entity, must delete policies first.");
        }
        if (attachmentsOf(context, role).length > 0) {
            throw refusal.deleteConflict("Cannot delete entity, must detach all policies first.");
        }
        context.table(roles).delete(nameKey(RoleName));
        tagSet.clear(context, role.arn);
    },

    /** Instance profiles are not modelled, so no role is in one. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html */
    ListInstanceProfilesForRole: ({ RoleName }, context) => {
        findRole(context, RoleName);
        return { InstanceProfiles: [], IsTruncated: false };
    },

    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html */
    PutRolePermissionsBoundary: ({ RoleName, PermissionsBoundary }, context) => {
        const role = findRole(context, RoleName);
        if (!isAttachable(context, PermissionsBoundary)) {
            throw refusal.noSuchEntity(`Scope ARN: ${PermissionsBoundary} does not exist or is not attachable.`);
        }
        putRole(context, { ...role, permissionsBoundary: PermissionsBoundary });
    },

    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html */
    DeleteRolePermissionsBoundary: ({ RoleName }, context) => {
        putRole(context, { ...findRole(context, RoleName), permissionsBoundary: undefined });
    },
};
