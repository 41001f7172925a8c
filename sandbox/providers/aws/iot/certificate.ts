import { flag, text } from "../../framework/properties";
import type { Aws } from "../client";
import { defineResource } from "../resource";
import { missingResource } from "./missing";

/** A device's or a claim certificate: registered, signed over a request, or made by AWS with its keys. */
export const certificate = defineResource({
    title: "IoT Certificate",
    properties: {
        active: flag({ required: true }),
        caPem: text({ replaces: true, secret: true }),
        certificatePem: text({ replaces: true, computed: true, secret: true }),
        csr: text({ replaces: true }),
        arn: text({ readOnly: true }),
        caCertificateId: text({ readOnly: true }),
        privateKey: text({ readOnly: true, secret: true }),
        publicKey: text({ readOnly: true, secret: true }),
    },
    relations: { needs: { caPem: ["certificatePem"] } },
    async create(aws, { active, caPem, certificatePem, csr }) {
        const status = active ? "ACTIVE" : "INACTIVE";
        if (certificatePem !== undefined) {
            const request = { certificatePem, status };
            const { certificateId } = await (caPem === undefined
                ? aws.call("iot", "RegisterCertificateWithoutCA", request)
                : aws.call("iot", "RegisterCertificate", { ...request, caCertificatePem: caPem }));
            return { id: certificateId };
        }
        if (csr !== undefined) {
            const request = { certificateSigningRequest: csr, setAsActive: active };
            const { certificateId } = await aws.call("iot", "CreateCertificateFromCsr", request);
            return { id: certificateId };
        }
        const { certificateId, keyPair } = await aws.call("iot", "CreateKeysAndCertificate", { setAsActive: active });
        return { id: certificateId, state: { privateKey: keyPair.PrivateKey, publicKey: keyPair.PublicKey } };
    },
    async read(aws, certificateId) {
        const found = await aws.find("iot", "DescribeCertificate", { certificateId }, missingResource);
        if (found === undefined) {
            return undefined;
        }
        const { status, certificatePem, certificateArn, caCertificateId } = found.certificateDescription;
        return {
            active: status === "ACTIVE",
            certificatePem,
            arn: certificateArn,
            caCertificateId: caCertificateId ?? "",
        };
    },
    async update(aws, certificateId, { inputs }) {
        await setStatus(aws, certificateId, inputs.active);
    },
    async delete(aws, certificateId, state) {
        if (state.active === true) {
            await setStatus(aws, certificateId, false);
        }
        await aws.find("iot", "DeleteCertificate", { certificateId }, missingResource);
    },
});

async function setStatus(aws: Aws, certificateId: string, active: boolean): Promise<void> {
    const newStatus = active ? "ACTIVE" : "INACTIVE";
    await aws.find("iot", "UpdateCertificate", { certificateId, newStatus }, missingResource);
}
