import { webcrypto } from "node:crypto";

/** Key pairs that the sandbox makes, in ACM's spelling. */
export type KeyAlgorithm = "RSA_2048" | "EC_prime256v1" | "EC_secp384r1";

type GeneratedAlgorithm = webcrypto.RsaHashedKeyGenParams | webcrypto.EcKeyGenParams;
type SigningAlgorithm = webcrypto.RsaHashedImportParams | webcrypto.EcdsaParams;

interface Spelling {
    readonly generate: GeneratedAlgorithm;
    readonly sign: SigningAlgorithm & webcrypto.EcKeyImportParams;
}

const rsa = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
const elliptic = (namedCurve: string, hash: string) => ({ name: "ECDSA", namedCurve, hash });

const spellings: Readonly<Record<KeyAlgorithm, Spelling>> = {
    RSA_2048: {
        generate: { ...rsa, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
        sign: { ...rsa, namedCurve: "" },
    },
    EC_prime256v1: { generate: elliptic("P-256", "SHA-256"), sign: elliptic("P-256", "SHA-256") },
    EC_secp384r1: { generate: elliptic("P-384", "SHA-384"), sign: elliptic("P-384", "SHA-384") },
};

/** Makes a new key pair, that signs with {@link signingAlgorithm}. */
export async function generateKeys(algorithm: KeyAlgorithm): Promise<webcrypto.CryptoKeyPair> {
    const { generate } = spellings[algorithm];
    const keys = await webcrypto.subtle.generateKey(generate, true, ["sign", "verify"]);
    return keys as webcrypto.CryptoKeyPair;
}

/** How a key of this algorithm signs certificates. */
export function signingAlgorithm(algorithm: KeyAlgorithm): SigningAlgorithm {
    return spellings[algorithm].sign;
}

/** A private key as PKCS #8 in DER. */
export async function exportPrivateKey(key: webcrypto.CryptoKey): Promise<Buffer> {
    return Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key));
}

/** Takes a private key of PKCS #8 in DER, to sign with. */
export function importPrivateKey(algorithm: KeyAlgorithm, pkcs8: Uint8Array): Promise<webcrypto.CryptoKey> {
    return webcrypto.subtle.importKey("pkcs8", pkcs8, spellings[algorithm].sign, false, ["sign"]);
}
