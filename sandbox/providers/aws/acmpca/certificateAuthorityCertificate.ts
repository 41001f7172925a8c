import { text } from "../../framework/properties";
import { defineResource } from "../resource";
import { arnFault } from "../validation";

/** The certificate that makes an authority active; it can be replaced by another and not be taken away. */
export const certificateAuthorityCertificate = defineResource({
    title: "ACM PCA Certificate Authority Certificate",
    properties: {
        certificateAuthorityArn: text({ required: true, replaces: true, refuse: arnFault }),
        certificate: text({ required: true, replaces: true }),
        certificateChain: text({ replaces: true }),
    },
    async create(aws, { certificateAuthorityArn, certificate, certificateChain }) {
        await aws.call("acm-pca", "ImportCertificateAuthorityCertificate", {
            CertificateAuthorityArn: certificateAuthorityArn,
            Certificate: Buffer.from(certificate),
            CertificateChain: certificateChain === undefined ? undefined : Buffer.from(certificateChain),
        });
        return { id: certificateAuthorityArn };
    },
    async read(aws, CertificateAuthorityArn) {
        const request = { CertificateAuthorityArn };
        const none = ["ResourceNotFoundException", "InvalidStateException"];
        const found = await aws.find("acm-pca", "GetCertificateAuthorityCertificate", request, none);
        return (
            found && {
                certificateAuthorityArn: CertificateAuthorityArn,
                certificate: found.Certificate,
                certificateChain: found.CertificateChain,
            }
        );
    },
    async delete() {},
});
