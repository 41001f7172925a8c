import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import { randomId } from "../../identifiers";
import type { ChangeInfo, OperationTypes } from "../../models/route53";
import { defineTable } from "../../tables";
import { bareId } from "./names";

interface StoredChange {
    readonly submittedAt: number;
    readonly comment?: string;
}

const changes = defineTable<StoredChange>("route53", "change", false);

/** Notes that something changed in DNS. Its answer is always PENDING, as AWS documents it. */
export function submitChange(context: OperationContext, comment?: string): ChangeInfo {
    const id = randomId("C", 20);
    context.table(changes).put(id, { submittedAt: context.now, comment });
    return changeInfo(id, { submittedAt: context.now, comment }, "PENDING");
}

function changeInfo(id: string, change: StoredChange, status: ChangeInfo["Status"]): ChangeInfo {
    return {
        Id: `/change/${id}`,
        Status: status,
        SubmittedAt: new Date(change.submittedAt),
        Comment: change.comment,
    };
}

/** What became of changes: the cloud answers from its records at once, so a change is in sync when it is asked for. */
export const changeOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetChange.html */
    GetChange: ({ Id }, context) => {
        const change = context.table(changes).get(bareId(Id));
        if (change === undefined) {
            throw new Refusal("NoSuchChange", `Could not find resource with ID: ${bareId(Id)}`);
        }
        return { ChangeInfo: changeInfo(bareId(Id), change, "INSYNC") };
    },
};
