import type { OperationContext } from "../../context";
import { defineTable } from "../../tables";
import { nameKey } from "./names";
import { type StoredRole } from "./roleTable";

/** An inline policy of a role as it is kept. */
export interface StoredInlinePolicy {
    readonly name: string;
    readonly document: string;
}

/** Inline policies by the role's name and their own. */
export const inlinePolicies = defineTable<StoredInlinePolicy>("iam", "rolePolicy");

/** The inline policies of a role. */
export function inlinePoliciesOf(context: OperationContext, role: StoredRole): StoredInlinePolicy[] {
    return context.table(inlinePolicies).list(nameKey(role.name));
}
