import { createPrivateKey, createPublicKey, randomUUID } from "node:crypto";
import { isSignedWith, type ParsedCertificate } from "../../../../rules/certificates/parsedCertificate";
import { DeviceAuthority } from "../../authority/deviceAuthority";
import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { OperationTypes } from "../../models/iot";
import { paginate } from "../../pagination";
import {
    authorities,
    certificates,
    readCertificate,
    refuseUnsupported,
    validityOf,
    type StoredAuthority,
    type StoredDeviceCertificate,
} from "./certificateTable";
import { policyAttachments } from "./policyAttachments";
import { thingPrincipals } from "./thingTable";

type Status = StoredDeviceCertificate["status"];

/** Statuses that a caller may give; the others are the service's own. @see https://docs.aws.amazon.com/iot/latest/apireference/API_UpdateCertificate.html */
const givenStatuses: readonly Status[] = ["ACTIVE", "INACTIVE", "REVOKED"];

function refuseStatus(status: Status): void {
    if (!givenStatuses.includes(status)) {
        throw new Refusal("InvalidRequestException", `The status ${status} cannot be set`);
    }
}

type New = Pick<StoredDeviceCertificate, "status" | "mode" | "caCertificateId">;

function register(context: OperationContext, pem: string, rest: New): StoredDeviceCertificate {
    const { id } = readCertificate(pem);
    const arn = context.arn("iot", `cert/${id}`);
    const dates = { createdAt: context.now, modifiedAt: context.now };
    const certificate = { id, arn, pem, generationId: randomUUID(), ...rest, ...dates };
    certificates.add(context, id, certificate);
    return certificate;
}

/** The registered CA that signed a certificate. @throws Refusal CertificateValidationException where there is none */
function findIssuer(context: OperationContext, certificate: ParsedCertificate, caPem?: string): StoredAuthority {
    const wanted = caPem === undefined ? undefined : readCertificate(caPem).id;
    const issuer = authorities
        .list(context)
        .filter(({ id }) => wanted === undefined || id === wanted)
        .find(({ pem }) => isSignedWith(certificate.x509, readCertificate(pem).x509));
    if (issuer === undefined) {
        throw new Refusal("CertificateValidationException", "The certificate is not signed by a registered CA.");
    }
    if (issuer.status !== "ACTIVE") {
        throw new Refusal("CertificateStateException", `The CA certificate ${issuer.id} is not active.`);
    }
    return issuer;
}

/** Certificates of devices. */
export const deviceCertificateOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreateKeysAndCertificate.html */
    CreateKeysAndCertificate: ({ setAsActive = false }, context) => {
        const { certificate, privateKey } = new DeviceAuthority(context).issueWithKey();
        const key = createPrivateKey({ key: Buffer.from(privateKey), format: "der", type: "pkcs8" });
        const { id, arn } = register(context, certificate, {
            status: setAsActive ? "ACTIVE" : "INACTIVE",
            mode: "DEFAULT",
        });
        return {
            certificateId: id,
            certificateArn: arn,
            certificatePem: certificate,
            keyPair: {
                PublicKey: createPublicKey(key).export({ format: "pem", type: "spki" }).toString(),
                PrivateKey: key.export({ format: "pem", type: "pkcs1" }).toString(),
            },
        };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreateCertificateFromCsr.html */
    CreateCertificateFromCsr: ({ certificateSigningRequest, setAsActive = false }, context) => {
        const certificate = new DeviceAuthority(context).issueFor(certificateSigningRequest);
        if (certificate === undefined) {
            throw new Refusal("InvalidRequestException", "The certificate signing request is not valid.");
        }
        const status = setAsActive ? "ACTIVE" : "INACTIVE";
        const { id, arn } = register(context, certificate, { status, mode: "DEFAULT" });
        return { certificateId: id, certificateArn: arn, certificatePem: certificate };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_RegisterCertificate.html */
    RegisterCertificate: ({ certificatePem, caCertificatePem, setAsActive, status }, context) => {
        const given = status ?? (setAsActive === true ? "ACTIVE" : "INACTIVE");
        refuseStatus(given);
        const certificate = readCertificate(certificatePem);
        refuseUnsupported(certificate);
        const issuer = findIssuer(context, certificate, caCertificatePem);
        const registered = register(context, certificatePem, {
            status: given,
            mode: issuer.mode,
            caCertificateId: issuer.id,
        });
        return { certificateId: registered.id, certificateArn: registered.arn };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_RegisterCertificateWithoutCA.html */
    RegisterCertificateWithoutCA: ({ certificatePem, status = "INACTIVE" }, context) => {
        refuseStatus(status);
        refuseUnsupported(readCertificate(certificatePem));
        const { id, arn } = register(context, certificatePem, { status, mode: "SNI_ONLY" });
        return { certificateId: id, certificateArn: arn };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DescribeCertificate.html */
    DescribeCertificate: ({ certificateId }, context) => {
        const certificate = certificates.find(context, certificateId);
        return {
            certificateDescription: {
                certificateArn: certificate.arn,
                certificateId: certificate.id,
                caCertificateId: certificate.caCertificateId,
                status: certificate.status,
                certificatePem: certificate.pem,
                ownedBy: context.account,
                creationDate: new Date(certificate.createdAt),
                lastModifiedDate: new Date(certificate.modifiedAt),
                customerVersion: 1,
                generationId: certificate.generationId,
                validity: validityOf(certificate.pem),
                certificateMode: certificate.mode,
            },
        };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_ListCertificates.html */
    ListCertificates: ({ pageSize = 25, marker }, context) => {
        const { shown, token } = paginate(certificates.list(context), pageSize, marker);
        return {
            certificates: shown.map(({ arn, id, status, mode, createdAt }) => ({
                certificateArn: arn,
                certificateId: id,
                status,
                certificateMode: mode,
                creationDate: new Date(createdAt),
            })),
            nextMarker: token,
        };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_UpdateCertificate.html */
    UpdateCertificate: ({ certificateId, newStatus }, context) => {
        const certificate = certificates.find(context, certificateId);
        refuseStatus(newStatus);
        certificates.put(context, certificateId, { ...certificate, status: newStatus, modifiedAt: context.now });
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DeleteCertificate.html */
    DeleteCertificate: ({ certificateId, forceDelete = false }, context) => {
        const certificate = certificates.find(context, certificateId);
        if (certificate.status === "ACTIVE") {
            throw new Refusal(
                "CertificateStateException",
                `Certificate must be deactivated (not ACTIVE) before deletion (id=${certificateId})`,
            );
        }
        if (thingPrincipals.to(context, certificate.arn).length > 0) {
            throw new Refusal(
                "DeleteConflictException",
                `Things must be detached before deletion (arn: ${certificate.arn})`,
            );
        }
        const policies = policyAttachments.to(context, certificate.arn);
        if (policies.length > 0 && !forceDelete) {
            throw new Refusal(
                "DeleteConflictException",
                `Certificate policies must be detached before deletion (arn: ${certificate.arn})`,
            );
        }
        policies.forEach((name) => policyAttachments.delete(context, name, certificate.arn));
        certificates.delete(context, certificateId);
    },
};
