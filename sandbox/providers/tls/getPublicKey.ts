import { createHash } from "node:crypto";
import { text } from "../framework/properties";
import type { FunctionType } from "../framework/resources";
import { algorithmOf, parsePrivateKey, publicKeyForms } from "./keys";
import type { Tls } from "./resource";

export const getPublicKey: FunctionType<Tls> = {
    properties: { privateKeyPem: text({ secret: true, required: true }) },
    async call(_tls, inputs) {
        const key = parsePrivateKey(String(inputs.privateKeyPem), "privateKeyPem");
        const forms = publicKeyForms(key);
        const id = createHash("sha1").update(forms.publicKeyPem).digest("hex");
        return { id, algorithm: algorithmOf(key), privateKeyPem: String(inputs.privateKeyPem), ...forms };
    },
};
