import { block, flag, integer, list, set, text } from "../../framework/properties";
import { during } from "../../framework/failures";
import type { ApiError, Aws } from "../client";
import { defineResource } from "../resource";
import { tagList } from "../tagging";
import { formatTime } from "../times";
import { arnFault } from "../validation";

/** Minutes that AWS may take to say which records validate a certificate. */
const validationRecordsMinutes = 5;

/** Minutes to wait for a certificate in use to become free; the real provider waits twenty, which nobody wants here. */
const releaseMinutes = Number(process.env.IOT_DOMAINS_SANDBOX_RELEASE_MINUTES ?? 0.1);

const imported = ["certificateBody", "certificateChain", "privateKey", "privateKeyWo"];

interface DomainValidation {
    readonly DomainName: string;
    readonly ResourceRecord?: { readonly Name: string; readonly Type: string; readonly Value: string };
    readonly ValidationEmails?: string[];
    readonly ValidationMethod?: string;
    readonly ValidationStatus?: string;
}

export const certificate = defineResource({
    title: "ACM Certificate",
    tagging: { tagger: "acm", property: "arn" },
    properties: {
        certificateAuthorityArn: text({ replaces: true, refuse: arnFault }),
        certificateBody: text(),
        certificateChain: text(),
        privateKey: text({ secret: true }),
        privateKeyWo: text({ secret: true, writeOnly: true }),
        privateKeyWoVersion: integer(),
        domainName: text({ replaces: true, computed: true, refuse: trailingPeriodFault }),
        subjectAlternativeNames: set(text({ refuse: trailingPeriodFault }), { replaces: true, computed: true }),
        keyAlgorithm: text({
            replaces: true,
            computed: true,
            oneOf: ["RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"],
        }),
        validationMethod: text({ replaces: true, computed: true, oneOf: ["EMAIL", "DNS", "HTTP"] }),
        validationOptions: set(
            block({ domainName: text({ required: true }), validationDomain: text({ required: true }) }),
            { replaces: true },
        ),
        earlyRenewalDuration: text(),
        options: block(
            {
                certificateTransparencyLoggingPreference: text({
                    default: "ENABLED",
                    oneOf: ["ENABLED", "DISABLED"],
                }),
                export: text({ computed: true, oneOf: ["ENABLED", "DISABLED"] }),
            },
            { computed: true },
        ),
        arn: text({ readOnly: true }),
        domainValidationOptions: set(
            block({
                domainName: text(),
                resourceRecordName: text(),
                resourceRecordType: text(),
                resourceRecordValue: text(),
            }),
            { readOnly: true },
        ),
        notAfter: text({ readOnly: true }),
        notBefore: text({ readOnly: true }),
        pendingRenewal: flag({ readOnly: true }),
        renewalEligibility: text({ readOnly: true }),
        renewalSummaries: list(block({ renewalStatus: text(), renewalStatusReason: text(), updatedAt: text() }), {
            readOnly: true,
        }),
        status: text({ readOnly: true }),
        type: text({ readOnly: true }),
        validationEmails: list(text(), { readOnly: true }),
    },
    relations: {
        exactlyOneOf: [["domainName", "privateKey", "privateKeyWo"]],
        conflicts: {
            certificateAuthorityArn: ["certificateBody", "privateKey", "privateKeyWo", "validationMethod"],
            domainName: imported,
            keyAlgorithm: imported,
            subjectAlternativeNames: imported,
            validationMethod: imported,
            validationOptions: imported,
        },
        needs: { privateKeyWo: ["privateKeyWoVersion"] },
    },
    async create(aws, inputs) {
        const { domainName } = inputs;
        if (domainName === undefined) {
            const { CertificateArn } = await during(
                "importing ACM Certificate",
                aws.call("acm", "ImportCertificate", { ...importParameters(inputs), Tags: tagList(inputs.tagsAll) }),
            );
            return { id: CertificateArn };
        }
        if (inputs.certificateAuthorityArn === undefined && inputs.validationMethod === undefined) {
            throw new Error(
                "`certificate_authority_arn` or `validation_method` must be set when creating an ACM certificate",
            );
        }
        const { CertificateArn } = await during(
            `requesting ACM Certificate (${domainName})`,
            aws.call("acm", "RequestCertificate", {
                DomainName: domainName,
                SubjectAlternativeNames: inputs.subjectAlternativeNames,
                ValidationMethod: inputs.validationMethod,
                KeyAlgorithm: inputs.keyAlgorithm,
                CertificateAuthorityArn: inputs.certificateAuthorityArn,
                Options: optionParameters(inputs.options),
                DomainValidationOptions: inputs.validationOptions?.map((option) => ({
                    DomainName: option.domainName,
                    ValidationDomain: option.validationDomain,
                })),
                Tags: tagList(inputs.tagsAll),
            }),
        );
        return { id: CertificateArn };
    },
    async settle(aws, CertificateArn) {
        await during(
            `waiting for ACM Certificate (${CertificateArn}) to be issued`,
            aws.wait(validationRecordsMinutes, async () => {
                const found = await findCertificate(aws, CertificateArn);
                return found !== undefined && hasDetails(found)
                    ? { done: undefined }
                    : { pending: "timeout while waiting for state to become 'true' (last state: 'false')" };
            }),
        );
    },
    async read(aws, CertificateArn) {
        const found = await findCertificate(aws, CertificateArn);
        if (found === undefined) {
            return undefined;
        }
        const validations: DomainValidation[] = found.DomainValidationOptions ?? [];
        // What was imported is never shown again, so body, chain and key stay as the state has them.
        return {
            arn: found.CertificateArn,
            certificateAuthorityArn: found.CertificateAuthorityArn,
            domainName: found.DomainName,
            subjectAlternativeNames: found.SubjectAlternativeNames,
            keyAlgorithm: found.KeyAlgorithm?.replace("-", "_"),
            validationMethod: found.Type === "AMAZON_ISSUED" ? (validations[0]?.ValidationMethod ?? "NONE") : "NONE",
            options: found.Options && {
                certificateTransparencyLoggingPreference: found.Options.CertificateTransparencyLoggingPreference,
                ...(found.Options.Export === undefined ? {} : { export: found.Options.Export }),
            },
            domainValidationOptions: validations.flatMap(({ DomainName, ResourceRecord }) =>
                ResourceRecord === undefined
                    ? []
                    : [
                          {
                              domainName: DomainName,
                              resourceRecordName: ResourceRecord.Name,
                              resourceRecordType: ResourceRecord.Type,
                              resourceRecordValue: ResourceRecord.Value,
                          },
                      ],
            ),
            validationEmails: validations.flatMap(({ ValidationEmails = [] }) => ValidationEmails),
            notAfter: formatTime(found.NotAfter) ?? "",
            notBefore: formatTime(found.NotBefore) ?? "",
            pendingRenewal: false,
            renewalEligibility: found.RenewalEligibility,
            renewalSummaries:
                found.RenewalSummary === undefined
                    ? []
                    : [
                          {
                              renewalStatus: found.RenewalSummary.RenewalStatus,
                              renewalStatusReason: found.RenewalSummary.RenewalStatusReason,
                              updatedAt: formatTime(found.RenewalSummary.UpdatedAt),
                          },
                      ],
            status: found.Status,
            type: found.Type,
        };
    },
    async update(aws, CertificateArn, { inputs, changed }) {
        if (changed("certificateBody", "certificateChain", "privateKey", "privateKeyWoVersion")) {
            await during(
                `importing ACM Certificate (${CertificateArn})`,
                aws.call("acm", "ImportCertificate", { CertificateArn, ...importParameters(inputs) }),
            );
        }
        if (changed("options")) {
            const Options = optionParameters(inputs.options);
            await during(
                `updating ACM Certificate options (${CertificateArn})`,
                aws.call("acm", "UpdateCertificateOptions", { CertificateArn, Options }),
            );
        }
    },
    async delete(aws, CertificateArn) {
        const inUse = ({ code }: ApiError) => code === "ResourceInUseException";
        await aws.persist(releaseMinutes, inUse, () =>
            aws.find("acm", "DeleteCertificate", { CertificateArn }, ["ResourceNotFoundException"]),
        );
    },
});

