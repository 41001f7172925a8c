import { X509Certificate } from "node:crypto";
import { parseCertificate, type ParsedCertificate } from "../../../../rules/certificates/parsedCertificate";
import type { CertificateDetail } from "../../models/acm";
import type { CertificateMaterial } from "./certificateTable";

type KeyUsages = NonNullable<CertificateDetail["KeyUsages"]>;
type ExtendedKeyUsages = NonNullable<CertificateDetail["ExtendedKeyUsages"]>;

/** ACM's names of key usages, by those of X.509. @see https://docs.aws.amazon.com/acm/latest/APIReference/API_KeyUsage.html */
const keyUsageNames: Readonly<Record<string, KeyUsages[number]["Name"]>> = {
    digitalSignature: "DIGITAL_SIGNATURE",
    nonRepudiation: "NON_REPUDIATION",
    keyEncipherment: "KEY_ENCIPHERMENT",
    dataEncipherment: "DATA_ENCIPHERMENT",
    keyAgreement: "KEY_AGREEMENT",
    keyCertSign: "CERTIFICATE_SIGNING",
    crlSign: "CRL_SIGNING",
    encipherOnly: "ENCIPHER_ONLY",
    decipherOnly: "DECIPHER_ONLY",
};

/** ACM's names of purposes, by object identifier. @see https://docs.aws.amazon.com/acm/latest/APIReference/API_ExtendedKeyUsage.html */
const extendedKeyUsageNames: Readonly<Record<string, ExtendedKeyUsages[number]["Name"]>> = {
    "1.3.6.1.5.5.7.3.1": "TLS_WEB_SERVER_AUTHENTICATION",
    "1.3.6.1.5.5.7.3.2": "TLS_WEB_CLIENT_AUTHENTICATION",
    "1.3.6.1.5.5.7.3.3": "CODE_SIGNING",
    "1.3.6.1.5.5.7.3.4": "EMAIL_PROTECTION",
    "1.3.6.1.5.5.7.3.5": "IPSEC_END_SYSTEM",
    "1.3.6.1.5.5.7.3.6": "IPSEC_TUNNEL",
    "1.3.6.1.5.5.7.3.7": "IPSEC_USER",
    "1.3.6.1.5.5.7.3.8": "TIME_STAMPING",
    "1.3.6.1.5.5.7.3.9": "OCSP_SIGNING",
    "2.5.29.37.0": "ANY",
};

/** The leaf that ACM holds. */
export function parseMaterial({ certificate }: CertificateMaterial): ParsedCertificate {
    return parseCertificate(new X509Certificate(certificate).raw);
}

/** The part of a distinguished name with that key, from `O=Example, CN=iot.example.com`. */
function part(name: string, key: string): string | undefined {
    const match = new RegExp(`(?:^|, )${key}=(.*?)(?:, [A-Z]+=|$)`).exec(name);
    return match?.[1];
}

function pairs(hexadecimal: string): string {
    return (hexadecimal.toLowerCase().match(/../g) ?? []).join(":");
}

/** What a certificate's files say, as DescribeCertificate tells it. */
export function describeMaterial(material: CertificateMaterial): CertificateDetail {
    const leaf = parseMaterial(material);
    const { hash = "", family } = leaf.signature;
    const keyUsage = leaf.keyUsage?.map((name) => ({ Name: keyUsageNames[name] ?? ("CUSTOM" as const) }));
    const purposes = leaf.extendedKeyUsage?.map((OID) => ({
        Name: extendedKeyUsageNames[OID] ?? ("CUSTOM" as const),
        OID,
    }));
    return {
        Serial: pairs(leaf.x509.serialNumber),
        Subject: leaf.subject.split(", ").join(","),
        Issuer: part(leaf.issuer, "O") ?? part(leaf.issuer, "CN") ?? leaf.issuer,
        NotBefore: leaf.validFrom,
        NotAfter: leaf.validTo,
        SignatureAlgorithm: `${hash.replace("-", "")}WITH${family === "EC" ? "ECDSA" : "RSA"}`,
        KeyUsages: keyUsage ?? [],
        ExtendedKeyUsages: purposes ?? [{ Name: "NONE" }],
    };
}
