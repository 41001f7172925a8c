import { randomBytes } from "node:crypto";
import type { OperationContext } from "../../cloud/context";
import { defineTable } from "../../cloud/tables";

interface StoredToken {
    readonly certificateId: string;
    readonly expiresAt: number;
}

/** Tokens by themselves, which are encrypted nowhere: they are worth nothing after an hour. */
const tokens = defineTable<StoredToken>("iot", "certificateOwnershipToken", false);

/** @see https://docs.aws.amazon.com/iot/latest/developerguide/fleet-provision-api.html */
const lifetime = 60 * 60 * 1000;

/** A proof, for an hour, that whoever has it has asked for a certificate. */
export function issueOwnershipToken(context: OperationContext, certificateId: string): string {
    const table = context.table(tokens);
    const token = randomBytes(48).toString("base64url");
    table.put(token, { certificateId, expiresAt: context.now + lifetime });
    return token;
}

/** The certificate that a token is for; `undefined` for one that is unknown or has expired. */
export function ownedCertificate(context: OperationContext, token: string): string | undefined {
    const stored = context.table(tokens).get(token);
    return stored !== undefined && stored.expiresAt >= context.now ? stored.certificateId : undefined;
}

/** A token can be used once. */
export function useOwnershipToken(context: OperationContext, token: string): void {
    context.table(tokens).delete(token);
}
