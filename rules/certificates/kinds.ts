import type { Check } from "./check";
import type { ChainOrder } from "./chainOrder";
import { references } from "./references";
import { quoted } from "./subjectNames";
import { leadsToTrustedRoot, type TrustedRoots } from "./trustedRoots";

/** Who vouches for a server certificate; anything but `public` needs a validation certificate beside it. */
export const certificateKinds = ["public", "private", "self-signed"] as const;

/** A kind of {@link certificateKinds}. */
export type CertificateKind = (typeof certificateKinds)[number];

/** A chain, what it is said to be, and what is known of public roots. */
export interface KindOfChain {
    readonly order: ChainOrder;
    readonly kind: CertificateKind;
    /** Mozilla's bundle, where the caller has it. */
    readonly roots?: TrustedRoots;
    /** Whether the domain configuration has a validation certificate. */
    readonly hasValidationCertificate?: boolean;
}

/** The kind of a chain as far as it can be told offline. Without roots, a chain by a CA counts as private. */
export function deduceKind(order: ChainOrder, roots: TrustedRoots = new Map()): CertificateKind {
    if (order.leaf.certificate.isSelfSigned) {
        return "self-signed";
    }
    return leadsToTrustedRoot(order, roots) ? "public" : "private";
}

/** A self-signed certificate is never public. */
export const selfSignedAsPublic: Check<KindOfChain> = {
    rule: "certificate-kind",
    severity: "high",
    expected: "a certificate signed by a public CA",
    remedy: "call it self-signed and give a validation certificate, or have a public CA issue one",
    reference: references.customDomains,
    got: ({ kind, order: { leaf } }) =>
        kind === "public" && leaf.certificate.isSelfSigned ? "a self-signed certificate" : undefined,
};

/** Advice: called self-signed although a CA has signed it; AWS goes by the signature and not by the word. */
export const signedAfterAll: Check<KindOfChain> = {
    rule: "certificate-not-self-signed",
    severity: "low",
    expected: "a certificate that is signed with its own key",
    remedy: "call it private, or public where a public CA has signed it",
    reference: references.customDomains,
    got: ({ kind, order: { leaf } }) =>
        kind === "self-signed" && !leaf.certificate.isSelfSigned
            ? `a certificate signed by ${quoted(leaf.certificate.issuer)}`
            : undefined,
};

/** Advice: whether AWS holds a CA for public is up to Mozilla's bundle of the day, so an unknown root is no proof. */
export const publicTrust: Check<KindOfChain> = {
    rule: "certificate-public-trust",
    severity: "low",
    expected: "a chain to a root of Mozilla's CA bundle",
    remedy: "complete the chain; if the CA is a private one, say so and give a validation certificate",
    reference: references.customDomains,
    got: ({ kind, roots, order }) => {
        if (kind !== "public" || order.leaf.certificate.isSelfSigned || (roots && leadsToTrustedRoot(order, roots))) {
            return undefined;
        }
        const last = order.authorities.at(-1) ?? order.leaf;
        const end = quoted(last.certificate.isSelfSigned ? last.certificate.subject : last.certificate.issuer);
        return roots
            ? `a chain to ${end}, which the copy of the bundle at hand does not have; AWS may have a newer one`
            : `a chain to ${end}, which was compared with no bundle`;
    },
};

/** Advice: for a private or self-signed certificate AWS IoT Core wants a public one that proves who owns the domain. */
export const validationCertificate: Check<KindOfChain> = {
    rule: "certificate-validation-certificate",
    severity: "low",
    expected: "a validation certificate: a public one from ACM for the same domain",
    remedy: "request one from ACM and give its ARN as validationCertificateArn",
    reference: references.customDomains,
    got: ({ kind, hasValidationCertificate }) =>
        kind === "public" || hasValidationCertificate ? undefined : `a ${kind} certificate alone`,
};

/**
 * Advice: called private or self-signed although a public CA vouches for it, so the extra certificate is for nothing.
 */
export const publicAfterAll: Check<KindOfChain> = {
    rule: "certificate-public-after-all",
    severity: "low",
    expected: ({ kind }) => `a ${kind} certificate`,
    remedy: "call it public; then no validation certificate is needed",
    reference: references.customDomains,
    got: ({ kind, roots, order }) =>
        kind !== "public" && roots && leadsToTrustedRoot(order, roots)
            ? "a chain to a root of Mozilla's CA bundle"
            : undefined,
};

/**
 * Advice for a public chain: devices have the root themselves, and it counts towards AWS's limits.
 *
 * Not for a private one: there ACM's guide asks for the root at the end of the chain.
 */
export const rootIncluded: Check<KindOfChain> = {
    rule: "chain-root-included",
    severity: "low",
    expected: "intermediate certificates only",
    remedy: "leave out the root: devices use their own copy of it",
    reference: references.importFormat,
    got: ({ kind, order: { authorities } }) => {
        const root = authorities.at(-1)?.certificate;
        return kind === "public" && root?.isSelfSigned ? `the root ${quoted(root.subject)}` : undefined;
    },
};

/** What is asked of a chain because of what it is said to be. */
export const kindChecks: readonly Check<KindOfChain>[] = [
    selfSignedAsPublic,
    signedAfterAll,
    publicTrust,
    publicAfterAll,
    rootIncluded,
    validationCertificate,
];
