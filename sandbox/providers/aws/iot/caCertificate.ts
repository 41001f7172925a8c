import { block, flag, integer, json, list, text } from "../../framework/properties";
import type { Aws } from "../client";
import { defineResource } from "../resource";
import { tagList } from "../tagging";
import { formatTime } from "../times";
import { missingResource } from "./missing";

/** What was registered is never shown again but for the certificate, and nothing of it can be imported. */
export const caCertificate = defineResource({
    title: "IoT CA Certificate",
    notImportable: true,
    tagging: { tagger: "iot", property: "arn" },
    properties: {
        active: flag({ required: true }),
        allowAutoRegistration: flag({ required: true }),
        caCertificatePem: text({ required: true, replaces: true, secret: true }),
        certificateMode: text({ default: "DEFAULT", replaces: true, oneOf: ["DEFAULT", "SNI_ONLY"] }),
        registrationConfig: block({ roleArn: text(), templateBody: json(), templateName: text() }),
        verificationCertificatePem: text({ replaces: true, secret: true }),
        arn: text({ readOnly: true }),
        customerVersion: integer({ readOnly: true }),
        generationId: text({ readOnly: true }),
        validities: list(block({ notAfter: text(), notBefore: text() }), { readOnly: true }),
    },
    async create(aws, inputs) {
        const { certificateId } = await aws.call("iot", "RegisterCACertificate", {
            caCertificate: inputs.caCertificatePem,
            verificationCertificate: inputs.verificationCertificatePem,
            certificateMode: inputs.certificateMode,
            setAsActive: inputs.active,
            allowAutoRegistration: inputs.allowAutoRegistration,
            registrationConfig: inputs.registrationConfig,
            tags: tagList(inputs.tagsAll),
        });
        return { id: certificateId };
    },
    async read(aws, certificateId) {
        const found = await aws.find("iot", "DescribeCACertificate", { certificateId }, missingResource);
        if (found === undefined) {
            return undefined;
        }
        const { certificateDescription: described, registrationConfig } = found;
        const { notAfter, notBefore } = described.validity ?? {};
        return {
            active: described.status === "ACTIVE",
            allowAutoRegistration: described.autoRegistrationStatus === "ENABLE",
            caCertificatePem: described.certificatePem,
            certificateMode: described.certificateMode,
            registrationConfig: registrationConfig && {
                roleArn: registrationConfig.roleArn,
                templateBody: registrationConfig.templateBody,
                templateName: registrationConfig.templateName,
            },
            arn: described.certificateArn,
            customerVersion: described.customerVersion ?? 1,
            generationId: described.generationId ?? "",
            validities: [{ notAfter: formatTime(notAfter) ?? "", notBefore: formatTime(notBefore) ?? "" }],
        };
    },
    async update(aws, certificateId, { inputs, changed }) {
        const { registrationConfig } = inputs;
        const configured = changed("registrationConfig");
        await aws.call("iot", "UpdateCACertificate", {
            certificateId,
            newStatus: changed("active") ? statusOf(inputs.active) : undefined,
            newAutoRegistrationStatus: changed("allowAutoRegistration")
                ? autoRegistrationOf(inputs.allowAutoRegistration)
                : undefined,
            registrationConfig: configured ? registrationConfig : undefined,
            removeAutoRegistration: configured && registrationConfig === undefined ? true : undefined,
        });
    },
    async delete(aws, certificateId, state) {
        if (state.active === true) {
            await deactivate(aws, certificateId);
        }
        await aws.find("iot", "DeleteCACertificate", { certificateId }, missingResource);
    },
});

async function deactivate(aws: Aws, certificateId: string): Promise<void> {
    const request = { certificateId, newStatus: "INACTIVE" };
    await aws.find("iot", "UpdateCACertificate", request, missingResource);
}

function statusOf(active: boolean): string {
    return active ? "ACTIVE" : "INACTIVE";
}

function autoRegistrationOf(allowed: boolean): string {
    return allowed ? "ENABLE" : "DISABLE";
}
