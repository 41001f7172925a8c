import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import { randomId } from "../../identifiers";
import type { CreateSecretRequest, OperationTypes } from "../../models/secretsmanager";
import {
    findSecret,
    findUsableSecret,
    lookUpSecret,
    putSecret,
    removeSecret,
    secretNamed,
    secretTags,
    type StoredSecret,
} from "./secretTable";
import { addVersion, hasSameValue, hasValue, tokenInUse } from "./values";
import { stagesByVersion } from "./versions";

const day = 86_400_000;

/** Days for which a deleted secret can be restored. @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html */
const recoveryWindow = { least: 7, most: 30 };

/** @throws Refusal for what Secrets Manager does not take as a new secret, whatever is there already */
function refuseInvalid(input: CreateSecretRequest): void {
    // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
    if (!/^[A-Za-z0-9/_+=.@!-]+$/.test(input.Name)) {
        throw new Refusal(
            "ValidationException",
            "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
        );
    }
    if (input.AddReplicaRegions !== undefined) {
        throw new Refusal("UnknownOperation", "the sandbox does not replicate secrets to other regions", 501);
    }
}

/** What a second creation of a secret is answered: the same again for the same request, else a refusal. */
function createAgain(context: OperationContext, existing: StoredSecret, input: CreateSecretRequest) {
    if (existing.removedAt !== undefined) {
        throw new Refusal(
            "InvalidRequestException",
            "You can't create this secret because a secret with this name is already scheduled for deletion.",
        );
    }
    const version = existing.versions.find(({ id }) => id === input.ClientRequestToken);
    if (version === undefined || !hasSameValue(context, version, input)) {
        throw new Refusal(
            "ResourceExistsException",
            `The operation failed because the secret ${input.Name} already exists.`,
        );
    }
    return { ARN: existing.arn, Name: existing.name, VersionId: version.id };
}

/** Secrets. Their values are sealed before they are kept. */
export const secretOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
    CreateSecret: (input, context) => {
        refuseInvalid(input);
        const withValue = hasValue(input);
        const existing = secretNamed(context, input.Name);
        if (existing !== undefined) {
            return createAgain(context, existing, input);
        }
        const secret: StoredSecret = {
            name: input.Name,
            arn: context.arn("secretsmanager", `secret:${input.Name}-${randomId("", 6)}`),
            description: input.Description,
            kmsKeyId: input.KmsKeyId,
            type: input.Type,
            versions: [],
            createdAt: context.now,
            changedAt: context.now,
        };
        const { changed, id } = withValue
            ? addVersion(context, secret, input, { token: input.ClientRequestToken })
            : { changed: secret, id: undefined };
        putSecret(context, changed);
        secretTags.add(context, secret.arn, input.Tags);
        return { ARN: secret.arn, Name: secret.name, VersionId: id };
    },

    /** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html */
    DescribeSecret: ({ SecretId }, context) => {
        const secret = findSecret(context, SecretId);
        const tags = secretTags.list(context, secret.arn);
        return {
            ARN: secret.arn,
            Name: secret.name,
            Type: secret.type,
            Description: secret.description,
            KmsKeyId: secret.kmsKeyId,
            CreatedDate: new Date(secret.createdAt),
            LastChangedDate: new Date(secret.changedAt),
            DeletedDate: secret.removedAt === undefined ? undefined : new Date(secret.removedAt),
            Tags: tags.length === 0 ? undefined : tags,
            VersionIdsToStages: secret.versions.length === 0 ? undefined : stagesByVersion(secret.versions),
        };
    },

    /** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecret.html */
    UpdateSecret: ({ SecretId, ClientRequestToken: token, Description, KmsKeyId, Type, ...value }, context) => {
        const found = findUsableSecret(context, SecretId);
        const secret: StoredSecret = {
            ...found,
            description: Description ?? found.description,
            // An empty text asks for the key of AWS's own.
            kmsKeyId: KmsKeyId === "" ? undefined : (KmsKeyId ?? found.kmsKeyId),
            type: Type ?? found.type,
            changedAt: context.now,
        };
        if (!hasValue(value)) {
            putSecret(context, secret);
            return { ARN: secret.arn, Name: secret.name };
        }
        if (token !== undefined && secret.versions.some(({ id }) => id === token)) {
            throw tokenInUse(secret, token);
        }
        const { changed, id } = addVersion(context, secret, value, { token });
        putSecret(context, changed);
        return { ARN: secret.arn, Name: secret.name, VersionId: id };
    },

    /** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html */
    DeleteSecret: ({ SecretId, RecoveryWindowInDays, ForceDeleteWithoutRecovery = false }, context) => {
        if (ForceDeleteWithoutRecovery) {
            return deleteAtOnce(context, SecretId, RecoveryWindowInDays);
        }
        const days = RecoveryWindowInDays ?? recoveryWindow.most;
        if (days < recoveryWindow.least || days > recoveryWindow.most) {
            throw new Refusal(
                "InvalidParameterException",
                `The RecoveryWindowInDays value must be between ${recoveryWindow.least} and ${recoveryWindow.most} days (inclusive).`,
            );
        }
        const secret = findUsableSecret(context, SecretId);
        const removedAt = context.now + days * day;
        putSecret(context, { ...secret, removedAt });
        return { ARN: secret.arn, Name: secret.name, DeletionDate: new Date(removedAt) };
    },

    /** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RestoreSecret.html */
    RestoreSecret: ({ SecretId }, context) => {
        const secret = findSecret(context, SecretId);
        putSecret(context, { ...secret, removedAt: undefined });
        return { ARN: secret.arn, Name: secret.name };
    },
};

/** A secret that is not there is no error then. */
function deleteAtOnce(context: OperationContext, secretId: string, days: number | undefined) {
    if (days !== undefined) {
        throw new Refusal(
            "InvalidParameterException",
            "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
        );
    }
    const secret = lookUpSecret(context, secretId);
    if (secret !== undefined) {
        removeSecret(context, secret);
    }
    return { ARN: secret?.arn, Name: secret?.name ?? secretId, DeletionDate: new Date(context.now) };
}
