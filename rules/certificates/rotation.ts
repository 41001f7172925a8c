import type { Finding } from "../finding";
import { canonicalName } from "../domainNames";
import { applyAll, list, type Check } from "./check";
import { readCertificates } from "./certificateFiles";
import type { ParsedCertificate } from "./parsedCertificate";
import type { FileContent } from "./pemText";
import { references } from "./references";
import { quoted } from "./subjectNames";
import { purposeNames } from "./usage";

/** The certificate under an ARN, and the one that is to take its place. */
export interface Renewal {
    readonly previous: ParsedCertificate;
    readonly next: ParsedCertificate;
}

const otherIdentity =
    "import the new certificate under an ARN of its own and move the domain to it; under this ARN AWS IoT Core would go on " +
    "serving the old one until it expires";

function differs(
    rule: string,
    what: string,
    read: (certificate: ParsedCertificate) => string,
    order: Pick<Check<Renewal>, "remedy" | "reference"> = { remedy: otherIdentity, reference: references.rotation },
): Check<Renewal> {
    return {
        rule,
        severity: "high",
        expected: ({ previous }) => `${what} ${read(previous)}, as before`,
        got: ({ previous, next }) => (read(previous) === read(next) ? undefined : read(next)),
        ...order,
    };
}

function alternativeNames({ names: { dnsNames, otherNames } }: ParsedCertificate): string {
    const names = [...dnsNames.map((name) => canonicalName(name) ?? name), ...otherNames];
    return list([...new Set(names)].sort().map(quoted), "none");
}

/** AWS IoT Core takes a renewed certificate for the same names only. */
export const sameAlternativeNames = differs("rotation-alternative-names", "the names", alternativeNames);

/** AWS IoT Core takes a renewed certificate with the same common name only. */
export const sameCommonName = differs("rotation-common-name", "the common name", ({ names: { commonName } }) =>
    commonName === undefined ? "none" : quoted(commonName),
);

/** AWS IoT Core takes a renewed certificate with the same signing algorithm only. */
export const sameSignatureAlgorithm = differs(
    "rotation-signature-algorithm",
    "the signing algorithm",
    ({ signature: { name } }) => name,
);

/** ACM replaces a certificate only by one with a key of the same type and size. */
export const sameKeyAlgorithm = differs("rotation-key-algorithm", "a key of type", ({ keyAlgorithm }) => keyAlgorithm, {
    remedy: "have the certificate issued for a key of the same type and size, or import it under an ARN of its own",
    reference: references.reimport,
});

interface Usage {
    readonly rule: string;
    readonly name: string;
    readonly read: (certificate: ParsedCertificate) => readonly string[] | undefined;
    /** Values that ACM lets go. */
    readonly mayGo: (certificate: ParsedCertificate) => readonly string[];
}

/** Values may be added to an extension and mostly not removed; the extension itself may not be added. */
function keepsUsage({ rule, name, read, mayGo }: Usage): Check<Renewal> {
    return {
        rule,
        severity: "high",
        expected: ({ previous }) => `${name} ${list(read(previous) ?? [], "absent")}, as before`,
        remedy: `have the certificate issued with the previous ${name}, or import it under an ARN of its own`,
        reference: references.reimport,
        got: ({ previous, next }) => {
            const [before, after] = [read(previous), read(next)];
            if (before === undefined) {
                return after === undefined ? undefined : `${name} ${list(after)}`;
            }
            const gone = before.filter((value) => !after?.includes(value) && !mayGo(next).includes(value));
            return gone.length === 0 ? undefined : `${name} without ${list(gone)}`;
        },
    };
}

/** ACM's rule on Key Usage when a certificate is replaced. */
export const keepsKeyUsage = keepsUsage({
    rule: "rotation-key-usage",
    name: "Key Usage",
    read: ({ keyUsage }) => keyUsage,
    mayGo: ({ keyFamily }) => (keyFamily === "EC" ? ["keyEncipherment"] : []),
});

/** ACM's rule on Extended Key Usage when a certificate is replaced. */
export const keepsExtendedKeyUsage = keepsUsage({
    rule: "rotation-extended-key-usage",
    name: "Extended Key Usage",
    read: ({ extendedKeyUsage }) => extendedKeyUsage && purposeNames(extendedKeyUsage),
    mayGo: () => ["clientAuth"],
});

/** What must stay as it was when a certificate is replaced under its ARN. */
export const rotationChecks: readonly Check<Renewal>[] = [
    sameAlternativeNames,
    sameCommonName,
    sameSignatureAlgorithm,
    sameKeyAlgorithm,
    keepsKeyUsage,
    keepsExtendedKeyUsage,
];

/**
 * Whether a certificate may take another's place under the same ARN, so that AWS IoT Core serves it.
 *
 * AWS IoT Core says nothing when it does not take the new one: it goes on serving the old, until that expires and
 * devices are locked out. Of each text, the first certificate counts. A text that holds none is reported as such.
 *
 * @param path Where the new certificate stands.
 */
export function sameIdentity(previous: FileContent, next: FileContent, path = "certificate"): Finding[] {
    const [before, after] = [readCertificates(previous, `${path} (previous)`), readCertificates(next, path)];
    const [first, second] = [before.certificates[0], after.certificates[0]];
    if (first === undefined || second === undefined) {
        return [...before.findings, ...after.findings];
    }
    return applyAll(rotationChecks, { previous: first.certificate, next: second.certificate }, path);
}
