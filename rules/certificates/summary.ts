import type { ParsedCertificate } from "./parsedCertificate";

/** What a certificate is, for people and for outputs. All of it is public. */
export interface CertificateSummary {
    readonly subject: string;
    readonly issuer: string;
    readonly commonName?: string;
    /** Subject alternative names: DNS names plain, others with their type. */
    readonly subjectAlternativeNames: readonly string[];
    /** In ACM's spelling, such as `RSA_2048`. */
    readonly keyAlgorithm: string;
    readonly signatureAlgorithm: string;
    readonly validFrom: Date;
    readonly validTo: Date;
    readonly serialNumber: string;
    readonly fingerprint256: string;
    readonly isSelfSigned: boolean;
    readonly ocspUrls: readonly string[];
    /** The certificate alone, as ACM should get it. */
    readonly pem: string;
}

/** Picks what is worth showing of a certificate. */
export function summarize(certificate: ParsedCertificate): CertificateSummary {
    const { subject, issuer, names, keyAlgorithm, signature, validFrom, validTo, isSelfSigned } = certificate;
    return {
        subject,
        issuer,
        commonName: names.commonName,
        subjectAlternativeNames: [...names.dnsNames, ...names.otherNames],
        keyAlgorithm,
        signatureAlgorithm: signature.name,
        validFrom,
        validTo,
        serialNumber: certificate.x509.serialNumber,
        fingerprint256: certificate.x509.fingerprint256,
        isSelfSigned,
        ocspUrls: certificate.ocspUrls,
        pem: certificate.pem,
    };
}
