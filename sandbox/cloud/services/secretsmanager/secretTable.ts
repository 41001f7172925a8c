import { parseArn } from "../../../../rules/arns";
import type { OperationContext } from "../../context";
import { Refusal } from "../../errors";
import { defineTable } from "../../tables";
import { TagSet } from "../../tags";
import type { StoredVersion } from "./versions";

/** A secret as it is kept. */
export interface StoredSecret {
    readonly name: string;
    readonly arn: string;
    readonly description?: string;
    readonly kmsKeyId?: string;
    readonly type?: string;
    readonly resourcePolicy?: string;
    /** The oldest first. */
    readonly versions: readonly StoredVersion[];
    readonly createdAt: number;
    readonly changedAt: number;
    /** When a secret whose deletion is scheduled goes for good. */
    readonly removedAt?: number;
}

/** Secrets by their names. */
const secrets = defineTable<StoredSecret>("secretsmanager", "secret");

/** Secrets whose deletion is scheduled: nobody has to delete them any more. */
const scheduledSecrets = defineTable<StoredSecret>("secretsmanager", "scheduledSecret", false);

/** Tags by the secret's ARN. */
export const secretTags = new TagSet("secretsmanager", {
    tooMany: "InvalidParameterException",
    invalid: "InvalidParameterException",
});

/** The secret of that name, if there is one, or one whose deletion is scheduled. */
export function secretNamed(context: OperationContext, name: string): StoredSecret | undefined {
    const scheduled = context.table(scheduledSecrets).get(name);
    const recoverable = (scheduled?.removedAt ?? 0) > context.now ? scheduled : undefined;
    return context.table(secrets).get(name) ?? recoverable;
}

/** The name at the end of an ARN, without the six characters that Secrets Manager adds, if they are there. */
function namesIn(secretId: string): string[] {
    const arn = parseArn(secretId);
    if (arn === undefined) {
        return [secretId];
    }
    const name = arn.resource.replace(/^secret:/, "");
    return [name.replace(/-\w{6}$/, ""), name];
}

/**
 * The secret of that name, ARN or ARN without its last seven characters, if there is one; also one whose deletion is
 * scheduled.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
 */
export function lookUpSecret(context: OperationContext, secretId: string): StoredSecret | undefined {
    const isArn = parseArn(secretId) !== undefined;
    return namesIn(secretId)
        .map((name) => secretNamed(context, name))
        .find((secret) => secret !== undefined && (!isArn || [secret.arn, secret.arn.slice(0, -7)].includes(secretId)));
}

/** The secret as {@link lookUpSecret} finds it. @throws Refusal ResourceNotFoundException */
export function findSecret(context: OperationContext, secretId: string): StoredSecret {
    const found = lookUpSecret(context, secretId);
    if (found === undefined) {
        throw new Refusal("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    return found;
}

/** The secret as {@link findSecret} finds it. @throws Refusal InvalidRequestException where its deletion is scheduled */
export function findUsableSecret(context: OperationContext, secretId: string): StoredSecret {
    const secret = findSecret(context, secretId);
    if (secret.removedAt !== undefined) {
        throw new Refusal(
            "InvalidRequestException",
            "You can't perform this operation on the secret because it was marked for deletion.",
        );
    }
    return secret;
}

/** Keeps a secret, new or changed. */
export function putSecret(context: OperationContext, secret: StoredSecret): void {
    const [home, other] = secret.removedAt === undefined ? [secrets, scheduledSecrets] : [scheduledSecrets, secrets];
    context.table(home).put(secret.name, secret);
    context.table(other).delete(secret.name);
}

/** Removes a secret for good. */
export function removeSecret(context: OperationContext, { name, arn }: StoredSecret): void {
    context.table(secrets).delete(name);
    context.table(scheduledSecrets).delete(name);
    secretTags.clear(context, arn);
}
