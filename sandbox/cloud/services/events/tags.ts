import { parseArn } from "../../../../rules/arns";
import type { OperationContext, OperationsOf } from "../../context";
import type { OperationTypes } from "../../models/events";
import { findRule, ruleTags } from "./ruleTable";

/** @throws Refusal ResourceNotFoundException where there is no such rule */
function findTagged(context: OperationContext, resourceArn: string): string {
    const name = parseArn(resourceArn)?.resource.replace(/^rule\//, "") ?? resourceArn;
    return findRule(context, name, undefined).Arn;
}

/** Tags of rules. */
export const tagOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTagsForResource.html */
    ListTagsForResource: ({ ResourceARN }, context) => ({
        Tags: ruleTags.list(context, findTagged(context, ResourceARN)),
    }),

    /** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TagResource.html */
    TagResource: ({ ResourceARN, Tags }, context) => {
        ruleTags.add(context, findTagged(context, ResourceARN), Tags);
        return {};
    },

    /** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UntagResource.html */
    UntagResource: ({ ResourceARN, TagKeys }, context) => {
        ruleTags.remove(context, findTagged(context, ResourceARN), TagKeys);
        return {};
    },
};
