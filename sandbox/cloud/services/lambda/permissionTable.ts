import type { OperationContext } from "../../context";
import { defineTable } from "../../tables";
import type { StoredFunction } from "./functionTable";

/** One statement of a function's policy. */
export interface PermissionStatement {
    readonly Sid: string;
    readonly Effect: "Allow";
    readonly Principal: "*" | Readonly<Record<string, string>>;
    readonly Action: string;
    readonly Resource: string;
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The policy of a function or of one of its versions as it is kept. */
export interface StoredPermissions {
    readonly qualifier: string;
    readonly statements: readonly PermissionStatement[];
    readonly revisionId: string;
}

/** Policies by the function's name and the qualifier; a policy goes with its function. */
const permissions = defineTable<StoredPermissions>("lambda", "permissions", false);

/** The policy of a function, or of one of its versions; absent where nobody has been given a permission. */
export function permissionsOf(
    context: OperationContext,
    { name }: StoredFunction,
    qualifier = "",
): StoredPermissions | undefined {
    return context.table(permissions).get(name, qualifier);
}

/** Keeps a policy; one without statements is none. */
export function putPermissions(context: OperationContext, { name }: StoredFunction, changed: StoredPermissions): void {
    if (changed.statements.length === 0) {
        context.table(permissions).delete(name, changed.qualifier);
    } else {
        context.table(permissions).put([name, changed.qualifier], changed);
    }
}

/** To be called when a function is deleted. */
export function clearPermissions(context: OperationContext, { name }: StoredFunction): void {
    for (const { qualifier } of context.table(permissions).list(name)) {
        context.table(permissions).delete(name, qualifier);
    }
}
