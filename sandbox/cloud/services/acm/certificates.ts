import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { CertificateDetail, CertificateSummary, OperationTypes } from "../../models/acm";
import { paginate } from "../../pagination";
import { certificates, type StoredCertificate } from "./certificateTable";
import { bringUpToDate, findCertificate } from "./lifecycle";
import { describeMaterial } from "./material";
import { tagSet } from "./tagSet";
import { usersOf } from "./usage";
import { domainValidations } from "./validation";

function dateOf(time: number | undefined): Date | undefined {
    return time === undefined ? undefined : new Date(time);
}

/** Whether ACM would renew it. @see https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html */
function renewalEligibility(certificate: StoredCertificate, users: readonly string[]): "ELIGIBLE" | "INELIGIBLE" {
    const { status, type } = certificate;
    return status === "ISSUED" && type !== "IMPORTED" && users.length > 0 ? "ELIGIBLE" : "INELIGIBLE";
}

/** ACM's answers write `RSA-2048` where requests say `RSA_2048`. @see https://docs.aws.amazon.com/acm/latest/userguide/gs-acm-describe.html */
function spellKeyAlgorithm(certificate: StoredCertificate): CertificateDetail["KeyAlgorithm"] {
    return certificate.keyAlgorithm.replace("RSA_", "RSA-").replace("EC_", "EC-") as CertificateDetail["KeyAlgorithm"];
}

function describe(context: OperationContext, certificate: StoredCertificate): CertificateDetail {
    const users = usersOf(context, certificate.arn);
    const isRequested = certificate.type === "AMAZON_ISSUED";
    const validations = isRequested ? domainValidations(context, certificate) : undefined;
    return {
        CertificateArn: certificate.arn,
        DomainName: certificate.domainName,
        SubjectAlternativeNames: [...certificate.names],
        DomainValidationOptions: validations,
        Subject: `CN=${certificate.domainName}`,
        Issuer: isRequested ? "Amazon" : undefined,
        CreatedAt: new Date(certificate.createdAt),
        IssuedAt: dateOf(certificate.issuedAt),
        ImportedAt: dateOf(certificate.importedAt),
        Status: certificate.status,
        FailureReason: certificate.failureReason,
        KeyAlgorithm: spellKeyAlgorithm(certificate),
        InUseBy: users,
        Type: certificate.type,
        KeyUsages: [],
        ExtendedKeyUsages: [],
        CertificateAuthorityArn: certificate.certificateAuthorityArn,
        RenewalEligibility: renewalEligibility(certificate, users),
        RenewalSummary: certificate.renewal && {
            RenewalStatus: certificate.renewal.status,
            DomainValidationOptions: validations ?? [],
            UpdatedAt: new Date(certificate.renewal.updatedAt),
        },
        Options: certificate.options,
        ...(certificate.material && describeMaterial(certificate.material)),
    };
}

function summarize(context: OperationContext, certificate: StoredCertificate): CertificateSummary {
    const detail = describe(context, certificate);
    return {
        CertificateArn: detail.CertificateArn,
        DomainName: detail.DomainName,
        SubjectAlternativeNameSummaries: detail.SubjectAlternativeNames,
        HasAdditionalSubjectAlternativeNames: false,
        Status: detail.Status,
        Type: detail.Type,
        KeyAlgorithm: detail.KeyAlgorithm,
        KeyUsages: detail.KeyUsages?.map(({ Name = "CUSTOM" }) => Name),
        ExtendedKeyUsages: detail.ExtendedKeyUsages?.map(({ Name = "CUSTOM" }) => Name),
        InUse: detail.InUseBy?.length !== 0,
        RenewalEligibility: detail.RenewalEligibility,
        NotBefore: detail.NotBefore,
        NotAfter: detail.NotAfter,
        CreatedAt: detail.CreatedAt,
        IssuedAt: detail.IssuedAt,
        ImportedAt: detail.ImportedAt,
    };
}

/** Certificates, whoever issued them. */
export const certificateOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/acm/latest/APIReference/API_DescribeCertificate.html */
    DescribeCertificate: ({ CertificateArn }, context) => ({
        Certificate: describe(context, findCertificate(context, CertificateArn)),
    }),

    /** @see https://docs.aws.amazon.com/acm/latest/APIReference/API_GetCertificate.html */
    GetCertificate: ({ CertificateArn }, context) => {
        const { material, status } = findCertificate(context, CertificateArn);
        if (material === undefined) {
            throw new Refusal(
                "RequestInProgressException",
                `Certificate is not in a valid state to be retrieved: ${status}`,
            );
        }
        return { Certificate: material.certificate, CertificateChain: material.chain || undefined };
    },

    /** @see https://docs.aws.amazon.com/acm/latest/APIReference/API_ListCertificates.html */
    ListCertificates: ({ CertificateStatuses, Includes, MaxItems, NextToken }, context) => {
        // Without a filter, ACM lists RSA_1024 and RSA_2048 certificates alone.
        const keyTypes = Includes?.keyTypes ?? ["RSA_1024", "RSA_2048"];
        const matching = context
            .table(certificates)
            .list()
            .map((certificate) => bringUpToDate(context, certificate))
            .filter(({ status }) => CertificateStatuses === undefined || CertificateStatuses.includes(status))
            .filter(({ keyAlgorithm }) => keyTypes.includes(keyAlgorithm));
        const { shown, token } = paginate(matching, MaxItems ?? 1000, NextToken);
        return {
            CertificateSummaryList: shown.map((certificate) => summarize(context, certificate)),
            NextToken: token,
        };
    },

    /** @see https://docs.aws.amazon.com/acm/latest/APIReference/API_UpdateCertificateOptions.html */
    UpdateCertificateOptions: ({ CertificateArn, Options }, context) => {
        const certificate = findCertificate(context, CertificateArn);
        if (certificate.type !== "AMAZON_ISSUED") {
            throw new Refusal("InvalidStateException", "Options can be changed of certificates that ACM issued only");
        }
        const options = { ...certificate.options, ...Options };
        context.table(certificates).put(certificate.arn, { ...certificate, options });
    },

    /** @see https://docs.aws.amazon.com/acm/latest/APIReference/API_DeleteCertificate.html */
    DeleteCertificate: ({ CertificateArn }, context) => {
        const certificate = findCertificate(context, CertificateArn);
        if (usersOf(context, certificate.arn).length > 0) {
            throw new Refusal(
                "ResourceInUseException",
                `Certificate ${certificate.arn} in account ${context.account} is in use.`,
            );
        }
        context.table(certificates).delete(certificate.arn);
        tagSet.clear(context, certificate.arn);
    },

    /** @see https://docs.aws.amazon.com/acm/latest/APIReference/API_AddTagsToCertificate.html */
    AddTagsToCertificate: ({ CertificateArn, Tags }, context) => {
        tagSet.add(context, findCertificate(context, CertificateArn).arn, Tags);
    },

    /** @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RemoveTagsFromCertificate.html */
    RemoveTagsFromCertificate: ({ CertificateArn, Tags }, context) => {
        tagSet.removeFitting(context, findCertificate(context, CertificateArn).arn, Tags);
    },

    /** @see https://docs.aws.amazon.com/acm/latest/APIReference/API_ListTagsForCertificate.html */
    ListTagsForCertificate: ({ CertificateArn }, context) => ({
        Tags: tagSet.list(context, findCertificate(context, CertificateArn).arn),
    }),
};
