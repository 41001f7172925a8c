import { block, flag, integer, text, type Inputs } from "../../framework/properties";
import type { Aws } from "../client";
import { defineResource } from "../resource";
import { tagList } from "../tagging";
import { formatTime } from "../times";

const missingAuthority = ["ResourceNotFoundException"];

/** Minutes that an authority may take to be made. */
const creationMinutes = 1;

/** The parts of an authority's name, by AWS's fields. */
const subjectFields = {
    commonName: "CommonName",
    country: "Country",
    distinguishedNameQualifier: "DistinguishedNameQualifier",
    generationQualifier: "GenerationQualifier",
    givenName: "GivenName",
    initials: "Initials",
    locality: "Locality",
    organization: "Organization",
    organizationalUnit: "OrganizationalUnit",
    pseudonym: "Pseudonym",
    state: "State",
    surname: "Surname",
    title: "Title",
} as const;

const subjectText = () => text({ replaces: true });

const properties = {
    certificateAuthorityConfiguration: block(
        {
            keyAlgorithm: text({ required: true, replaces: true }),
            signingAlgorithm: text({ required: true, replaces: true }),
            subject: block(
                {
                    commonName: subjectText(),
                    country: subjectText(),
                    distinguishedNameQualifier: subjectText(),
                    generationQualifier: subjectText(),
                    givenName: subjectText(),
                    initials: subjectText(),
                    locality: subjectText(),
                    organization: subjectText(),
                    organizationalUnit: subjectText(),
                    pseudonym: subjectText(),
                    state: subjectText(),
                    surname: subjectText(),
                    title: subjectText(),
                },
                { required: true, replaces: true },
            ),
        },
        { required: true, replaces: true },
    ),
    enabled: flag({ default: true }),
    keyStorageSecurityStandard: text({ replaces: true, computed: true }),
    permanentDeletionTimeInDays: integer({ default: 30 }),
    revocationConfiguration: block({
        crlConfiguration: block({
            customCname: text(),
            customPath: text(),
            enabled: flag(),
            expirationInDays: integer(),
            s3BucketName: text(),
            s3ObjectAcl: text({ computed: true }),
        }),
        ocspConfiguration: block({ enabled: flag({ required: true }), ocspCustomCname: text() }),
    }),
    type: text({ default: "SUBORDINATE", replaces: true, oneOf: ["ROOT", "SUBORDINATE"] }),
    usageMode: text({ replaces: true, computed: true, oneOf: ["GENERAL_PURPOSE", "SHORT_LIVED_CERTIFICATE"] }),
    arn: text({ readOnly: true }),
    certificate: text({ readOnly: true }),
    certificateChain: text({ readOnly: true }),
    certificateSigningRequest: text({ readOnly: true }),
    notAfter: text({ readOnly: true }),
    notBefore: text({ readOnly: true }),
    serial: text({ readOnly: true }),
};

type AuthorityInputs = Inputs<typeof properties>;

