import { list, type Check } from "./check";
import type { ParsedCertificate } from "./parsedCertificate";
import { references } from "./references";
import { quoted } from "./subjectNames";

const serverAuth = "1.3.6.1.5.5.7.3.1";
const anyUsage = "2.5.29.37.0";

/** Names of the purposes that turn up in practice; others are shown by their object identifier. */
const purposes: Readonly<Record<string, string>> = {
    [serverAuth]: "serverAuth",
    "1.3.6.1.5.5.7.3.2": "clientAuth",
    "1.3.6.1.5.5.7.3.3": "codeSigning",
    "1.3.6.1.5.5.7.3.4": "emailProtection",
    "1.3.6.1.5.5.7.3.8": "timeStamping",
    "1.3.6.1.5.5.7.3.9": "OCSPSigning",
    [anyUsage]: "anyExtendedKeyUsage",
};

/** Names of extended key usages, for people. */
export function purposeNames(extendedKeyUsage: readonly string[]): string[] {
    return extendedKeyUsage.map((purpose) => purposes[purpose] ?? purpose);
}

/** The leaf carries Extended Key Usage serverAuth: AWS IoT Core asks for just this value. */
export const extendedKeyUsage: Check<ParsedCertificate> = {
    rule: "certificate-extended-key-usage",
    severity: "high",
    expected: "Extended Key Usage serverAuth (1.3.6.1.5.5.7.3.1)",
    remedy: "have the certificate issued anew with Extended Key Usage serverAuth",
    reference: references.customDomains,
    got: ({ extendedKeyUsage: usage }) => {
        if (usage === undefined) {
            return "no Extended Key Usage";
        }
        return usage.includes(serverAuth) ? undefined : list(purposeNames(usage), "an empty Extended Key Usage");
    },
};

/**
 * Where the leaf restricts its key's usage, it allows signatures: without them no TLS 1.3 and no ECDHE handshake works.
 */
export const keyUsage: Check<ParsedCertificate> = {
    rule: "certificate-key-usage",
    severity: "high",
    expected: "Key Usage digitalSignature, or no Key Usage at all",
    remedy: "have the certificate issued anew with Key Usage digitalSignature",
    reference: references.tlsServerCertificate,
    got: ({ keyUsage: usage }) =>
        usage === undefined || usage.includes("digitalSignature") ? undefined : list(usage, "an empty Key Usage"),
};

/** ACM imports X.509 version 3 only. */
export const version: Check<ParsedCertificate> = {
    rule: "certificate-version",
    severity: "high",
    expected: "an X.509 version 3 certificate",
    remedy: "have the certificate issued anew with extensions, which make it version 3",
    reference: references.importPrerequisites,
    got: ({ version: number }) => (number === 3 ? undefined : `version ${number}`),
};

/** A leaf is no CA: a CA in its place is mostly the wrong file, and some TLS libraries refuse it. */
export const endEntity: Check<ParsedCertificate> = {
    rule: "certificate-is-authority",
    severity: "medium",
    expected: "the certificate of a server, without the CA flag",
    remedy: "give the server's certificate first, and the CA's in the chain",
    reference: references.pathValidation,
    got: ({ isAuthority, isSelfSigned, subject }) =>
        isAuthority && !isSelfSigned ? `the certificate of the CA ${quoted(subject)}` : undefined,
};

/** ACM refuses a certificate whose issuer is empty. */
export const issuer: Check<ParsedCertificate> = {
    rule: "certificate-issuer",
    severity: "high",
    expected: "an issuer",
    remedy: "have the certificate issued by a CA with a name, or name the subject of a self-signed one",
    reference: references.importOperation,
    got: ({ issuer: name }) => (name === "" ? "an empty issuer" : undefined),
};

/** Longest address of an OCSP responder that ACM imports, in characters. */
export const maximumOcspUrlLength = 1000;

/** ACM refuses longer addresses of OCSP responders. */
export const ocspUrl: Check<ParsedCertificate> = {
    rule: "certificate-ocsp-url",
    severity: "high",
    expected: `OCSP addresses of at most ${maximumOcspUrlLength} characters`,
    remedy: "have the certificate issued anew with a shorter OCSP address",
    reference: references.importOperation,
    got: ({ ocspUrls }) => {
        const longest = Math.max(0, ...ocspUrls.map((url) => url.length));
        return longest > maximumOcspUrlLength ? `one of ${longest} characters` : undefined;
    },
};

/** Everything that a leaf must be apart from its key, its names and its time. */
export const usageChecks: readonly Check<ParsedCertificate>[] = [
    version,
    issuer,
    extendedKeyUsage,
    keyUsage,
    endEntity,
    ocspUrl,
];
