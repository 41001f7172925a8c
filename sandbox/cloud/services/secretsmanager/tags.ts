import type { OperationsOf } from "../../context";
import type { OperationTypes } from "../../models/secretsmanager";
import { findUsableSecret, secretTags } from "./secretTable";

/** Tags of secrets; DescribeSecret tells them. */
export const tagOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_TagResource.html */
    TagResource: ({ SecretId, Tags }, context) =>
        secretTags.add(context, findUsableSecret(context, SecretId).arn, Tags),

    /** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UntagResource.html */
    UntagResource: ({ SecretId, TagKeys }, context) =>
        secretTags.remove(context, findUsableSecret(context, SecretId).arn, TagKeys),
};
