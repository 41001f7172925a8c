import { sign, type KeyObject } from "node:crypto";
import { AlgorithmIdentifier } from "@peculiar/asn1-x509";
import { ProviderError } from "../../framework/failures";

/** How a key signs. */
interface Signature {
    readonly algorithm: AlgorithmIdentifier;
    /** Ed25519 hashes by itself. */
    readonly hash: string | null;
}

const ecdsa: Readonly<Record<string, readonly [string, string]>> = {
    secp224r1: ["1.2.840.10045.4.3.2", "sha256"],
    prime256v1: ["1.2.840.10045.4.3.2", "sha256"],
    secp384r1: ["1.2.840.10045.4.3.3", "sha384"],
    secp521r1: ["1.2.840.10045.4.3.4", "sha512"],
};

/** The signature that Go's library chooses for a key. */
export function signatureOf(key: KeyObject): Signature {
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
    if (type === "rsa") {
        // RSA's parameters are written out as an ASN.1 NULL.
        const parameters = Uint8Array.from([0x05, 0x00]).buffer;
        const algorithm = new AlgorithmIdentifier({ algorithm: "1.2.840.113549.1.1.11", parameters });
        return { algorithm, hash: "sha256" };
    }
    if (type === "ed25519") {
        return { algorithm: new AlgorithmIdentifier({ algorithm: "1.3.101.112" }), hash: null };
    }
    const [algorithm, hash] = ecdsa[details?.namedCurve ?? ""] ?? [];
    if (algorithm === undefined || hash === undefined) {
        throw new ProviderError(`cannot sign with a key of type ${type} ${details?.namedCurve ?? ""}`.trim());
    }
    return { algorithm: new AlgorithmIdentifier({ algorithm }), hash };
}

/** Signs bytes with a key, the way {@link signatureOf} says. */
export function signWith(key: KeyObject, bytes: ArrayBuffer): ArrayBuffer {
    return Uint8Array.from(sign(signatureOf(key).hash, Buffer.from(bytes), key)).buffer;
}
