import type { OperationsOf } from "../../context";
import type { OperationTypes } from "../../models/lambda";
import { findFunction } from "./functionTable";
import { asTags, tagSet } from "./tagSet";

/** Tags of functions. */
export const tagOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html */
    ListTags: ({ Resource }, context) => ({
        Tags: tagSet.get(context, findFunction(context, Resource).found.arn),
    }),

    /** @see https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html */
    TagResource: ({ Resource, Tags }, context) =>
        tagSet.add(context, findFunction(context, Resource).found.arn, asTags(Tags)),

    /** @see https://docs.aws.amazon.com/lambda/latest/api/API_UntagResource.html */
    UntagResource: ({ Resource, TagKeys }, context) =>
        tagSet.remove(context, findFunction(context, Resource).found.arn, TagKeys),
};
