import { webcrypto } from "node:crypto";

/** Key pairs that the sandbox makes, in ACM's spelling. */
export const keyAlgorithms = [
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "EC_prime256v1",
    "EC_secp384r1",
    "EC_secp521r1",
] as const;

/** One of {@link keyAlgorithms}. */
export type KeyAlgorithm = (typeof keyAlgorithms)[number];

/** What a signature is made over. */
export type SigningHash = "SHA-256" | "SHA-384" | "SHA-512";

/** By the key's algorithm: the curve and the hash that goes with it. */
const curves: Partial<Record<KeyAlgorithm, readonly [curve: string, hash: SigningHash]>> = {
    EC_prime256v1: ["P-256", "SHA-256"],
    EC_secp384r1: ["P-384", "SHA-384"],
    EC_secp521r1: ["P-521", "SHA-512"],
};

/** Names an algorithm as Web Cryptography does. */
function nameAlgorithm(algorithm: KeyAlgorithm, hash?: SigningHash) {
    const [namedCurve, usualHash = "SHA-256"] = curves[algorithm] ?? [];
    return namedCurve === undefined
        ? { name: "RSASSA-PKCS1-v1_5", hash: hash ?? usualHash, namedCurve: "" }
        : { name: "ECDSA", hash: hash ?? usualHash, namedCurve };
}

/** Makes a new key pair, that signs with {@link signingAlgorithm}. */
export async function generateKeys(algorithm: KeyAlgorithm): Promise<webcrypto.CryptoKeyPair> {
    const modulusLength = Number(algorithm.split("_")[1]);
    const rsa = { modulusLength, publicExponent: new Uint8Array([1, 0, 1]) };
    const named = nameAlgorithm(algorithm);
    const parameters = named.namedCurve === "" ? { ...named, ...rsa } : named;
    const keys = await webcrypto.subtle.generateKey(parameters, true, ["sign", "verify"]);
    return keys as webcrypto.CryptoKeyPair;
}

/** How a key of this algorithm signs certificates; over SHA-256 or what goes with the curve, unless another hash is given. */
export function signingAlgorithm(algorithm: KeyAlgorithm, hash?: SigningHash): webcrypto.EcdsaParams {
    return nameAlgorithm(algorithm, hash);
}

/** A private key as PKCS #8 in DER. */
export async function exportPrivateKey(key: webcrypto.CryptoKey): Promise<Buffer> {
    return Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key));
}

/** Takes a private key of PKCS #8 in DER, to sign with. */
export function importPrivateKey(
    algorithm: KeyAlgorithm,
    pkcs8: Uint8Array,
    hash?: SigningHash,
): Promise<webcrypto.CryptoKey> {
    return webcrypto.subtle.importKey("pkcs8", pkcs8, nameAlgorithm(algorithm, hash), false, ["sign"]);
}
