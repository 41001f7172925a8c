import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { OperationTypes } from "../../models/iot";
import { TagSet } from "../../tags";

/** Tags of the service's resources, by ARN. */
export const tagSet = new TagSet("iot", { tooMany: "InvalidRequestException", invalid: "InvalidRequestException" });

function refuseUnknown(context: OperationContext, arn: string): void {
    if (!tagSet.has(context, arn)) {
        throw new Refusal("ResourceNotFoundException", `Resource ${arn} not found.`);
    }
}

/** Tags of any of the service's resources. */
export const tagOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_TagResource.html */
    TagResource: ({ resourceArn, tags }, context) => {
        refuseUnknown(context, resourceArn);
        tagSet.add(context, resourceArn, tags);
        return {};
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_UntagResource.html */
    UntagResource: ({ resourceArn, tagKeys }, context) => {
        refuseUnknown(context, resourceArn);
        tagSet.remove(context, resourceArn, tagKeys);
        return {};
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_ListTagsForResource.html */
    ListTagsForResource: ({ resourceArn }, context) => {
        refuseUnknown(context, resourceArn);
        return { tags: tagSet.list(context, resourceArn) };
    },
};
