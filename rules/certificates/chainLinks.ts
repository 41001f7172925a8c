import type { Finding } from "../finding";
import type { PlacedCertificate } from "./certificateFiles";
import { apply, applyAll, list, type Check } from "./check";
import { signatureHash } from "./algorithms";
import type { ParsedCertificate } from "./parsedCertificate";
import { references } from "./references";
import { quoted } from "./subjectNames";
import { purposeNames } from "./usage";
import { linkValidity } from "./validity";

/** A CA of a chain, and how many CAs stand between it and the leaf. */
export interface Link {
    readonly certificate: ParsedCertificate;
    /** Self-issued certificates do not count, as RFC 5280 has it. */
    readonly authoritiesBelow: number;
}

const serverAuth = ["1.3.6.1.5.5.7.3.1", "2.5.29.37.0"];

/** Whatever signs a certificate says of itself that it is a CA. */
export const authorityFlag: Check<Link> = {
    rule: "chain-authority-flag",
    severity: "high",
    expected: "a CA certificate, with basic constraints CA:TRUE",
    remedy: "get the chain anew from the CA; a certificate that is no CA can vouch for none",
    reference: references.pathValidation,
    got: ({ certificate: { isAuthority, subject } }) =>
        isAuthority ? undefined : `${quoted(subject)}, which is no CA but signs a certificate`,
};

/** A CA with a path length has at most so many CAs below it. */
export const pathLength: Check<Link> = {
    rule: "chain-path-length",
    severity: "high",
    expected: ({ certificate }) => `at most ${certificate.pathLength} CAs below ${quoted(certificate.subject)}`,
    remedy: "have the certificate issued by a CA that stands directly below, or that CA issued without a path length",
    reference: references.pathValidation,
    got: ({ certificate: { pathLength: limit }, authoritiesBelow }) =>
        limit === undefined || authoritiesBelow <= limit ? undefined : `${authoritiesBelow}`,
};

/** Where a CA restricts its key's usage, it allows to sign certificates. */
export const authorityKeyUsage: Check<Link> = {
    rule: "chain-key-usage",
    severity: "high",
    expected: "Key Usage keyCertSign, or no Key Usage at all",
    remedy: "have the CA certificate issued anew with Key Usage keyCertSign",
    reference: references.pathValidation,
    got: ({ certificate: { keyUsage } }) =>
        keyUsage === undefined || keyUsage.includes("keyCertSign") ? undefined : list(keyUsage, "an empty Key Usage"),
};

/** Where a CA restricts what the certificates below it are for, servers are among it. */
export const authorityPurpose: Check<Link> = {
    rule: "chain-extended-key-usage",
    severity: "high",
    expected: "Extended Key Usage serverAuth, or none at all",
    remedy: "have the certificate issued by a CA for server certificates",
    reference: references.baselineRequirements,
    got: ({ certificate: { extendedKeyUsage: usage } }) =>
        usage === undefined || usage.some((purpose) => serverAuth.includes(purpose))
            ? undefined
            : list(purposeNames(usage), "an empty Extended Key Usage"),
};

/** The hash of a CA's signature; a root's own signature is verified by nobody and may be of any age. */
export const authoritySignatureHash: Check<Link> = {
    ...(signatureHash as Pick<Check<unknown>, "severity" | "reference"> & { expected: string }),
    rule: "chain-signature-hash",
    remedy: "get the chain anew from the CA, with an intermediate certificate signed over SHA-256",
    got: ({ certificate }) => (certificate.isSelfSigned ? undefined : signatureHash.got(certificate)),
};

/** What is asked of each CA in a chain, apart from its time. */
export const linkChecks: readonly Check<Link>[] = [
    authorityFlag,
    pathLength,
    authorityKeyUsage,
    authorityPurpose,
    authoritySignatureHash,
];

/** The findings of every CA of a chain in order, from the leaf's own CA upwards. */
export function chainLinkFindings(authorities: readonly PlacedCertificate[], at: Date): Finding[] {
    return authorities.flatMap(({ certificate, path }, index) => {
        const below = authorities.slice(0, index).filter(({ certificate: { subject, issuer } }) => subject !== issuer);
        return [
            ...applyAll(linkChecks, { certificate, authoritiesBelow: below.length }, path),
            ...apply(linkValidity, { certificate, at }, path),
        ];
    });
}
