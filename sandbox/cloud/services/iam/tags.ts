import type { OperationsOf } from "../../context";
import type { OperationTypes } from "../../models/iam";
import { page } from "./pages";
import { findPolicy } from "./policyTable";
import { findRole } from "./roleTable";
import { tagSet } from "./tagSet";

/** Tags of roles and managed policies. */
export const tagOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html */
    TagRole: ({ RoleName, Tags }, context) => tagSet.add(context, findRole(context, RoleName).arn, Tags),

    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagRole.html */
    UntagRole: ({ RoleName, TagKeys }, context) => tagSet.remove(context, findRole(context, RoleName).arn, TagKeys),

    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html */
    ListRoleTags: ({ RoleName, ...input }, context) => {
        const { shown, more } = page(tagSet.list(context, findRole(context, RoleName).arn), input);
        return { Tags: shown, ...more };
    },

    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html */
    TagPolicy: ({ PolicyArn, Tags }, context) => tagSet.add(context, findPolicy(context, PolicyArn).arn, Tags),

    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagPolicy.html */
    UntagPolicy: ({ PolicyArn, TagKeys }, context) =>
        tagSet.remove(context, findPolicy(context, PolicyArn).arn, TagKeys),
};
