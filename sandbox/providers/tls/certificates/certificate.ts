import { createPublicKey, X509Certificate, type KeyObject } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import {
    Certificate,
    Extensions,
    id_ce_subjectKeyIdentifier,
    SubjectKeyIdentifier,
    SubjectPublicKeyInfo,
    TBSCertificate,
    Validity,
    Version,
    type Extension,
    type Name,
} from "@peculiar/asn1-x509";
import { ProviderError } from "../../framework/failures";
import {
    alternativeNames,
    authorityKeyIdentifier,
    basicConstraints,
    keyIdentifier,
    subjectKeyIdentifier,
    usageExtensions,
    type AlternativeNames,
} from "./extensions";
import { newSerialNumber, serialNumberBytes } from "./serialNumber";
import { signatureOf, signWith } from "./signatures";

/** What a certificate is to say. */
export interface CertificateRequest {
    readonly subject: Name;
    /** A private key stands for its public half. */
    readonly publicKey: KeyObject;
    readonly names: AlternativeNames;
    readonly allowedUses: readonly string[];
    readonly notBefore: Date;
    readonly validityPeriodHours: number;
    readonly isCaCertificate: boolean;
    readonly maxPathLength: number;
    readonly setSubjectKeyId: boolean;
    /** A self-signed certificate names its own key as its authority's only when asked to. */
    readonly setAuthorityKeyId?: boolean;
}

/** Who signs. */
export interface Issuer {
    readonly privateKey: KeyObject;
    /** Left out where the certificate signs itself. */
    readonly certificate?: IssuerCertificate;
}

export interface IssuerCertificate {
    readonly subject: Name;
    readonly keyIdentifier: Uint8Array | undefined;
}

export interface IssuedCertificate {
    /** The serial number in decimal digits. */
    readonly serialNumber: string;
    readonly certPem: string;
    readonly validityStartTime: string;
    readonly validityEndTime: string;
}

const hour = 3_600_000;

/**
 * Makes and signs a certificate.
 *
 * @throws ProviderError where an authority has no name, or an authority's key identifier is wanted and not to be had
 */
export function issueCertificate(request: CertificateRequest, issuer: Issuer): IssuedCertificate {
    if (request.isCaCertificate && request.subject.length === 0) {
        throw new ProviderError(
            "Invalid Certificate Subject: Must contain at least one Distinguished Name when creating Certificate Authority (CA)",
        );
    }
    const serialNumber = newSerialNumber();
    // Times in certificates have no fractions of a second.
    const notBefore = new Date(Math.floor(request.notBefore.getTime() / 1000) * 1000);
    const notAfter = new Date(notBefore.getTime() + request.validityPeriodHours * hour);
    const { algorithm } = signatureOf(issuer.privateKey);
    const tbsCertificate = new TBSCertificate({
        version: Version.v3,
        serialNumber: serialNumberBytes(serialNumber),
        signature: algorithm,
        issuer: issuer.certificate?.subject ?? request.subject,
        validity: new Validity({ notBefore, notAfter }),
        subject: request.subject,
        subjectPublicKeyInfo: publicKeyInfo(request.publicKey),
        extensions: new Extensions(extensionsOf(request, issuer)),
    });
    const signatureValue = signWith(issuer.privateKey, AsnConvert.serialize(tbsCertificate));
    const certificate = new Certificate({ tbsCertificate, signatureAlgorithm: algorithm, signatureValue });
    return {
        serialNumber: serialNumber.toString(),
        certPem: toPem("CERTIFICATE", AsnConvert.serialize(certificate)),
        validityStartTime: formatTime(notBefore),
        validityEndTime: formatTime(notAfter),
    };
}

function extensionsOf(request: CertificateRequest, issuer: Issuer): Extension[] {
    const ownIdentifier = keyIdentifier(publicKeyInfo(request.publicKey));
    const identified = request.setSubjectKeyId || request.isCaCertificate;
    const authority = authorityIdentifier(request, issuer, identified ? ownIdentifier : undefined);
    return [
        ...usageExtensions(request.allowedUses),
        basicConstraints(request.isCaCertificate, request.maxPathLength),
        ...(identified ? [subjectKeyIdentifier(ownIdentifier)] : []),
        ...(authority === undefined ? [] : [authorityKeyIdentifier(authority)]),
        ...alternativeNames(request.names),
    ];
}

function authorityIdentifier(
    request: CertificateRequest,
    issuer: Issuer,
    own: Uint8Array | undefined,
): Uint8Array | undefined {
    if (issuer.certificate !== undefined) {
        return issuer.certificate.keyIdentifier;
    }
    if (request.setAuthorityKeyId !== true) {
        return undefined;
    }
    if (own === undefined) {
        throw new ProviderError("Invalid Certificate Authority: Could not determine Authority Key Identifier");
    }
    return own;
}

/**
 * Reads what a certificate that signs others hands on to them.
 *
 * @throws ProviderError where the text holds no certificate, or one of another key
 */
export function issuerOf(certificatePem: string, key: KeyObject): IssuerCertificate {
    const certificate = parseCertificate(certificatePem);
    if (!certificate.checkPrivateKey(key)) {
        throw new ProviderError("Failed to create certificate: caPrivateKeyPem is not the key of caCertPem");
    }
    const { tbsCertificate } = AsnConvert.parse(certificate.raw, Certificate);
    const found = tbsCertificate.extensions?.find(({ extnID }) => extnID === id_ce_subjectKeyIdentifier);
    return {
        subject: tbsCertificate.subject,
        keyIdentifier: found && new Uint8Array(AsnConvert.parse(found.extnValue.buffer, SubjectKeyIdentifier).buffer),
    };
}

function parseCertificate(pem: string): X509Certificate {
    try {
        return new X509Certificate(pem);
    } catch {
        throw new ProviderError("Failed to parse certificate PEM: caCertPem holds no certificate");
    }
}

export function publicKeyInfo(key: KeyObject): SubjectPublicKeyInfo {
    const publicKey = key.type === "private" ? createPublicKey(key) : key;
    return AsnConvert.parse(publicKey.export({ type: "spki", format: "der" }), SubjectPublicKeyInfo);
}

export function toPem(label: string, der: ArrayBuffer): string {
    const lines =
        Buffer.from(der)
            .toString("base64")
            .match(/.{1,64}/g) ?? [];
    return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

function formatTime(time: Date): string {
    return time.toISOString().replace(/\.\d+Z$/, "Z");
}
