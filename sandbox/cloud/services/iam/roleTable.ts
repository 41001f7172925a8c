import type { OperationContext } from "../../context";
import type { Role } from "../../models/iam";
import { defineTable } from "../../tables";
import { encodeDocument } from "./encoding";
import { nameKey } from "./names";
import { refusal } from "./refusals";
import { tagSet } from "./tagSet";

/** A role as it is kept. */
export interface StoredRole {
    readonly name: string;
    readonly id: string;
    readonly arn: string;
    readonly path: string;
    readonly trustPolicy: string;
    readonly description?: string;
    /** Seconds. */
    readonly maxSessionDuration: number;
    /** The ARN of a managed policy. */
    readonly permissionsBoundary?: string;
    readonly createdAt: number;
}

export const roles = defineTable<StoredRole>("iam", "role");

/** The role of that name. @throws Refusal NoSuchEntityException */
export function findRole(context: OperationContext, name: string): StoredRole {
    const role = context.table(roles).get(nameKey(name));
    if (role === undefined) {
        throw refusal.noSuchEntity(`The role with name ${name} cannot be found.`);
    }
    return role;
}

/** Keeps a role, new or changed. */
export function putRole(context: OperationContext, role: StoredRole): void {
    context.table(roles).put(nameKey(role.name), role);
}

/** A role as ListRoles tells it. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
export function summarizeRole(role: StoredRole): Role {
    return {
        Path: role.path,
        RoleName: role.name,
        RoleId: role.id,
        Arn: role.arn,
        CreateDate: new Date(role.createdAt),
        AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
        Description: role.description,
        MaxSessionDuration: role.maxSessionDuration,
    };
}

/** All that IAM tells of a role. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
export function describeRole(context: OperationContext, role: StoredRole): Role {
    const tags = tagSet.list(context, role.arn);
    return {
        ...summarizeRole(role),
        PermissionsBoundary:
            role.permissionsBoundary === undefined
                ? undefined
                : {
                      PermissionsBoundaryType: "PermissionsBoundaryPolicy",
                      PermissionsBoundaryArn: role.permissionsBoundary,
                  },
        Tags: tags.length === 0 ? undefined : tags,
        RoleLastUsed: {},
    };
}
