import { parseArn } from "../../../../rules/arns";
import type { KeyAlgorithm } from "../../authority/keys";
import { PublicAuthority, type IssuedCertificate } from "../../authority/publicAuthority";
import type { OperationContext } from "../../context";
import { Refusal } from "../../errors";
import { issueForAcm, type FailureReason } from "../acm-pca/managedIssuing";
import { certificates, type CertificateMaterial, type StoredCertificate } from "./certificateTable";
import { parseMaterial } from "./material";
import { usersOf } from "./usage";
import { isForbidden, isValidated } from "./validation";

const hour = 60 * 60 * 1000;
const day = 24 * hour;

/** How long ACM waits for validation. @see https://docs.aws.amazon.com/acm/latest/userguide/troubleshooting-timed-out.html */
const validationPeriod = 72 * hour;

/** Days that a new public certificate lives, by the day of its issue. @see https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html */
const lifetimes = [
    { from: "2029-03-15", days: 46 },
    { from: "2027-03-15", days: 99 },
    { from: "1970-01-01", days: 198 },
] as const;

/** ACM renews this long before expiry, or in the last third of a life that is shorter. @see https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html */
const renewalDays = 60;

function validityAt(now: number): { notBefore: Date; notAfter: Date } {
    const midnight = Math.floor(now / day) * day;
    const { days } = lifetimes.find(({ from }) => now >= Date.parse(from)) ?? lifetimes[2];
    return { notBefore: new Date(midnight), notAfter: new Date(midnight + days * day - 1000) };
}

/** Tells each issue of a certificate from those before it. */
function purposeOf({ arn, material }: StoredCertificate): string {
    return `${arn} ${material?.since ?? "first"}`;
}

function materialOf(context: OperationContext, issued: IssuedCertificate): CertificateMaterial {
    const { certificate, chain, privateKey } = issued;
    return { certificate, chain, sealedKey: context.vault.seal(privateKey), since: context.now };
}

/** Has the public CA issue a certificate for the names; a new one on each renewal. */
function issue(context: OperationContext, certificate: StoredCertificate): CertificateMaterial {
    const issued = new PublicAuthority(context).issue(
        purposeOf(certificate),
        { subject: `CN=${certificate.domainName}`, dnsNames: certificate.names, ...validityAt(context.now) },
        certificate.keyAlgorithm as KeyAlgorithm,
    );
    return materialOf(context, issued);
}

/** Has the private CA issue, which may refuse. */
function issuePrivately(
    context: OperationContext,
    certificate: StoredCertificate,
): { readonly material: CertificateMaterial } | { readonly failureReason: FailureReason } {
    const { certificateAuthorityArn = "", names, keyAlgorithm } = certificate;
    const issued = issueForAcm(context, {
        authorityArn: certificateAuthorityArn,
        names,
        keyAlgorithm: keyAlgorithm as KeyAlgorithm,
        purpose: purposeOf(certificate),
    });
    return "failureReason" in issued ? issued : { material: materialOf(context, issued) };
}

/** The successor of a certificate; `undefined` where whoever issues it has no proof of its names, or refuses. */
function renew(context: OperationContext, certificate: StoredCertificate): CertificateMaterial | undefined {
    if (certificate.type === "PRIVATE") {
        const issued = issuePrivately(context, certificate);
        return "material" in issued ? issued.material : undefined;
    }
    return isValidated(context, certificate) ? issue(context, certificate) : undefined;
}

type Transition = (context: OperationContext, certificate: StoredCertificate) => StoredCertificate | undefined;

/** What time and DNS do to a certificate: the first that applies says what it becomes. */
const transitions: readonly Transition[] = [
    (context, certificate) => {
        if (certificate.status !== "PENDING_VALIDATION" || certificate.type !== "PRIVATE") {
            return undefined;
        }
        const issued = issuePrivately(context, certificate);
        return "material" in issued
            ? { ...certificate, ...issued, status: "ISSUED", issuedAt: context.now }
            : { ...certificate, ...issued, status: "FAILED" };
    },

    (context, certificate) =>
        certificate.status === "PENDING_VALIDATION" && context.now > certificate.createdAt + validationPeriod
            ? { ...certificate, status: "VALIDATION_TIMED_OUT" }
            : undefined,

    // https://docs.aws.amazon.com/acm/latest/userguide/troubleshooting-caa.html
    (context, certificate) =>
        certificate.status === "PENDING_VALIDATION" &&
        isValidated(context, certificate) &&
        certificate.names.some((name) => isForbidden(context, name))
            ? { ...certificate, status: "FAILED", failureReason: "CAA_ERROR" }
            : undefined,

    (context, certificate) =>
        certificate.status === "PENDING_VALIDATION" && isValidated(context, certificate)
            ? { ...certificate, status: "ISSUED", issuedAt: context.now, material: issue(context, certificate) }
            : undefined,

    // https://docs.aws.amazon.com/acm/latest/userguide/dns-renewal-validation.html
    (context, certificate) => {
        const { status, type, material } = certificate;
        if (status !== "ISSUED" || type === "IMPORTED" || material === undefined) {
            return undefined;
        }
        const { validFrom, validTo } = parseMaterial(material);
        const lead = Math.min(renewalDays * day, (validTo.getTime() - validFrom.getTime()) / 3);
        const isDue = context.now >= validTo.getTime() - lead && usersOf(context, certificate.arn).length > 0;
        if (!isDue) {
            return undefined;
        }
        const successor = renew(context, certificate);
        if (successor !== undefined) {
            const renewal = { status: "SUCCESS", updatedAt: context.now } as const;
            return { ...certificate, material: successor, renewal };
        }
        return certificate.renewal?.status === "PENDING_VALIDATION"
            ? undefined
            : { ...certificate, renewal: { status: "PENDING_VALIDATION", updatedAt: context.now } };
    },

    (context, certificate) =>
        certificate.status === "ISSUED" &&
        certificate.material !== undefined &&
        context.now > parseMaterial(certificate.material).validTo.getTime()
            ? { ...certificate, status: "EXPIRED" }
            : undefined,
];

/** A certificate as it is now: validated, renewed or expired since it was looked at last. */
export function bringUpToDate(context: OperationContext, certificate: StoredCertificate): StoredCertificate {
    let current = certificate;
    for (const transition of transitions) {
        current = transition(context, current) ?? current;
    }
    if (current !== certificate) {
        context.table(certificates).put(current.arn, current);
    }
    return current;
}

/** The certificate of that ARN in the context's region, up to date; `undefined` where there is none. */
export function lookUpCertificate(context: OperationContext, arn: string): StoredCertificate | undefined {
    const certificate = context.table(certificates).get(arn);
    return certificate && bringUpToDate(context, certificate);
}

/**
 * The certificate of that ARN.
 *
 * @throws Refusal InvalidArnException where the ARN is of something else, ResourceNotFoundException where there is none
 */
export function findCertificate(context: OperationContext, arn: string): StoredCertificate {
    const parts = parseArn(arn);
    if (parts?.service !== "acm" || !parts.resource.startsWith("certificate/") || parts.region !== context.region) {
        throw new Refusal("InvalidArnException", `Invalid arn format ${arn}`);
    }
    const certificate = lookUpCertificate(context, arn);
    if (certificate === undefined) {
        const id = parts.resource.slice("certificate/".length);
        throw new Refusal("ResourceNotFoundException", `Could not find certificate ${id}.`);
    }
    return certificate;
}
