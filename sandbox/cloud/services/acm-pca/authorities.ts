import { createPrivateKey, randomUUID, X509Certificate } from "node:crypto";
import { makeSigningRequest } from "../../authority/certificates";
import { keyAlgorithms, type KeyAlgorithm } from "../../authority/keys";
import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { CertificateAuthorityConfiguration, OperationTypes } from "../../models/acm-pca";
import {
    findAuthority,
    hashOf,
    putAuthority,
    refuseState,
    tagSet,
    type StoredPrivateAuthority,
} from "./authorityTable";
import { nameOf } from "./subjects";

/** Days until a deleted CA is gone. @see https://docs.aws.amazon.com/privateca/latest/APIReference/API_DeleteCertificateAuthority.html */
const deletionDays = 30;
const day = 24 * 60 * 60 * 1000;

function serialOf(certificate: X509Certificate): string {
    return (certificate.serialNumber.toLowerCase().match(/../g) ?? []).join(":");
}

/** @see https://docs.aws.amazon.com/privateca/latest/APIReference/API_CertificateAuthorityConfiguration.html */
function refuseConfiguration({ KeyAlgorithm, SigningAlgorithm }: CertificateAuthorityConfiguration): void {
    if (!(keyAlgorithms as readonly string[]).includes(KeyAlgorithm)) {
        throw new Refusal("InvalidArgsException", `The sandbox makes no keys of the algorithm ${KeyAlgorithm}`);
    }
    if (SigningAlgorithm.endsWith("RSA") !== KeyAlgorithm.startsWith("RSA")) {
        throw new Refusal(
            "InvalidArgsException",
            `The signing algorithm ${SigningAlgorithm} does not go with a key of the algorithm ${KeyAlgorithm}`,
        );
    }
}

function parse(pem: Uint8Array | string | undefined, what: string): X509Certificate {
    try {
        return new X509Certificate(Buffer.from(pem ?? ""));
    } catch {
        throw new Refusal("MalformedCertificateException", `The ${what} is not a valid certificate`);
    }
}

/** The time of a change is kept with it. */
function change(context: OperationContext, authority: StoredPrivateAuthority): void {
    putAuthority(context, { ...authority, changedAt: context.now });
}

