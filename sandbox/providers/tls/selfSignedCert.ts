import { flag } from "../framework/properties";
import { algorithmOf, parsePrivateKey } from "./keys";
import { certificateProperties, keyProperties, subjectProperties, withRenewal } from "./properties";
import { defineResource } from "./resource";

export const selfSignedCert = withRenewal(
    defineResource({
        title: "TLS Self-Signed Certificate",
        properties: {
            ...subjectProperties,
            ...keyProperties,
            ...certificateProperties,
            setAuthorityKeyId: flag({ default: false, replaces: true }),
        },
        relations: {
            exactlyOneOf: [["privateKeyPem", "privateKeyPemWo"]],
            needs: { privateKeyPemWo: ["privateKeyPemWoVersion"] },
        },
        async create(tls, inputs) {
            // The ASN.1 library takes a while to load, and a preview does without it.
            const { issueCertificate } = await import("./certificates/certificate");
            const { distinguishedName } = await import("./certificates/subject");
            const key = parsePrivateKey(inputs.privateKeyPem ?? inputs.privateKeyPemWo ?? "", "privateKeyPem");
            const request = { ...inputs, subject: distinguishedName(inputs.subject), names: inputs, publicKey: key };
            const issued = issueCertificate({ ...request, notBefore: await tls.now() }, { privateKey: key });
            const { serialNumber, ...state } = issued;
            return { id: serialNumber, state: { ...state, keyAlgorithm: algorithmOf(key), readyForRenewal: false } };
        },
    }),
);
