import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { ProviderError } from "../framework/failures";
import { fingerprintMd5, fingerprintSha256, openSshPrivateKey, openSshPublicKey } from "./openSsh";

const generate = promisify(generateKeyPair);

/** The curves of the provider, by the names that node:crypto gives them. */
export const curves: Readonly<Record<string, string>> = {
    P224: "secp224r1",
    P256: "prime256v1",
    P384: "secp384r1",
    P521: "secp521r1",
};

const algorithmNames: Readonly<Record<string, string>> = { rsa: "RSA", ec: "ECDSA", ed25519: "ED25519" };

export interface KeyRequest {
    readonly algorithm: string;
    readonly rsaBits: number;
    readonly ecdsaCurve: string;
}

/** Makes a private key. */
export async function makePrivateKey({ algorithm, rsaBits, ecdsaCurve }: KeyRequest): Promise<KeyObject> {
    const makers: Readonly<Record<string, () => Promise<{ privateKey: KeyObject }>>> = {
        RSA: () => generate("rsa", { modulusLength: rsaBits }),
        ECDSA: () => generate("ec", { namedCurve: curves[ecdsaCurve] ?? ecdsaCurve }),
        ED25519: () => generate("ed25519", {}),
    };
    const make = makers[algorithm];
    if (make === undefined) {
        throw new ProviderError(`Key Algorithm "${algorithm}" is not supported`);
    }
    return (await make()).privateKey;
}

/** Reads a private key; a message never holds any of its text. */
export function parsePrivateKey(pem: string, property: string): KeyObject {
    try {
        return createPrivateKey(pem);
    } catch {
        throw new ProviderError(`Failed to parse private key PEM: ${property} holds no private key in PEM format`);
    }
}

/** The algorithm as the provider calls it. */
export function algorithmOf(key: KeyObject): string {
    return algorithmNames[key.asymmetricKeyType ?? ""] ?? String(key.asymmetricKeyType).toUpperCase();
}

/** A private key in the forms that the provider hands out. */
export function privateKeyForms(key: KeyObject) {
    const pkcs8 = key.export({ type: "pkcs8", format: "pem" }).toString();
    const traditional: Readonly<Record<string, () => string>> = {
        rsa: () => key.export({ type: "pkcs1", format: "pem" }).toString(),
        ec: () => key.export({ type: "sec1", format: "pem" }).toString(),
    };
    return {
        privateKeyPem: traditional[key.asymmetricKeyType ?? ""]?.() ?? pkcs8,
        privateKeyPemPkcs8: pkcs8,
        privateKeyOpenssh: openSshPrivateKey(key) ?? "",
    };
}

/** A public key in the forms that the provider hands out; OpenSSH does not know P-224. */
export function publicKeyForms(privateKey: KeyObject) {
    const key = createPublicKey(privateKey);
    const openSsh = openSshPublicKey(key);
    return {
        publicKeyPem: key.export({ type: "spki", format: "pem" }).toString(),
        publicKeyOpenssh: openSsh === undefined ? "" : `${openSsh.type} ${openSsh.blob.toString("base64")}\n`,
        publicKeyFingerprintMd5: openSsh === undefined ? "" : fingerprintMd5(openSsh.blob),
        publicKeyFingerprintSha256: openSsh === undefined ? "" : fingerprintSha256(openSsh.blob),
    };
}