/** Private CAs. */
export const authorityOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/privateca/latest/APIReference/API_CreateCertificateAuthority.html */
    CreateCertificateAuthority: (input, context) => {
        const configuration = input.CertificateAuthorityConfiguration;
        refuseConfiguration(configuration);
        const { request, privateKey } = context.prepared("authority", () =>
            makeSigningRequest(
                nameOf(configuration.Subject),
                configuration.KeyAlgorithm as KeyAlgorithm,
                hashOf(configuration.SigningAlgorithm),
            ),
        );
        const arn = context.arn("acm-pca", `certificate-authority/${randomUUID()}`);
        putAuthority(context, {
            arn,
            type: input.CertificateAuthorityType,
            configuration,
            status: "PENDING_CERTIFICATE",
            RevocationConfiguration: input.RevocationConfiguration,
            KeyStorageSecurityStandard: input.KeyStorageSecurityStandard ?? "FIPS_140_2_LEVEL_3_OR_HIGHER",
            UsageMode: input.UsageMode ?? "GENERAL_PURPOSE",
            createdAt: context.now,
            changedAt: context.now,
            request,
            sealedKey: context.vault.seal(privateKey),
        });
        tagSet.add(context, arn, input.Tags);
        return { CertificateAuthorityArn: arn };
    },

    /** @see https://docs.aws.amazon.com/privateca/latest/APIReference/API_DescribeCertificateAuthority.html */
    DescribeCertificateAuthority: ({ CertificateAuthorityArn }, context) => {
        const authority = findAuthority(context, CertificateAuthorityArn);
        const certificate = authority.certificate && new X509Certificate(authority.certificate);
        const { restorableUntil } = authority;
        return {
            CertificateAuthority: {
                Arn: authority.arn,
                OwnerAccount: context.account,
                CreatedAt: new Date(authority.createdAt),
                LastStateChangeAt: new Date(authority.changedAt),
                Type: authority.type,
                Status: authority.status,
                ...(certificate && {
                    Serial: serialOf(certificate),
                    NotBefore: new Date(certificate.validFrom),
                    NotAfter: new Date(certificate.validTo),
                }),
                CertificateAuthorityConfiguration: authority.configuration,
                RevocationConfiguration: authority.RevocationConfiguration,
                RestorableUntil: restorableUntil === undefined ? undefined : new Date(restorableUntil),
                KeyStorageSecurityStandard: authority.KeyStorageSecurityStandard,
                UsageMode: authority.UsageMode,
            },
        };
    },

    /** @see https://docs.aws.amazon.com/privateca/latest/APIReference/API_GetCertificateAuthorityCsr.html */
    GetCertificateAuthorityCsr: ({ CertificateAuthorityArn }, context) => {
        const authority = findAuthority(context, CertificateAuthorityArn);
        refuseState(authority, "PENDING_CERTIFICATE", "ACTIVE", "DISABLED");
        return { Csr: authority.request };
    },

    /** @see https://docs.aws.amazon.com/privateca/latest/APIReference/API_ImportCertificateAuthorityCertificate.html */
    ImportCertificateAuthorityCertificate: ({ CertificateAuthorityArn, Certificate, CertificateChain }, context) => {
        const authority = findAuthority(context, CertificateAuthorityArn);
        refuseState(authority, "PENDING_CERTIFICATE", "ACTIVE", "DISABLED");
        const certificate = parse(Certificate, "certificate");
        if (!fits(context, authority, certificate)) {
            throw new Refusal("CertificateMismatchException", "The certificate is not for the authority's key");
        }
        const isRoot = authority.type === "ROOT";
        if (!certificate.ca || isRoot === (CertificateChain !== undefined)) {
            throw new Refusal(
                "InvalidRequestException",
                isRoot
                    ? "A root CA's certificate comes without a chain"
                    : "A subordinate CA's certificate needs its chain",
            );
        }
        if (!isRoot && !certificate.verify(parse(CertificateChain, "chain").publicKey)) {
            throw new Refusal(
                "CertificateMismatchException",
                "The certificate is not signed by the first of the chain",
            );
        }
        const chain = CertificateChain && Buffer.from(CertificateChain).toString();
        change(context, { ...authority, status: "ACTIVE", certificate: certificate.toString(), chain });
    },

    /** @see https://docs.aws.amazon.com/privateca/latest/APIReference/API_GetCertificateAuthorityCertificate.html */
    GetCertificateAuthorityCertificate: ({ CertificateAuthorityArn }, context) => {
        const authority = findAuthority(context, CertificateAuthorityArn);
        refuseState(authority, "ACTIVE", "DISABLED", "DELETED");
        return { Certificate: authority.certificate, CertificateChain: authority.chain };
    },

    /** @see https://docs.aws.amazon.com/privateca/latest/APIReference/API_UpdateCertificateAuthority.html */
    UpdateCertificateAuthority: ({ CertificateAuthorityArn, Status, RevocationConfiguration }, context) => {
        const authority = findAuthority(context, CertificateAuthorityArn);
        refuseState(authority, "ACTIVE", "DISABLED");
        if (Status !== undefined && Status !== "ACTIVE" && Status !== "DISABLED") {
            throw new Refusal("InvalidArgsException", `The status ${Status} cannot be set; ACTIVE and DISABLED can`);
        }
        change(context, {
            ...authority,
            status: Status ?? authority.status,
            RevocationConfiguration: RevocationConfiguration ?? authority.RevocationConfiguration,
        });
    },

    /** @see https://docs.aws.amazon.com/privateca/latest/APIReference/API_DeleteCertificateAuthority.html */
    DeleteCertificateAuthority: ({ CertificateAuthorityArn, PermanentDeletionTimeInDays = deletionDays }, context) => {
        const authority = findAuthority(context, CertificateAuthorityArn);
        refuseState(authority, "PENDING_CERTIFICATE", "DISABLED");
        const restorableUntil = context.now + PermanentDeletionTimeInDays * day;
        change(context, { ...authority, status: "DELETED", restorableUntil });
        tagSet.clear(context, authority.arn);
    },
};

function fits(context: OperationContext, { sealedKey }: StoredPrivateAuthority, certificate: X509Certificate): boolean {
    const key = { key: context.vault.open(sealedKey), format: "der", type: "pkcs8" } as const;
    return certificate.checkPrivateKey(createPrivateKey(key));
}
