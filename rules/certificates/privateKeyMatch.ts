import type { KeyObject } from "node:crypto";
import type { Check } from "./check";
import type { ParsedCertificate } from "./parsedCertificate";
import { references } from "./references";
import { quoted } from "./subjectNames";

/** A certificate, and the private key that should be its own. */
export interface KeyPair {
    readonly certificate: ParsedCertificate;
    readonly key: KeyObject;
}

/** ACM imports a certificate only with its own private key. */
export const privateKeyMatch: Check<KeyPair> = {
    rule: "private-key-match",
    severity: "high",
    expected: ({ certificate }) => `the private key of ${quoted(certificate.subject)}`,
    remedy: "give the key for which this certificate was issued",
    reference: references.importOperation,
    got: ({ certificate, key }) => (matches(certificate, key) ? undefined : "the private key of another certificate"),
};

function matches({ x509 }: ParsedCertificate, key: KeyObject): boolean {
    try {
        return x509.checkPrivateKey(key);
    } catch {
        return false;
    }
}
