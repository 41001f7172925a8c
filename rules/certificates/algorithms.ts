import type { Finding } from "../finding";
import { keyAlgorithmFindings } from "../serverCertificates";
import type { Check } from "./check";
import type { ParsedCertificate } from "./parsedCertificate";
import { references } from "./references";

/** AWS IoT Core serves RSA 2048 and named-curve P-256 keys only, although ACM imports more. */
export function leafKeyAlgorithm({ keyAlgorithm }: ParsedCertificate, path: string): Finding[] {
    return keyAlgorithmFindings(keyAlgorithm, path);
}

/** ACM wants the leaf's key of the kind with which its CA signs; the leaf's signature tells it without the chain. */
export const signerKeyFamily: Check<ParsedCertificate> = {
    rule: "certificate-signer-key-algorithm",
    severity: "high",
    expected: ({ keyFamily }) => `a signature by a CA with an ${keyFamily} key, like the certificate's own`,
    remedy: "have the certificate issued by a CA whose key is of the same kind, or make a new key of the CA's kind",
    reference: references.importPrerequisites,
    // Of a key that is neither, the rule on key algorithms has said enough.
    got: ({ keyFamily, signature }) =>
        keyFamily === "other" || signature.family === keyFamily ? undefined : signature.name,
};

const strongHashes: readonly string[] = ["SHA-256", "SHA-384", "SHA-512"];

/** No signature over MD5, SHA-1 or anything weaker than SHA-256: devices refuse them, and forgeries have been shown. */
export const signatureHash: Check<ParsedCertificate> = {
    rule: "certificate-signature-hash",
    severity: "high",
    expected: `a signature over ${strongHashes.join(", ")}`,
    remedy: "have the certificate issued anew with SHA-256",
    reference: references.weakHashes,
    got: ({ signature: { name, hash, family } }) => {
        if (hash === undefined) {
            return family === "other" && !/^\d/.test(name) ? undefined : `the unknown algorithm ${name}`;
        }
        return strongHashes.includes(hash) ? undefined : name;
    },
};

/** What is asked of a leaf's signature. The key algorithm has a function of its own, shared with ACM's requests. */
export const signatureChecks: readonly Check<ParsedCertificate>[] = [signerKeyFamily, signatureHash];
