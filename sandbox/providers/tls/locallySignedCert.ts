import { integer, text } from "../framework/properties";
import { algorithmOf, parsePrivateKey } from "./keys";
import { certificateProperties, withRenewal } from "./properties";
import { defineResource } from "./resource";

export const locallySignedCert = withRenewal(
    defineResource({
        title: "TLS Locally Signed Certificate",
        properties: {
            ...certificateProperties,
            caCertPem: text({ required: true, replaces: true }),
            caPrivateKeyPem: text({ secret: true, replaces: true }),
            caPrivateKeyPemWo: text({ secret: true, writeOnly: true }),
            caPrivateKeyPemWoVersion: integer({ replaces: true }),
            certRequestPem: text({ required: true, replaces: true }),
            caKeyAlgorithm: text({ readOnly: true }),
        },
        relations: {
            exactlyOneOf: [["caPrivateKeyPem", "caPrivateKeyPemWo"]],
            needs: { caPrivateKeyPemWo: ["caPrivateKeyPemWoVersion"] },
        },
        async create(tls, inputs) {
            const { issueCertificate, issuerOf } = await import("./certificates/certificate");
            const { parseCertificateRequest } = await import("./certificates/request");
            const caKey = parsePrivateKey(inputs.caPrivateKeyPem ?? inputs.caPrivateKeyPemWo ?? "", "caPrivateKeyPem");
            const issuer = { privateKey: caKey, certificate: issuerOf(inputs.caCertPem, caKey) };
            const requested = parseCertificateRequest(inputs.certRequestPem);
            const issued = issueCertificate({ ...inputs, ...requested, notBefore: await tls.now() }, issuer);
            const { serialNumber, ...state } = issued;
            return {
                id: serialNumber,
                state: { ...state, caKeyAlgorithm: algorithmOf(caKey), readyForRenewal: false },
            };
        },
    }),
);