/** A certificate; one whose validation has timed out is gone for the provider. */
export async function findCertificate(aws: Aws, CertificateArn: string) {
    const missing = ["ResourceNotFoundException"];
    const answer = await aws.find("acm", "DescribeCertificate", { CertificateArn }, missing);
    const found = answer?.Certificate;
    return found?.Status === "VALIDATION_TIMED_OUT" ? undefined : found;
}

/** AWS tells the validation records, and the details of private certificates, a little after the request. */
function hasDetails(found: { Type: string; Status: string; DomainValidationOptions?: DomainValidation[] }): boolean {
    if (found.Type === "PRIVATE") {
        return found.Status !== "PENDING_VALIDATION";
    }
    return (
        found.Type !== "AMAZON_ISSUED" ||
        (found.DomainValidationOptions ?? []).some(
            ({ ResourceRecord, ValidationEmails = [], ValidationStatus }) =>
                ResourceRecord !== undefined || ValidationEmails.length > 0 || ValidationStatus === "SUCCESS",
        )
    );
}

interface Material {
    readonly certificateBody: string | undefined;
    readonly certificateChain: string | undefined;
    readonly privateKey: string | undefined;
    readonly privateKeyWo: string | undefined;
}

function importParameters(inputs: Material) {
    return {
        Certificate: bytes(inputs.certificateBody),
        CertificateChain: bytes(inputs.certificateChain),
        PrivateKey: bytes(inputs.privateKey ?? inputs.privateKeyWo),
    };
}

function bytes(text: string | undefined): Buffer | undefined {
    return text === undefined || text === "" ? undefined : Buffer.from(text);
}

interface CertificateOptions {
    readonly certificateTransparencyLoggingPreference: string;
    readonly export: string | undefined;
}

function optionParameters(options: CertificateOptions | undefined) {
    return (
        options && {
            CertificateTransparencyLoggingPreference: options.certificateTransparencyLoggingPreference,
            ...(options.export === undefined ? {} : { Export: options.export }),
        }
    );
}

function trailingPeriodFault(name: string): string | undefined {
    return name.endsWith(".") ? "cannot end with a period" : undefined;
}
