import { X509Certificate } from "node:crypto";
import { block, json, text } from "../../framework/properties";
import type { Aws } from "../client";
import { defineResource } from "../resource";
import { arnFault } from "../validation";

/** Minutes that an authority may take to sign. */
const issueMinutes = 5;

/** A certificate that a private authority signs over a request. */
export const certificate = defineResource({
    title: "ACM PCA Certificate",
    notImportable: true,
    properties: {
        apiPassthrough: json({ replaces: true }),
        certificateAuthorityArn: text({ required: true, replaces: true, refuse: arnFault }),
        certificateSigningRequest: text({ required: true, replaces: true }),
        signingAlgorithm: text({ required: true, replaces: true }),
        templateArn: text({ replaces: true, refuse: arnFault }),
        validity: block(
            {
                type: text({
                    required: true,
                    replaces: true,
                    oneOf: ["END_DATE", "ABSOLUTE", "DAYS", "MONTHS", "YEARS"],
                }),
                value: text({ required: true, replaces: true }),
            },
            { required: true, replaces: true },
        ),
        arn: text({ readOnly: true }),
        certificate: text({ readOnly: true }),
        certificateChain: text({ readOnly: true }),
    },
    async create(aws, inputs) {
        const { CertificateArn } = await aws.call("acm-pca", "IssueCertificate", {
            CertificateAuthorityArn: inputs.certificateAuthorityArn,
            Csr: Buffer.from(inputs.certificateSigningRequest),
            SigningAlgorithm: inputs.signingAlgorithm,
            TemplateArn: inputs.templateArn,
            ApiPassthrough: inputs.apiPassthrough === undefined ? undefined : JSON.parse(inputs.apiPassthrough),
            Validity: validityParameters(inputs.validity),
        });
        return { id: CertificateArn };
    },
    async settle(aws, CertificateArn, { certificateAuthorityArn }) {
        await aws.persist(
            issueMinutes,
            ({ code }) => code === "RequestInProgressException",
            () => getCertificate(aws, certificateAuthorityArn, CertificateArn),
        );
    },
    async read(aws, CertificateArn, { certificateAuthorityArn = "" }) {
        const found = await getCertificate(aws, certificateAuthorityArn, CertificateArn);
        return (
            found && {
                arn: CertificateArn,
                certificate: found.Certificate,
                certificateChain: found.CertificateChain ?? "",
            }
        );
    },
    async delete(aws, _arn, { certificateAuthorityArn, certificate: pem = "" }) {
        const request = {
            CertificateAuthorityArn: certificateAuthorityArn,
            CertificateSerial: new X509Certificate(pem).serialNumber.toLowerCase().replace(/..(?=.)/g, "$&:"),
            RevocationReason: "UNSPECIFIED",
        };
        // An authority that is gone, switched off or signed by itself takes no revocations.
        await aws.find("acm-pca", "RevokeCertificate", request, [
            ...["ResourceNotFoundException", "RequestAlreadyProcessedException"],
            ...["RequestInProgressException", "InvalidStateException", "InvalidRequestException"],
        ]);
    },
});

function getCertificate(aws: Aws, CertificateAuthorityArn: string, CertificateArn: string) {
    const request = { CertificateAuthorityArn, CertificateArn };
    return aws.find("acm-pca", "GetCertificate", request, ["ResourceNotFoundException"]);
}

/** AWS counts all kinds in whole numbers; the provider takes the end as a date too. */
function validityParameters({ type, value }: { type: string; value: string }) {
    if (type !== "END_DATE" && type !== "ABSOLUTE") {
        return { Type: type, Value: Number(value) };
    }
    const end = new Date(/^\d+$/.test(value) ? Number(value) * 1000 : value);
    const digits = end.toISOString().replace(/\D/g, "").slice(0, 14);
    return type === "END_DATE"
        ? { Type: type, Value: Number(digits) }
        : { Type: type, Value: Math.floor(end.getTime() / 1000) };
}