export const certificateAuthority = defineResource({
    title: "ACM PCA Certificate Authority",
    tagging: { tagger: "certificateAuthority" },
    properties,
    async create(aws, inputs) {
        const { keyAlgorithm, signingAlgorithm, subject } = inputs.certificateAuthorityConfiguration;
        const { CertificateAuthorityArn } = await aws.call("acm-pca", "CreateCertificateAuthority", {
            CertificateAuthorityConfiguration: {
                KeyAlgorithm: keyAlgorithm,
                SigningAlgorithm: signingAlgorithm,
                Subject: renamed(subject, Object.entries(subjectFields)),
            },
            CertificateAuthorityType: inputs.type,
            RevocationConfiguration: revocationParameters(inputs),
            KeyStorageSecurityStandard: inputs.keyStorageSecurityStandard,
            UsageMode: inputs.usageMode,
            Tags: tagList(inputs.tagsAll),
        });
        return { id: CertificateAuthorityArn };
    },
    async settle(aws, CertificateAuthorityArn) {
        await aws.wait(creationMinutes, async () => {
            const request = { CertificateAuthorityArn };
            const { CertificateAuthority } = await aws.call("acm-pca", "DescribeCertificateAuthority", request);
            return CertificateAuthority.Status === "CREATING"
                ? {
                      pending:
                          "timeout while waiting for state to become 'PENDING_CERTIFICATE' (last state: 'CREATING')",
                  }
                : { done: undefined };
        });
    },
    async read(aws, CertificateAuthorityArn, state) {
        const request = { CertificateAuthorityArn };
        const found = await aws.find("acm-pca", "DescribeCertificateAuthority", request, missingAuthority);
        const authority = found?.CertificateAuthority;
        if (authority === undefined || authority.Status === "DELETED") {
            return undefined;
        }
        const { KeyAlgorithm, SigningAlgorithm, Subject } = authority.CertificateAuthorityConfiguration;
        const names = Object.entries(subjectFields).map(([name, field]) => [field, name] as [string, string]);
        return {
            certificateAuthorityConfiguration: {
                keyAlgorithm: KeyAlgorithm,
                signingAlgorithm: SigningAlgorithm,
                subject: renamed(Subject, names) as AuthorityInputs["certificateAuthorityConfiguration"]["subject"],
            },
            enabled: authority.Status !== "DISABLED",
            keyStorageSecurityStandard: authority.KeyStorageSecurityStandard ?? "",
            permanentDeletionTimeInDays: state.permanentDeletionTimeInDays ?? 30,
            revocationConfiguration: fromRevocation(authority.RevocationConfiguration),
            type: authority.Type,
            usageMode: authority.UsageMode ?? "GENERAL_PURPOSE",
            arn: authority.Arn,
            notAfter: formatTime(authority.NotAfter) ?? "",
            notBefore: formatTime(authority.NotBefore) ?? "",
            serial: authority.Serial ?? "",
            ...(await certificatesOf(aws, CertificateAuthorityArn)),
        };
    },
    async update(aws, CertificateAuthorityArn, { inputs, changed }) {
        await aws.call("acm-pca", "UpdateCertificateAuthority", {
            CertificateAuthorityArn,
            Status: changed("enabled") ? (inputs.enabled ? "ACTIVE" : "DISABLED") : undefined,
            RevocationConfiguration: changed("revocationConfiguration") ? revocationParameters(inputs) : undefined,
        });
    },
    async delete(aws, CertificateAuthorityArn, state) {
        const request = { CertificateAuthorityArn };
        const found = await aws.find("acm-pca", "DescribeCertificateAuthority", request, missingAuthority);
        if (found?.CertificateAuthority.Status === "ACTIVE") {
            await aws.call("acm-pca", "UpdateCertificateAuthority", { ...request, Status: "DISABLED" });
        }
        const PermanentDeletionTimeInDays = state.permanentDeletionTimeInDays ?? 30;
        const deletion = { ...request, PermanentDeletionTimeInDays };
        await aws.find("acm-pca", "DeleteCertificateAuthority", deletion, missingAuthority);
    },
});

/** An authority without a certificate says so with an exception. */
async function certificatesOf(aws: Aws, CertificateAuthorityArn: string) {
    const request = { CertificateAuthorityArn };
    const none = [...missingAuthority, "InvalidStateException", "RequestInProgressException"];
    const own = await aws.find("acm-pca", "GetCertificateAuthorityCertificate", request, none);
    const signing = await aws.find("acm-pca", "GetCertificateAuthorityCsr", request, none);
    return {
        certificate: own?.Certificate ?? "",
        certificateChain: own?.CertificateChain ?? "",
        certificateSigningRequest: signing?.Csr ?? "",
    };
}

function revocationParameters({ revocationConfiguration: given }: AuthorityInputs) {
    const { crlConfiguration: crl, ocspConfiguration: ocsp } = given ?? {};
    return (
        given && {
            CrlConfiguration: crl && {
                Enabled: crl.enabled ?? false,
                ExpirationInDays: crl.expirationInDays,
                CustomCname: crl.customCname,
                CustomPath: crl.customPath,
                S3BucketName: crl.s3BucketName,
                S3ObjectAcl: crl.s3ObjectAcl,
            },
            OcspConfiguration: ocsp && { Enabled: ocsp.enabled, OcspCustomCname: ocsp.ocspCustomCname },
        }
    );
}

interface Revocation {
    readonly CrlConfiguration?: {
        readonly Enabled?: boolean;
        readonly ExpirationInDays?: number;
        readonly CustomCname?: string;
        readonly CustomPath?: string;
        readonly S3BucketName?: string;
        readonly S3ObjectAcl?: string;
    };
    readonly OcspConfiguration?: { readonly Enabled?: boolean; readonly OcspCustomCname?: string };
}

/** What is switched off counts as not configured. */
function fromRevocation(found: Revocation | undefined) {
    const [crl, ocsp] = [found?.CrlConfiguration, found?.OcspConfiguration];
    if (crl?.Enabled !== true && ocsp?.Enabled !== true) {
        return undefined;
    }
    return {
        crlConfiguration: crl && {
            enabled: crl.Enabled ?? false,
            expirationInDays: crl.ExpirationInDays,
            customCname: crl.CustomCname,
            customPath: crl.CustomPath,
            s3BucketName: crl.S3BucketName,
            s3ObjectAcl: crl.S3ObjectAcl,
        },
        ocspConfiguration: ocsp && { enabled: ocsp.Enabled ?? false, ocspCustomCname: ocsp.OcspCustomCname },
    };
}

function renamed(object: object, names: ReadonlyArray<readonly [string, string]>): Record<string, string> {
    const values = object as Readonly<Record<string, string | undefined>>;
    return Object.fromEntries(
        names.flatMap(([from, to]): Array<[string, string]> => {
            const value = values[from];
            return value === undefined ? [] : [[to, value]];
        }),
    );
}
