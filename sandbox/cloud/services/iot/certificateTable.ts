import { createHash, X509Certificate } from "node:crypto";
import { parseCertificate, type ParsedCertificate } from "../../../../rules/certificates/parsedCertificate";
import { Refusal } from "../../errors";
import type { CertificateDescription } from "../../models/iot";
import { Registry, type Dated } from "./registry";

/** A device's certificate as it is kept. */
export interface StoredDeviceCertificate extends Dated {
    readonly id: string;
    readonly arn: string;
    readonly status: NonNullable<CertificateDescription["status"]>;
    readonly mode: NonNullable<CertificateDescription["certificateMode"]>;
    /** PEM. */
    readonly pem: string;
    readonly caCertificateId?: string;
    readonly generationId: string;
}

/** A CA's certificate as it is kept. */
export interface StoredAuthority extends Dated {
    readonly id: string;
    readonly arn: string;
    readonly status: "ACTIVE" | "INACTIVE";
    readonly autoRegistrationStatus: "ENABLE" | "DISABLE";
    readonly mode: "DEFAULT" | "SNI_ONLY";
    /** PEM. */
    readonly pem: string;
    readonly registrationConfig?: {
        readonly templateBody?: string;
        readonly roleArn?: string;
        readonly templateName?: string;
    };
    readonly generationId: string;
}

/** Certificates of devices by their identifiers. */
export const certificates = new Registry<StoredDeviceCertificate>("certificate", "Certificate");

/** Certificates of CAs by their identifiers. */
export const authorities = new Registry<StoredAuthority>("caCertificate", "CA Certificate");

/** A certificate that somebody registers. @throws Refusal CertificateValidationException where the text is none */
export function readCertificate(pem: string): ParsedCertificate & { readonly id: string } {
    try {
        const { raw } = new X509Certificate(pem);
        return { ...parseCertificate(raw), id: createHash("sha256").update(raw).digest("hex") };
    } catch {
        throw new Refusal("CertificateValidationException", "The certificate is not a valid X.509 certificate in PEM.");
    }
}

/** Between which times a certificate is valid, as the answers tell it. */
export function validityOf(pem: string): { readonly notBefore: Date; readonly notAfter: Date } {
    const { validFrom, validTo } = readCertificate(pem);
    return { notBefore: validFrom, notAfter: validTo };
}

/** Keys of client certificates. @see https://docs.aws.amazon.com/iot/latest/developerguide/x509-client-certs.html */
const clientKeys = /^(RSA_(2048|3072|4096)|EC_(prime256v1|secp384r1|secp521r1))$/;

/** Hashes of client certificates' signatures. @see https://docs.aws.amazon.com/iot/latest/developerguide/x509-client-certs.html */
const clientHashes = ["SHA-256", "SHA-384", "SHA-512"];

/** @throws Refusal CertificateValidationException for a certificate with which AWS IoT Core lets no device connect */
export function refuseUnsupported({ keyAlgorithm, signature }: ParsedCertificate): void {
    if (!clientKeys.test(keyAlgorithm)) {
        throw new Refusal("CertificateValidationException", `The key type ${keyAlgorithm} is not supported.`);
    }
    if (!clientHashes.includes(signature.hash ?? "")) {
        throw new Refusal("CertificateValidationException", `The signature ${signature.name} is not supported.`);
    }
}
