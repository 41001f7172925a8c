import { randomUUID } from "node:crypto";
import { isSignedWith, type ParsedCertificate } from "../../../../rules/certificates/parsedCertificate";
import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import { derivedHexadecimal } from "../../identifiers";
import type { OperationTypes, RegisterCACertificateRequest } from "../../models/iot";
import { paginate } from "../../pagination";
import { defineTable } from "../../tables";
import { authorities, readCertificate, validityOf } from "./certificateTable";
import { provisioningTemplates } from "./provisioningTemplates";
import { tagSet } from "./tags";

/** How often the account's registration code was deleted: each deletion makes a new one. */
const registrationCodes = defineTable<number>("iot", "registrationCode", false);

function registrationCode(context: OperationContext): string {
    const generation = context.table(registrationCodes).get("current") ?? 0;
    return derivedHexadecimal(64, `registration code ${context.account} ${context.region} ${generation}`);
}

/**
 * The verification certificate proves that whoever registers a CA has its key: it is signed by the CA over the account's
 * registration code.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/register-CA-cert.html
 */
function refuseUnproven(context: OperationContext, ca: ParsedCertificate, input: RegisterCACertificateRequest): void {
    const { certificateMode = "DEFAULT", verificationCertificate } = input;
    if (certificateMode === "SNI_ONLY") {
        if (verificationCertificate !== undefined) {
            throw new Refusal(
                "InvalidRequestException",
                "A verification certificate cannot be given in the certificate mode SNI_ONLY",
            );
        }
        return;
    }
    if (verificationCertificate === undefined) {
        throw new Refusal("InvalidRequestException", "A verification certificate is required in the mode DEFAULT");
    }
    const verification = readCertificate(verificationCertificate);
    if (verification.names.commonName !== registrationCode(context)) {
        throw new Refusal(
            "RegistrationCodeValidationException",
            "The common name of the verification certificate does not match the registration code",
        );
    }
    if (!isSignedWith(verification.x509, ca.x509)) {
        throw new Refusal(
            "CertificateValidationException",
            "The verification certificate is not signed by the CA certificate",
        );
    }
}

/** In the mode DEFAULT a CA belongs to one account of a region. @see https://docs.aws.amazon.com/iot/latest/apireference/API_RegisterCACertificate.html */
function refuseForeign(context: OperationContext, id: string, mode: "DEFAULT" | "SNI_ONLY"): void {
    const others = context
        .accounts()
        .filter((account) => account !== context.account)
        .map((account) => authorities.get(context.within({ account }), id));
    if (others.some((other) => other !== undefined && (mode === "DEFAULT" || other.mode === "DEFAULT"))) {
        throw new Refusal(
            "ResourceAlreadyExistsException",
            `The CA certificate ${id} is registered in another account already`,
        );
    }
}

type RegistrationConfig = NonNullable<RegisterCACertificateRequest["registrationConfig"]>;

/** @see https://docs.aws.amazon.com/iot/latest/apireference/API_RegistrationConfig.html */
function refuseRegistrationConfig(context: OperationContext, config: RegistrationConfig | undefined): void {
    const { templateName, templateBody, roleArn } = config ?? {};
    if (templateName !== undefined) {
        if (templateBody !== undefined) {
            throw new Refusal("InvalidRequestException", "templateName and templateBody cannot be given together");
        }
        if (provisioningTemplates.find(context, templateName).type !== "JITP") {
            throw new Refusal("InvalidRequestException", `The template ${templateName} is not of the type JITP`);
        }
    }
    if (templateBody !== undefined && roleArn === undefined) {
        throw new Refusal("InvalidRequestException", "roleArn is required with templateBody");
    }
}

/** Certificates of CAs that sign devices' certificates. */
export const authorityOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_GetRegistrationCode.html */
    GetRegistrationCode: (_input, context) => ({ registrationCode: registrationCode(context) }),

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DeleteRegistrationCode.html */
    DeleteRegistrationCode: (_input, context) => {
        const table = context.table(registrationCodes);
        table.put("current", (table.get("current") ?? 0) + 1);
        return {};
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_RegisterCACertificate.html */
    RegisterCACertificate: (input, context) => {
        const { caCertificate, certificateMode = "DEFAULT", registrationConfig } = input;
        const ca = readCertificate(caCertificate);
        if (!ca.isAuthority) {
            throw new Refusal("CertificateValidationException", "The certificate is not that of a CA");
        }
        if (ca.validTo.getTime() < context.now) {
            throw new Refusal("CertificateValidationException", "The CA certificate has expired");
        }
        refuseUnproven(context, ca, input);
        refuseRegistrationConfig(context, registrationConfig);
        refuseForeign(context, ca.id, certificateMode);
        const arn = context.arn("iot", `cacert/${ca.id}`);
        authorities.add(context, ca.id, {
            id: ca.id,
            arn,
            pem: caCertificate,
            status: input.setAsActive === true ? "ACTIVE" : "INACTIVE",
            autoRegistrationStatus: input.allowAutoRegistration === true ? "ENABLE" : "DISABLE",
            mode: certificateMode,
            registrationConfig,
            generationId: randomUUID(),
            createdAt: context.now,
            modifiedAt: context.now,
        });
        tagSet.add(context, arn, input.tags);
        return { certificateArn: arn, certificateId: ca.id };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DescribeCACertificate.html */
    DescribeCACertificate: ({ certificateId }, context) => {
        const authority = authorities.find(context, certificateId);
        return {
            certificateDescription: {
                certificateArn: authority.arn,
                certificateId: authority.id,
                status: authority.status,
                certificatePem: authority.pem,
                ownedBy: context.account,
                creationDate: new Date(authority.createdAt),
                autoRegistrationStatus: authority.autoRegistrationStatus,
                lastModifiedDate: new Date(authority.modifiedAt),
                customerVersion: 1,
                generationId: authority.generationId,
                validity: validityOf(authority.pem),
                certificateMode: authority.mode,
            },
            registrationConfig: authority.registrationConfig,
        };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_ListCACertificates.html */
    ListCACertificates: ({ pageSize = 25, marker, templateName }, context) => {
        const matching = authorities
            .list(context)
            .filter(({ registrationConfig: { templateName: own } = {} }) => !templateName || own === templateName);
        const { shown, token } = paginate(matching, pageSize, marker);
        return {
            certificates: shown.map(({ arn, id, status, createdAt }) => ({
                certificateArn: arn,
                certificateId: id,
                status,
                creationDate: new Date(createdAt),
            })),
            nextMarker: token,
        };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_UpdateCACertificate.html */
    UpdateCACertificate: (input, context) => {
        const authority = authorities.find(context, input.certificateId);
        refuseRegistrationConfig(context, input.registrationConfig);
        const removes = input.removeAutoRegistration === true;
        authorities.put(context, authority.id, {
            ...authority,
            status: input.newStatus ?? authority.status,
            autoRegistrationStatus: removes
                ? "DISABLE"
                : (input.newAutoRegistrationStatus ?? authority.autoRegistrationStatus),
            registrationConfig: removes ? undefined : (input.registrationConfig ?? authority.registrationConfig),
            modifiedAt: context.now,
        });
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DeleteCACertificate.html */
    DeleteCACertificate: ({ certificateId }, context) => {
        const authority = authorities.find(context, certificateId);
        if (authority.status !== "INACTIVE") {
            throw new Refusal(
                "CertificateStateException",
                `CA certificate must be INACTIVE before it can be deleted (id=${certificateId})`,
            );
        }
        authorities.delete(context, certificateId);
        tagSet.clear(context, authority.arn);
        return {};
    },
};
