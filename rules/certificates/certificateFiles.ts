import type { Finding } from "../finding";
import type { PemBlock } from "./pem";
import { parseCertificate, type ParsedCertificate } from "./parsedCertificate";
import { references } from "./references";
import { readPemText, type FileContent } from "./pemText";

/** A certificate and where it was found: `certificate` for the only one of its text, else `chain[1]`. */
export interface PlacedCertificate {
    readonly path: string;
    readonly certificate: ParsedCertificate;
    /** Size of its PEM block in bytes. */
    readonly bytes: number;
}

/** What a text of certificates holds. */
export interface CertificateFile {
    readonly certificates: readonly PlacedCertificate[];
    /** Certificate blocks in the text, also those that were not parsed. */
    readonly count: number;
    /** Size of all certificate blocks in bytes, also of those that were not parsed. */
    readonly bytes: number;
    readonly findings: readonly Finding[];
}

/** Twice what AWS takes: enough to report on a chain that is too long, without parsing a whole CA bundle. */
const maximumParsed = 10;

const converters = {
    DER: "openssl x509 -inform DER -in FILE -out FILE.pem",
    "PKCS#12": "openssl pkcs12 -in FILE -nokeys -out FILE.pem",
};

const expected = "one or more PEM blocks that begin with -----BEGIN CERTIFICATE-----";

/** What is not a certificate although it looks like one, by its label, with the way to the certificate. */
const otherLabels: Readonly<Record<string, { readonly got: string; readonly remedy: string }>> = {
    "CERTIFICATE REQUEST": {
        got: "a certificate signing request",
        remedy: "give the certificate that the CA issued for the request",
    },
    "NEW CERTIFICATE REQUEST": {
        got: "a certificate signing request",
        remedy: "give the certificate that the CA issued for the request",
    },
    "TRUSTED CERTIFICATE": {
        got: "a certificate with OpenSSL's trust settings",
        remedy: "convert it with openssl x509 -in FILE -out FILE.pem",
    },
    "X509 CERTIFICATE": {
        got: "a certificate under an outdated label",
        remedy: "convert it with openssl x509 -in FILE -out FILE.pem",
    },
    PKCS7: { got: "a PKCS#7 bundle", remedy: "convert it with openssl pkcs7 -print_certs -in FILE -out FILE.pem" },
    CMS: { got: "a PKCS#7 bundle", remedy: "convert it with openssl pkcs7 -print_certs -in FILE -out FILE.pem" },
    "PUBLIC KEY": { got: "a public key", remedy: "give the certificate that holds the key" },
    "RSA PUBLIC KEY": { got: "a public key", remedy: "give the certificate that holds the key" },
    "X509 CRL": { got: "a revocation list", remedy: "give the certificate itself" },
};

/**
 * Reads the certificates of one PEM text, and says what else is in it.
 *
 * Never throws: whatever the content is, the answer is certificates and findings.
 */
export function readCertificates(content: FileContent, path: string): CertificateFile {
    const pem = readPemText(content, converters);
    if ("got" in pem) {
        return { certificates: [], count: 0, bytes: 0, findings: [unreadable(path, pem.got, pem.remedy)] };
    }
    const { blocks, faults } = pem;
    const certificateBlocks = blocks.filter(({ label }) => label === "CERTIFICATE");
    const place = (index: number): string => (certificateBlocks.length === 1 ? path : `${path}[${index}]`);
    const parsed = certificateBlocks.slice(0, maximumParsed).map((block, index) => parse(block, place(index)));
    return {
        certificates: parsed.flatMap((outcome) => ("certificate" in outcome ? [outcome] : [])),
        count: certificateBlocks.length,
        bytes: certificateBlocks.reduce((sum, { bytes }) => sum + bytes, 0),
        findings: [
            ...faults.map(({ label, got, remedy }) =>
                isPrivateKey(label) ? privateKeyFound(path) : unreadable(path, got, remedy),
            ),
            ...foreignLabels(blocks).map((label) => foreign(label, path)),
            ...parsed.flatMap((outcome) => ("certificate" in outcome ? [] : [outcome])),
        ],
    };
}

function parse({ content, bytes }: PemBlock, path: string): PlacedCertificate | Finding {
    try {
        return { path, certificate: parseCertificate(content), bytes };
    } catch {
        return unreadable(
            path,
            "a CERTIFICATE block whose content is no X.509 certificate",
            "copy the whole file again",
        );
    }
}

/** Whether a PEM label names a private key, encrypted or not, of whatever form. */
export function isPrivateKey(label: string): boolean {
    return label.endsWith("PRIVATE KEY");
}

function foreignLabels(blocks: readonly PemBlock[]): string[] {
    const labels = new Set(blocks.map(({ label }) => label));
    labels.delete("CERTIFICATE");
    // A private key is worth saying before anything else.
    const [keys, others] = [[...labels].filter(isPrivateKey), [...labels].filter((label) => !isPrivateKey(label))];
    return [...keys.slice(0, 1), ...others.slice(0, maximumParsed)];
}

function foreign(label: string, path: string): Finding {
    if (isPrivateKey(label)) {
        return privateKeyFound(path);
    }
    const { got, remedy } = otherLabels[label] ?? { got: `a block of type ${label}`, remedy: "give certificates only" };
    return unreadable(path, got, remedy);
}

function privateKeyFound(path: string): Finding {
    return {
        rule: "certificate-private-key-exposed",
        severity: "critical",
        path,
        got: "a private key among the certificates",
        expected: "certificates only, which everybody may see",
        remedy:
            "move the key to a file of its own, which is kept secret; if others could read this one, have the certificate " +
            "issued anew for a new key",
        reference: references.importFormat,
    };
}

function unreadable(path: string, got: string, remedy: string): Finding {
    return {
        rule: "certificate-format",
        severity: "high",
        path,
        got,
        expected,
        remedy,
        reference: references.importFormat,
    };
}
