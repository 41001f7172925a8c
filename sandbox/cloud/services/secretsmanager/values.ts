import { randomUUID, timingSafeEqual } from "node:crypto";
import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { OperationTypes } from "../../models/secretsmanager";
import { paginate } from "../../pagination";
import { findSecret, findUsableSecret, putSecret, type StoredSecret } from "./secretTable";
import { chooseVersion, currentStage, labelled, labelVersion, unlabel, type StoredVersion } from "./versions";

/** A value as requests give it. */
export interface SecretValue {
    readonly SecretString?: string;
    readonly SecretBinary?: Uint8Array;
}

/** Whether a request gives a value. @throws Refusal InvalidParameterException where it gives two */
export function hasValue({ SecretString, SecretBinary }: SecretValue): boolean {
    if (SecretString !== undefined && SecretBinary !== undefined) {
        throw new Refusal(
            "InvalidParameterException",
            "You can't specify both a binary secret value and a string secret value in the same secret.",
        );
    }
    return SecretString !== undefined || SecretBinary !== undefined;
}

function openValue(context: OperationContext, { secretString, secretBinary }: StoredVersion): SecretValue {
    return {
        SecretString: secretString === undefined ? undefined : context.vault.open(secretString).toString(),
        SecretBinary: secretBinary === undefined ? undefined : context.vault.open(secretBinary),
    };
}

function sameBytes(left: string | Uint8Array | undefined, right: string | Uint8Array | undefined): boolean {
    if (left === undefined || right === undefined) {
        return left === right;
    }
    const [one, other] = [Buffer.from(left), Buffer.from(right)];
    return one.length === other.length && timingSafeEqual(one, other);
}

/** Whether a version has a value. */
export function hasSameValue(context: OperationContext, version: StoredVersion, value: SecretValue): boolean {
    const kept = openValue(context, version);
    return sameBytes(kept.SecretString, value.SecretString) && sameBytes(kept.SecretBinary, value.SecretBinary);
}

/** The refusal of a token that a version has already. */
export function tokenInUse(secret: StoredSecret, token: string): Refusal {
    return new Refusal(
        "ResourceExistsException",
        `You can't use ClientRequestToken ${token} because that value is already in use for a version of secret ${secret.arn}.`,
    );
}

/** A secret with one more version, which takes over the labels. */
export function addVersion(
    context: OperationContext,
    secret: StoredSecret,
    value: SecretValue,
    { token = randomUUID(), stages = [currentStage] }: { token?: string; stages?: readonly string[] },
): { changed: StoredSecret; id: string } {
    const version: StoredVersion = {
        id: token,
        stages: [],
        secretString: value.SecretString === undefined ? undefined : context.vault.seal(value.SecretString),
        secretBinary: value.SecretBinary === undefined ? undefined : context.vault.seal(value.SecretBinary),
        createdAt: context.now,
    };
    // "If this operation creates the first version for the secret, then Secrets Manager automatically attaches AWSCURRENT."
    const labels = secret.versions.length === 0 ? new Set([...stages, currentStage]) : new Set(stages);
    const versions = [...labels].reduce((all, label) => labelVersion(all, label, token), [...secret.versions, version]);
    return { changed: { ...secret, versions, changedAt: context.now }, id: token };
}

/** The values of secrets. */
export const valueOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html */
    PutSecretValue: ({ SecretId, ClientRequestToken: token, VersionStages, ...value }, context) => {
        const secret = findUsableSecret(context, SecretId);
        if (!hasValue(value)) {
            throw new Refusal("InvalidRequestException", "You must provide either SecretString or SecretBinary.");
        }
        const existing = secret.versions.find(({ id }) => id === token);
        if (existing !== undefined && !hasSameValue(context, existing, value)) {
            throw tokenInUse(secret, existing.id);
        }
        const { changed, id } =
            existing === undefined
                ? addVersion(context, secret, value, { token, stages: VersionStages })
                : { changed: secret, id: existing.id };
        putSecret(context, changed);
        const stages = changed.versions.find((version) => version.id === id)?.stages ?? [];
        return { ARN: secret.arn, Name: secret.name, VersionId: id, VersionStages: [...stages] };
    },

    /** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html */
    GetSecretValue: ({ SecretId, ...wanted }, context) => {
        const secret = findUsableSecret(context, SecretId);
        const version = chooseVersion(secret.versions, wanted);
        return {
            ARN: secret.arn,
            Name: secret.name,
            VersionId: version.id,
            VersionStages: [...version.stages],
            CreatedDate: new Date(version.createdAt),
            ...openValue(context, version),
        };
    },

    /** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecretVersionIds.html */
    ListSecretVersionIds: ({ SecretId, IncludeDeprecated = false, MaxResults = 100, NextToken }, context) => {
        const secret = findSecret(context, SecretId);
        const all = secret.versions.filter(({ stages }) => IncludeDeprecated || stages.length > 0);
        const { shown, token } = paginate(all, MaxResults, NextToken);
        return {
            ARN: secret.arn,
            Name: secret.name,
            Versions: shown.map(({ id, stages, createdAt }) => ({
                VersionId: id,
                VersionStages: stages.length === 0 ? undefined : [...stages],
                CreatedDate: new Date(createdAt),
            })),
            NextToken: token,
        };
    },

    /** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html */
    UpdateSecretVersionStage: ({ SecretId, VersionStage, RemoveFromVersionId, MoveToVersionId }, context) => {
        const secret = findUsableSecret(context, SecretId);
        const holder = labelled(secret.versions, VersionStage);
        if (holder?.id !== RemoveFromVersionId && holder?.id !== MoveToVersionId) {
            throw new Refusal(
                "InvalidParameterException",
                `The parameter RemoveFromVersionId can't be empty. Staging label ${VersionStage} is currently attached to version ${holder?.id}, so you must explicitly reference that version in RemoveFromVersionId.`,
            );
        }
        if (VersionStage === currentStage && MoveToVersionId === undefined) {
            throw new Refusal(
                "InvalidParameterException",
                `You can only move staging label ${currentStage} to a different secret version. It can't be completely removed.`,
            );
        }
        const versions =
            MoveToVersionId === undefined
                ? unlabel(secret.versions, VersionStage)
                : labelVersion(
                      secret.versions,
                      VersionStage,
                      chooseVersion(secret.versions, { VersionId: MoveToVersionId }).id,
                  );
        putSecret(context, { ...secret, versions, changedAt: context.now });
        return { ARN: secret.arn, Name: secret.name };
    },
};
