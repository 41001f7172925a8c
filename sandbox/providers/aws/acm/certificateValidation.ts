import { set, text } from "../../framework/properties";
import { during, ProviderError } from "../../framework/failures";
import { defineResource } from "../resource";
import { findCertificate } from "./certificate";

/** Minutes that a certificate may take to be issued. */
const issueMinutes = 75;

/** Nothing of AWS's own: it stands for a certificate's having been issued. */
export const certificateValidation = defineResource({
    title: "ACM Certificate Validation",
    notImportable: true,
    properties: {
        certificateArn: text({ required: true, replaces: true }),
        validationRecordFqdns: set(text(), { replaces: true }),
    },
    async create(aws, { certificateArn, validationRecordFqdns = [] }) {
        const certificate = await during(
            `reading ACM Certificate (${certificateArn})`,
            aws.call("acm", "DescribeCertificate", { CertificateArn: certificateArn }),
        );
        const { Type, DomainValidationOptions = [] } = certificate.Certificate;
        if (Type !== "AMAZON_ISSUED") {
            throw new ProviderError(`ACM Certificate (${certificateArn}) has type ${Type}, no validation necessary`);
        }
        if (validationRecordFqdns.length > 0) {
            refuseMissingRecords(DomainValidationOptions, validationRecordFqdns);
        }
        const issuedAt = await during(
            `waiting for ACM Certificate (${certificateArn}) to be issued`,
            aws.wait(issueMinutes, async () => {
                const answer = await aws.call("acm", "DescribeCertificate", { CertificateArn: certificateArn });
                const { Status, IssuedAt, FailureReason, RevocationReason } = answer.Certificate;
                if (Status === "ISSUED") {
                    return { done: IssuedAt };
                }
                if (Status !== "PENDING_VALIDATION") {
                    const reason = FailureReason ?? RevocationReason;
                    throw new Error(
                        `unexpected state '${Status}', wanted target 'ISSUED'${reason === undefined ? "" : `. last error: ${reason}`}`,
                    );
                }
                return { pending: `timeout while waiting for state to become 'ISSUED' (last state: '${Status}')` };
            }),
        );
        return {
            id: `${new Date(issuedAt ?? Date.now())
                .toISOString()
                .replace("T", " ")
                .replace(/\.\d+Z/, "")} +0000 UTC`,
        };
    },
    async read(aws, _id, { certificateArn = "" }) {
        const found = await findCertificate(aws, certificateArn);
        return found?.Status === "ISSUED" ? { certificateArn: found.CertificateArn } : undefined;
    },
    async delete() {},
});

interface DomainValidation {
    readonly DomainName: string;
    readonly ValidationMethod?: string;
    readonly ResourceRecord?: { readonly Name?: string };
}

/** A name without its validation record is never validated, so waiting for it would be in vain. */
function refuseMissingRecords(validations: DomainValidation[], fqdns: string[]): void {
    const other = validations.find(({ ValidationMethod }) => ValidationMethod !== "DNS");
    if (other !== undefined) {
        throw new ProviderError(`validation_record_fqdns is not valid for ${other.ValidationMethod} validation`);
    }
    const given = new Set(fqdns.map(withoutTrailingPeriod));
    const missing = new Map(
        validations.flatMap(({ DomainName, ResourceRecord }) => {
            const name = withoutTrailingPeriod(ResourceRecord?.Name ?? "");
            return name === "" || given.has(name) ? [] : [[name, DomainName]];
        }),
    );
    if (missing.size > 0) {
        throw new ProviderError(
            Array.from(missing, ([fqdn, name]) => `missing ${name} DNS validation record: ${fqdn}`).join("\n"),
        );
    }
}

function withoutTrailingPeriod(name: string): string {
    return name.replace(/\.$/, "");
}
