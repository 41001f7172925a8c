import { webcrypto } from "node:crypto";

/** ECDSA on P-256, which AWS IoT Core takes. */
export const signingAlgorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

type CryptoKeyPair = webcrypto.CryptoKeyPair;

/** A new key pair for a device or a CA. */
export function generateKeys(): Promise<CryptoKeyPair> {
    return webcrypto.subtle.generateKey(signingAlgorithm, true, ["sign", "verify"]) as Promise<CryptoKeyPair>;
}

/** The private key in PEM. Secret. */
export async function privateKeyPem({ privateKey }: CryptoKeyPair): Promise<string> {
    const { PemConverter } = await x509();
    return PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", privateKey), "PRIVATE KEY");
}

/** The library that makes certificates, which is loaded only where one is made. */
export async function x509() {
    await import("reflect-metadata");
    return import("@peculiar/x509");
}
