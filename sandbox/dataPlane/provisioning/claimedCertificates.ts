import type { OperationContext } from "../../cloud/context";
import { Refusal } from "../../cloud/errors";
import type { OperationTypes } from "../../cloud/models/iot";
import { certificates } from "../../cloud/services/iot/certificateTable";
import { deviceCertificateOperations } from "../../cloud/services/iot/deviceCertificates";
import { invalid } from "./failure";
import { issueOwnershipToken } from "./ownershipTokens";

type Answer = Readonly<Record<string, unknown>>;

/** A certificate and its key of AWS's making. @see https://docs.aws.amazon.com/iot/latest/developerguide/fleet-provision-api.html#create-keys-cert */
export function createKeysAndCertificate(context: OperationContext): Answer {
    const create = deviceCertificateOperations.CreateKeysAndCertificate as (
        input: OperationTypes["CreateKeysAndCertificate"]["input"],
        context: OperationContext,
    ) => OperationTypes["CreateKeysAndCertificate"]["output"];
    const { certificateId = "", certificatePem, keyPair } = create({ setAsActive: false }, context);
    return { certificateId, certificatePem, privateKey: keyPair?.PrivateKey, ...owned(context, certificateId) };
}

/** A certificate for a key that stays with the device. @see https://docs.aws.amazon.com/iot/latest/developerguide/fleet-provision-api.html#create-cert-csr */
export function createCertificateFromCsr(context: OperationContext, payload: Answer): Answer {
    const { certificateSigningRequest } = payload;
    if (typeof certificateSigningRequest !== "string" || certificateSigningRequest === "") {
        throw invalid("Certificate signing request cannot be empty.");
    }
    const create = deviceCertificateOperations.CreateCertificateFromCsr as (
        input: OperationTypes["CreateCertificateFromCsr"]["input"],
        context: OperationContext,
    ) => OperationTypes["CreateCertificateFromCsr"]["output"];
    try {
        const input = { certificateSigningRequest, setAsActive: false };
        const { certificateId = "", certificatePem } = create(input, context);
        return { certificateId, certificatePem, ...owned(context, certificateId) };
    } catch (error) {
        throw error instanceof Refusal ? invalid(error.message) : error;
    }
}

/** Until a device is provisioned with it, the certificate lets nobody in. */
function owned(context: OperationContext, certificateId: string): Answer {
    const certificate = certificates.find(context, certificateId);
    certificates.put(context, certificateId, { ...certificate, status: "PENDING_ACTIVATION" });
    return { certificateOwnershipToken: issueOwnershipToken(context, certificateId) };
}
