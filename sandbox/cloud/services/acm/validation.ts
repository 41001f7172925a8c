import { validationName } from "../../../../rules/domainNames";
import type { OperationContext } from "../../context";
import { derivedHexadecimal, derivedLabel } from "../../identifiers";
import type { DomainValidation, ResourceRecord } from "../../models/acm";
import { resolve } from "../route53/resolution";
import type { StoredCertificate } from "./certificateTable";

/**
 * The record that proves control of a name: the same in every region of an account, and for a name and its wildcard.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export function validationRecord(account: string, name: string): ResourceRecord {
    const domain = validationName(name);
    const owner = derivedHexadecimal(32, `validation name ${account} ${domain}`);
    const value = derivedHexadecimal(32, `validation value ${account} ${domain}`);
    const branch = derivedLabel(10, `validation branch ${account} ${domain}`).replace(/\d/g, "x");
    return { Name: `_${owner}.${domain}.`, Type: "CNAME", Value: `_${value}.${branch}.acm-validations.aws.` };
}

/** Whether the name's record is in DNS with the right value. */
function isProven(context: OperationContext, name: string): boolean {
    const { Name, Value } = validationRecord(context.account, name);
    return resolve(context, Name, "CNAME").some((found) => found.replace(/\.?$/, ".") === Value);
}

/** Whether every name of a certificate is validated by DNS right now. */
export function isValidated(context: OperationContext, certificate: StoredCertificate): boolean {
    return certificate.validationMethod === "DNS" && certificate.names.every((name) => isProven(context, name));
}

/** Certification authorities that a CAA record must name for ACM to issue. @see https://docs.aws.amazon.com/acm/latest/userguide/setup-caa.html */
const amazonAuthorities = ["amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"];

/** Whether CAA records of a name, or of the nearest name above it that has some, keep ACM from issuing. */
export function isForbidden(context: OperationContext, name: string): boolean {
    const property = name.startsWith("*.") ? "issuewild" : "issue";
    const labels = validationName(name).split(".");
    for (let index = 0; index < labels.length - 1; index++) {
        const records = resolve(context, labels.slice(index).join("."), "CAA");
        if (records.length > 0) {
            return !permits(records, property);
        }
    }
    return false;
}

function permits(records: readonly string[], property: "issue" | "issuewild"): boolean {
    const tagged = (tag: string) => records.filter((record) => record.split(/\s+/)[1]?.toLowerCase() === tag);
    const relevant = property === "issuewild" && tagged("issuewild").length > 0 ? tagged("issuewild") : tagged("issue");
    const value = (record: string) => record.split(/\s+/).slice(2).join(" ").replace(/"/g, "").split(";")[0]?.trim();
    return relevant.length === 0 || relevant.some((record) => amazonAuthorities.includes(value(record) ?? ""));
}

/** Whom ACM writes to. @see https://docs.aws.amazon.com/acm/latest/userguide/email-validation.html */
const mailboxes = ["administrator", "hostmaster", "postmaster", "webmaster", "admin"];

/** How each name of a certificate is validated, as DescribeCertificate tells it. */
export function domainValidations(context: OperationContext, certificate: StoredCertificate): DomainValidation[] {
    return certificate.names.map((name) => {
        const common = {
            DomainName: name,
            ValidationDomain: certificate.validationDomains?.[name] ?? validationDomainOf(certificate, name),
            ValidationStatus: validationStatus(context, certificate, name),
            ValidationMethod: certificate.validationMethod,
        };
        return certificate.validationMethod === "DNS"
            ? { ...common, ResourceRecord: validationRecord(context.account, name) }
            : { ...common, ValidationEmails: mailboxes.map((mailbox) => `${mailbox}@${common.ValidationDomain}`) };
    });
}

/** By DNS the name is validated itself, wildcard and all; by mail its domain is. */
function validationDomainOf({ validationMethod }: StoredCertificate, name: string): string {
    return validationMethod === "DNS" ? name : validationName(name);
}

function validationStatus(
    context: OperationContext,
    { status, validationMethod }: StoredCertificate,
    name: string,
): DomainValidation["ValidationStatus"] {
    if (status === "PENDING_VALIDATION") {
        return validationMethod === "DNS" && isProven(context, name) ? "SUCCESS" : "PENDING_VALIDATION";
    }
    return status === "VALIDATION_TIMED_OUT" || status === "FAILED" ? "FAILED" : "SUCCESS";
}
