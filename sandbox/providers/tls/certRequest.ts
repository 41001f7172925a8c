import { createHash } from "node:crypto";
import { text } from "../framework/properties";
import { algorithmOf, parsePrivateKey } from "./keys";
import { keyProperties, subjectProperties } from "./properties";
import { defineResource } from "./resource";

export const certRequest = defineResource({
    title: "TLS Certificate Request",
    properties: { ...subjectProperties, ...keyProperties, certRequestPem: text({ readOnly: true }) },
    relations: {
        exactlyOneOf: [["privateKeyPem", "privateKeyPemWo"]],
        needs: { privateKeyPemWo: ["privateKeyPemWoVersion"] },
    },
    async create(_tls, inputs) {
        const { makeCertificateRequest } = await import("./certificates/request");
        const { distinguishedName } = await import("./certificates/subject");
        const key = parsePrivateKey(inputs.privateKeyPem ?? inputs.privateKeyPemWo ?? "", "privateKeyPem");
        const certRequestPem = makeCertificateRequest(distinguishedName(inputs.subject), inputs, key);
        const id = createHash("sha1").update(certRequestPem).digest("hex");
        return { id, state: { certRequestPem, keyAlgorithm: algorithmOf(key) } };
    },
});
