import type { CertificateDetail, CertificateOptions } from "../../models/acm";
import { defineTable } from "../../tables";

/** A certificate's files as ACM holds them. */
export interface CertificateMaterial {
    /** PEM of the leaf alone. */
    readonly certificate: string;
    /** PEM of the CAs above it; empty where none was given. */
    readonly chain: string;
    /** PKCS #8 in DER, encrypted. */
    readonly sealedKey: string;
    /** When ACM got it, in milliseconds since the epoch. */
    readonly since: number;
}

/** A certificate as it is kept. */
export interface StoredCertificate {
    readonly arn: string;
    readonly type: "AMAZON_ISSUED" | "IMPORTED" | "PRIVATE";
    readonly status: NonNullable<CertificateDetail["Status"]>;
    readonly failureReason?: CertificateDetail["FailureReason"];
    readonly domainName: string;
    /** The domain name and all subject alternative names, each once. */
    readonly names: readonly string[];
    /** As it was requested: `RSA_2048`. */
    readonly keyAlgorithm: NonNullable<CertificateDetail["KeyAlgorithm"]>;
    readonly validationMethod?: "DNS" | "EMAIL";
    /** For validation by mail: the domain whose owners are written to, by name. */
    readonly validationDomains?: Readonly<Record<string, string>>;
    readonly options?: CertificateOptions;
    readonly idempotencyToken?: string;
    readonly certificateAuthorityArn?: string;
    readonly createdAt: number;
    readonly issuedAt?: number;
    readonly importedAt?: number;
    readonly material?: CertificateMaterial;
    /** What became of ACM's last attempt to renew it. */
    readonly renewal?: { readonly status: "SUCCESS" | "PENDING_VALIDATION"; readonly updatedAt: number };
}

/** Certificates by their ARNs. */
export const certificates = defineTable<StoredCertificate>("acm", "certificate");
