import type { OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { OperationTypes } from "../../models/secretsmanager";
import { allowsEverybody, policyFault } from "../iam/policyDocuments";
import { findUsableSecret, putSecret } from "./secretTable";

/** Policies on secrets. */
export const resourcePolicyOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html */
    GetResourcePolicy: ({ SecretId }, context) => {
        const { arn, name, resourcePolicy } = findUsableSecret(context, SecretId);
        return { ARN: arn, Name: name, ResourcePolicy: resourcePolicy };
    },

    /** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html */
    PutResourcePolicy: ({ SecretId, ResourcePolicy, BlockPublicPolicy = false }, context) => {
        const secret = findUsableSecret(context, SecretId);
        const fault = policyFault(ResourcePolicy, "resource");
        if (fault !== undefined) {
            throw new Refusal("MalformedPolicyDocumentException", fault);
        }
        if (BlockPublicPolicy && allowsEverybody(ResourcePolicy)) {
            throw new Refusal(
                "PublicPolicyException",
                "The BlockPublicPolicy parameter is set to true, and the resource policy did not prevent broad access to the secret.",
            );
        }
        putSecret(context, { ...secret, resourcePolicy: ResourcePolicy });
        return { ARN: secret.arn, Name: secret.name };
    },

    /** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteResourcePolicy.html */
    DeleteResourcePolicy: ({ SecretId }, context) => {
        const secret = findUsableSecret(context, SecretId);
        putSecret(context, { ...secret, resourcePolicy: undefined });
        return { ARN: secret.arn, Name: secret.name };
    },
};
