import { parseArn } from "../../../../rules/arns";
import type { OperationsOf } from "../../context";
import type { OperationTypes } from "../../models/iam";
import { page } from "./pages";
import { findPolicy, isAttachable, isManagedByAws, policyName } from "./policyTable";
import { refuseAbove } from "./quotas";
import { refusal } from "./refusals";
import { nameKey } from "./names";
import { findRole } from "./roleTable";
import { attachments, attachmentsOf, rolesAttachedTo, rolesBoundedBy } from "./usage";

/** The path in a managed policy's ARN. */
function policyPath(policyArn: string): string {
    const resource = parseArn(policyArn)?.resource ?? "";
    return resource.slice("policy".length, resource.lastIndexOf("/") + 1);
}

/** Managed policies on roles. */
export const attachmentOperations: OperationsOf<OperationTypes> = {
    /** Attaching again changes nothing. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html */
    AttachRolePolicy: ({ RoleName, PolicyArn }, context) => {
        const role = findRole(context, RoleName);
        if (parseArn(PolicyArn)?.service !== "iam") {
            throw refusal.invalidInput(`ARN ${PolicyArn} is not valid.`);
        }
        if (!isAttachable(context, PolicyArn)) {
            throw refusal.noSuchEntity(`Policy ${PolicyArn} does not exist or is not attachable.`);
        }
        const others = attachmentsOf(context, role).filter(({ policyArn }) => policyArn !== PolicyArn);
        refuseAbove("PoliciesPerRole", others.length + 1);
        const attachment = { role: role.name, policyArn: PolicyArn };
        context.table(attachments).put([nameKey(role.name), PolicyArn], attachment);
    },

    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html */
    DetachRolePolicy: ({ RoleName, PolicyArn }, context) => {
        const role = findRole(context, RoleName);
        if (!context.table(attachments).delete(nameKey(role.name), PolicyArn)) {
            throw refusal.noSuchEntity(`Policy ${PolicyArn} was not found.`);
        }
    },

    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html */
    ListAttachedRolePolicies: ({ RoleName, PathPrefix = "/", ...input }, context) => {
        const all = attachmentsOf(context, findRole(context, RoleName));
        const { shown, more } = page(
            all.filter(({ policyArn }) => policyPath(policyArn).startsWith(PathPrefix)),
            input,
        );
        const AttachedPolicies = shown.map(({ policyArn }) => ({
            PolicyName: policyName(policyArn),
            PolicyArn: policyArn,
        }));
        return { AttachedPolicies, ...more };
    },

    /** Users and groups are not modelled. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html */
    ListEntitiesForPolicy: ({ PolicyArn, EntityFilter, PathPrefix = "/", PolicyUsageFilter, ...input }, context) => {
        if (!isManagedByAws(PolicyArn)) {
            findPolicy(context, PolicyArn);
        }
        const attached = PolicyUsageFilter === "PermissionsBoundary" ? [] : rolesAttachedTo(context, PolicyArn);
        const bounded = PolicyUsageFilter === "PermissionsPolicy" ? [] : rolesBoundedBy(context, PolicyArn);
        const wanted = EntityFilter === undefined || EntityFilter === "Role";
        const found = wanted ? [...new Map([...attached, ...bounded].map((role) => [role.id, role])).values()] : [];
        const { shown, more } = page(
            found.filter(({ path }) => path.startsWith(PathPrefix)),
            input,
        );
        return {
            PolicyGroups: [],
            PolicyUsers: [],
            PolicyRoles: shown.map(({ name, id }) => ({ RoleName: name, RoleId: id })),
            ...more,
        };
    },
};
