import type { OperationContext } from "../../context";
import { defineTable } from "../../tables";
import { nameKey } from "./names";
import { roles, type StoredRole } from "./roleTable";

/** A managed policy on a role. */
export interface StoredAttachment {
    readonly role: string;
    readonly policyArn: string;
}

/** Attachments by the role's name and the policy's ARN. */
export const attachments = defineTable<StoredAttachment>("iam", "rolePolicyAttachment");

/** The managed policies on a role. */
export function attachmentsOf(context: OperationContext, role: StoredRole): StoredAttachment[] {
    return context.table(attachments).list(nameKey(role.name));
}

/** The roles that a managed policy is attached to. */
export function rolesAttachedTo(context: OperationContext, policyArn: string): StoredRole[] {
    const names = context
        .table(attachments)
        .list()
        .filter((attachment) => attachment.policyArn === policyArn)
        .map(({ role }) => nameKey(role));
    return names.map((name) => context.table(roles).get(name)).filter((role) => role !== undefined);
}

/** The roles whose permissions a managed policy bounds. */
export function rolesBoundedBy(context: OperationContext, policyArn: string): StoredRole[] {
    return context
        .table(roles)
        .list()
        .filter(({ permissionsBoundary }) => permissionsBoundary === policyArn);
}
