import { parseArn } from "../../../../rules/arns";
import type { SigningHash } from "../../authority/keys";
import type { OperationContext } from "../../context";
import { Refusal } from "../../errors";
import type { CertificateAuthorityConfiguration, CreateCertificateAuthorityRequest } from "../../models/acm-pca";
import { defineTable } from "../../tables";
import { TagSet } from "../../tags";

/** A private CA as it is kept. */
export interface StoredPrivateAuthority extends Pick<
    CreateCertificateAuthorityRequest,
    "RevocationConfiguration" | "KeyStorageSecurityStandard" | "UsageMode"
> {
    readonly arn: string;
    readonly type: CreateCertificateAuthorityRequest["CertificateAuthorityType"];
    readonly configuration: CertificateAuthorityConfiguration;
    readonly status: "PENDING_CERTIFICATE" | "ACTIVE" | "DISABLED" | "DELETED";
    readonly createdAt: number;
    readonly changedAt: number;
    readonly restorableUntil?: number;
    readonly request: string;
    /** PKCS #8 in DER, encrypted. */
    readonly sealedKey: string;
    /** PEM, once it is there. */
    readonly certificate?: string;
    readonly chain?: string;
}

/** Private CAs by their ARNs. */
const authorities = defineTable<StoredPrivateAuthority>("acm-pca", "certificateAuthority");

/** Those that were deleted, and can be restored for a while: nobody's to delete any more. */
const deletedAuthorities = defineTable<StoredPrivateAuthority>("acm-pca", "deletedCertificateAuthority", false);

/** Tags of private CAs, by ARN. */
export const tagSet = new TagSet("acm-pca", { tooMany: "TooManyTagsException", invalid: "InvalidTagException" });

/** The CA of that ARN. @throws Refusal InvalidArnException or ResourceNotFoundException */
export function findAuthority(context: OperationContext, arn: string): StoredPrivateAuthority {
    const parts = parseArn(arn);
    if (parts?.service !== "acm-pca" || !parts.resource.startsWith("certificate-authority/")) {
        throw new Refusal("InvalidArnException", `${arn} is not a valid ARN of a certificate authority`);
    }
    const deleted = context.table(deletedAuthorities).get(arn);
    const isRestorable = (deleted?.restorableUntil ?? 0) > context.now;
    const authority = context.table(authorities).get(arn) ?? (isRestorable ? deleted : undefined);
    if (authority === undefined) {
        throw new Refusal("ResourceNotFoundException", `Could not find Certificate Authority with ARN ${arn}`);
    }
    return authority;
}

/** Keeps a CA, new or changed. */
export function putAuthority(context: OperationContext, authority: StoredPrivateAuthority): void {
    const isDeleted = authority.status === "DELETED";
    context.table(isDeleted ? authorities : deletedAuthorities).delete(authority.arn);
    context.table(isDeleted ? deletedAuthorities : authorities).put(authority.arn, authority);
}

/** @throws Refusal InvalidStateException where the CA is in none of the states */
export function refuseState(
    authority: StoredPrivateAuthority,
    ...states: Array<StoredPrivateAuthority["status"]>
): void {
    if (!states.includes(authority.status)) {
        throw new Refusal(
            "InvalidStateException",
            `The certificate authority ${authority.arn} is ${authority.status}; it must be ${states.join(" or ")}`,
        );
    }
}

/** The CA's own certificate and those above it. */
export function chainOf({ certificate = "", chain = "" }: StoredPrivateAuthority): string {
    return [certificate, chain].filter((part) => part !== "").join("\n");
}

/** The hash in the name of a signing algorithm: `SHA256WITHRSA`. */
export function hashOf(signingAlgorithm: string): SigningHash {
    return signingAlgorithm.replace(/^SHA(\d+)WITH.*$/, "SHA-$1") as SigningHash;
}
