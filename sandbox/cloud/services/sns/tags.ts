import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { OperationTypes } from "../../models/sns";
import { parseArn } from "../../../../rules/arns";
import { topics, topicTags } from "./topicTable";

/** @throws Refusal ResourceNotFoundException where there is no such topic */
function findTagged(context: OperationContext, resourceArn: string): string {
    const name = parseArn(resourceArn)?.resource ?? "";
    if (context.table(topics).get(name)?.arn !== resourceArn) {
        throw new Refusal("ResourceNotFoundException", "Resource does not exist");
    }
    return resourceArn;
}

/** Tags of topics. */
export const tagOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/sns/latest/api/API_ListTagsForResource.html */
    ListTagsForResource: ({ ResourceArn }, context) => ({
        Tags: topicTags.list(context, findTagged(context, ResourceArn)),
    }),

    /** @see https://docs.aws.amazon.com/sns/latest/api/API_TagResource.html */
    TagResource: ({ ResourceArn, Tags }, context) => {
        topicTags.add(context, findTagged(context, ResourceArn), Tags);
        return {};
    },

    /** @see https://docs.aws.amazon.com/sns/latest/api/API_UntagResource.html */
    UntagResource: ({ ResourceArn, TagKeys }, context) => {
        topicTags.remove(context, findTagged(context, ResourceArn), TagKeys);
        return {};
    },
};
