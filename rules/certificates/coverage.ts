import { canonicalName, covers } from "../domainNames";
import { list, type Check } from "./check";
import type { ParsedCertificate } from "./parsedCertificate";
import { references } from "./references";
import { quoted } from "./subjectNames";

/** A certificate and the domain name that devices connect to. */
export interface Served {
    readonly certificate: ParsedCertificate;
    readonly domainName: string;
}

/** Names shown of a certificate that covers many others. */
const shownNames = 5;

/** The names that count: the DNS names among the SANs; the common name only where there is no SAN of whatever type. */
function countingNames({ names: { commonName, dnsNames, hasAlternativeNames } }: ParsedCertificate): readonly string[] {
    return hasAlternativeNames || commonName === undefined ? dnsNames : [commonName];
}

/**
 * Whether a name as it stands in a certificate covers the domain name.
 *
 * Stricter than {@link covers} in what a certificate may say: A-labels and no trailing dot, because devices compare the
 * letters that stand there.
 */
function coversAsWritten(name: string, domainName: string): boolean {
    return /^[\x21-\x7e]+$/.test(name) && !name.endsWith(".") && covers(name, domainName);
}

function coveringNames({ certificate, domainName }: Served): string[] {
    return countingNames(certificate).filter((name) => coversAsWritten(name, domainName));
}

/** The certificate covers the domain: exactly, or by a wildcard for exactly one leftmost label. */
export const coverage: Check<Served> = {
    rule: "certificate-domain-name",
    severity: "high",
    expected: ({ domainName }) => `a subject alternative name that covers ${canonicalName(domainName)}`,
    remedy: ({ domainName }) =>
        `have the certificate issued for ${canonicalName(domainName)}, or use the domain that it covers`,
    reference: references.customDomains,
    got: (served) => (coveringNames(served).length > 0 ? undefined : describeNames(served.certificate)),
};

function describeNames({
    names: { commonName, dnsNames, otherNames, hasAlternativeNames },
}: ParsedCertificate): string {
    if (!hasAlternativeNames) {
        return commonName === undefined ? "a certificate without any name" : `the common name ${quoted(commonName)}`;
    }
    const all = [...dnsNames, ...otherNames];
    const shown = all.slice(0, shownNames).map(quoted);
    const more = all.length - shown.length;
    return list(more > 0 ? [...shown, `${more} more`] : shown);
}

/**
 * Advice: a wildcard blocks other accounts of the region from overlapping names, and its key opens every name below it.
 */
export const wildcard: Check<Served> = {
    rule: "certificate-wildcard",
    severity: "low",
    expected: ({ domainName }) => `the exact name ${canonicalName(domainName)}`,
    remedy: "name the domain exactly, unless several domain configurations share this certificate on purpose",
    reference: references.customDomains,
    got: (served) => {
        const names = coveringNames(served);
        return names.length > 0 && names.every((name) => name.startsWith("*."))
            ? `the wildcard ${names[0]}`
            : undefined;
    },
};

/** Advice: AWS IoT Core takes the common name, TLS libraries of today do not. */
export const commonNameOnly: Check<Served> = {
    rule: "certificate-common-name",
    severity: "low",
    expected: "a subject alternative name",
    remedy: "have the certificate issued anew with a subject alternative name; many devices ignore the common name",
    reference: references.nameVerification,
    got: (served) =>
        !served.certificate.names.hasAlternativeNames && coveringNames(served).length > 0
            ? "the common name alone"
            : undefined,
};

/** What is asked of a leaf's names. */
export const coverageChecks: readonly Check<Served>[] = [coverage, wildcard, commonNameOnly];
