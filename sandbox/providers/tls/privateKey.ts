import { createHash } from "node:crypto";
import { integer, text } from "../framework/properties";
import { curves, makePrivateKey, privateKeyForms, publicKeyForms } from "./keys";
import { defineResource } from "./resource";

export const privateKey = defineResource({
    title: "TLS Private Key",
    properties: {
        algorithm: text({ required: true, replaces: true, oneOf: ["RSA", "ECDSA", "ED25519"] }),
        rsaBits: integer({ default: 2048, replaces: true }),
        ecdsaCurve: text({ default: "P224", replaces: true, oneOf: Object.keys(curves) }),
        privateKeyPem: text({ readOnly: true, secret: true }),
        privateKeyPemPkcs8: text({ readOnly: true, secret: true }),
        privateKeyOpenssh: text({ readOnly: true, secret: true }),
        publicKeyPem: text({ readOnly: true }),
        publicKeyOpenssh: text({ readOnly: true }),
        publicKeyFingerprintMd5: text({ readOnly: true }),
        publicKeyFingerprintSha256: text({ readOnly: true }),
    },
    async create(_tls, inputs) {
        const key = await makePrivateKey(inputs);
        const forms = publicKeyForms(key);
        const id = createHash("sha1").update(forms.publicKeyPem).digest("hex");
        return { id, state: { ...privateKeyForms(key), ...forms } };
    },
});
