import { X509Certificate } from "node:crypto";
import { issueCertificate } from "../../authority/certificates";
import { purposes } from "../../authority/extensions";
import type { KeyAlgorithm } from "../../authority/keys";
import type { IssuedCertificate } from "../../authority/publicAuthority";
import type { OperationContext } from "../../context";
import { Refusal } from "../../errors";
import type { CertificateDetail } from "../../models/acm";
import { chainOf, findAuthority, hashOf, type StoredPrivateAuthority } from "./authorityTable";

const day = 24 * 60 * 60 * 1000;

/** Days that a private certificate of ACM lives. @see https://docs.aws.amazon.com/acm/latest/userguide/gs-acm-request-private.html */
const lifetime = 395;

/** Why a private CA does not issue, in ACM's words. */
export type FailureReason = NonNullable<CertificateDetail["FailureReason"]>;

/** What ACM wants to have issued. */
export interface ManagedCertificate {
    readonly authorityArn: string;
    readonly names: readonly string[];
    readonly keyAlgorithm: KeyAlgorithm;
    /** Tells one issue from others within an operation. */
    readonly purpose: string;
}

const reasons: Readonly<Record<string, FailureReason>> = {
    InvalidArnException: "PCA_INVALID_ARN",
    ResourceNotFoundException: "PCA_RESOURCE_NOT_FOUND",
};

/**
 * Has a private CA issue a server's certificate for ACM, which makes and keeps its key.
 *
 * @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
 */
export function issueForAcm(
    context: OperationContext,
    wanted: ManagedCertificate,
): IssuedCertificate | { readonly failureReason: FailureReason } {
    const authority = authorityOf(context, wanted.authorityArn);
    if (typeof authority === "string") {
        return { failureReason: authority };
    }
    const { keyAlgorithm, names, purpose } = wanted;
    const notAfter = new Date(context.now + lifetime * day);
    const failureReason = failureOf(authority, keyAlgorithm, notAfter);
    if (failureReason !== undefined) {
        return { failureReason };
    }
    const { KeyAlgorithm, SigningAlgorithm } = authority.configuration;
    const content = {
        subject: `CN=${names[0]}`,
        dnsNames: names,
        purposes: [purposes.serverAuthentication, purposes.clientAuthentication],
        notBefore: new Date(context.now),
        notAfter,
    };
    const { certificate, privateKey } = context.prepared(`certificate ${purpose} ${authority.certificate}`, () =>
        issueCertificate(content, keyAlgorithm, {
            keyAlgorithm: KeyAlgorithm as KeyAlgorithm,
            hash: hashOf(SigningAlgorithm),
            privateKey: context.vault.open(authority.sealedKey),
            certificate: authority.certificate,
        }),
    );
    return { certificate, chain: chainOf(authority), privateKey };
}

function authorityOf(context: OperationContext, arn: string): StoredPrivateAuthority | FailureReason {
    try {
        return findAuthority(context, arn);
    } catch (error) {
        const reason = error instanceof Refusal ? reasons[error.name] : undefined;
        if (reason === undefined) {
            throw error;
        }
        return reason;
    }
}

function failureOf(
    { status, certificate, configuration, UsageMode }: StoredPrivateAuthority,
    keyAlgorithm: KeyAlgorithm,
    notAfter: Date,
): FailureReason | undefined {
    if (status !== "ACTIVE" || certificate === undefined) {
        return "PCA_INVALID_STATE";
    }
    if (configuration.KeyAlgorithm.startsWith("RSA") !== keyAlgorithm.startsWith("RSA")) {
        return "PCA_INVALID_ARGS";
    }
    const outlives = notAfter > new Date(new X509Certificate(certificate).validTo);
    return outlives || UsageMode === "SHORT_LIVED_CERTIFICATE" ? "PCA_INVALID_DURATION" : undefined;
}
