import type { Severity } from "../finding";
import type { Check } from "./check";
import type { ParsedCertificate } from "./parsedCertificate";
import { references } from "./references";

/** A certificate at a moment. */
export interface Dated {
    readonly certificate: ParsedCertificate;
    readonly at: Date;
}

const dayInMilliseconds = 86_400_000;

/** Days before expiry from which on the rules advise to renew. */
export const daysOfWarning = 30;

/** Whole days from one moment to another, rounded down. */
export function daysBetween(from: Date, to: Date): number {
    return Math.floor((to.getTime() - from.getTime()) / dayInMilliseconds);
}

/** `2026-11-21`, or with the time where the day alone would not tell. */
export function day(date: Date): string {
    return date
        .toISOString()
        .replace("T00:00:00.000Z", "")
        .replace(/\.\d{3}Z$/, "Z");
}

function outsideValidity({ certificate: { validFrom, validTo }, at }: Dated): string | undefined {
    if (at < validFrom) {
        return `a certificate that is valid only from ${day(validFrom)} on`;
    }
    return at > validTo ? `a certificate that expired on ${day(validTo)}` : undefined;
}

function validAt(rule: string, severity: Severity, remedy: string): Check<Dated> {
    const expected = ({ at }: Dated): string => `a certificate valid on ${day(at)}`;
    return { rule, severity, expected, remedy, reference: references.importPrerequisites, got: outsideValidity };
}

/** ACM imports a certificate within its validity only. */
export const leafValidity = validAt(
    "certificate-validity",
    "critical",
    "renew the certificate, or wait until it is valid",
);

/** A chain with an expired link is refused by devices, however fresh the leaf is. */
export const linkValidity = validAt("chain-validity", "critical", "get the chain anew from the CA");

/** Advice: imported certificates are renewed by nobody but their owner. */
export const expiresSoon: Check<Dated> = {
    rule: "certificate-expires-soon",
    severity: "low",
    expected: `more than ${daysOfWarning} days left`,
    remedy: "renew it; ACM renews no imported certificate",
    reference: references.expiry,
    got: ({ certificate: { validFrom, validTo }, at }) => {
        const left = daysBetween(at, validTo);
        return at < validFrom || at > validTo || left > daysOfWarning ? undefined : `${left} days left`;
    },
};

/** Longest lifetime of a public certificate by the day of its issue, newest first, in days. */
const lifetimes: readonly { readonly from: string; readonly days: number }[] = [
    { from: "2029-03-15", days: 47 },
    { from: "2027-03-15", days: 100 },
    { from: "2026-03-15", days: 200 },
    { from: "2020-09-01", days: 398 },
];

function longestLifetime(issued: Date): number {
    return lifetimes.find(({ from }) => issued >= new Date(from))?.days ?? 825;
}

function lifetime({ validFrom, validTo }: ParsedCertificate): number {
    // Both ends belong to the validity, so a certificate from midnight to 23:59:59 lives whole days.
    return Math.ceil((validTo.getTime() + 1000 - validFrom.getTime()) / dayInMilliseconds);
}

/**
 * Advice for a public certificate: clients that follow the CA/Browser Forum's schedule refuse one that lives longer.
 */
export const publicLifetime: Check<Dated> = {
    rule: "certificate-lifetime",
    severity: "low",
    expected: ({ certificate }) =>
        `a lifetime of at most ${longestLifetime(certificate.validFrom)} days for a public certificate of that date`,
    remedy: "have a certificate with a shorter life issued; no public CA may issue this one",
    reference: references.baselineRequirements,
    got: ({ certificate }) => {
        const days = lifetime(certificate);
        return days > longestLifetime(certificate.validFrom) ? `${days} days` : undefined;
    },
};
