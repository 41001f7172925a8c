import type { AlgorithmIdentifier } from "@peculiar/asn1-x509";
import { asn1 } from "./asn1";

/** The kind of key that makes a signature, or that a certificate holds. */
export type KeyFamily = "RSA" | "EC" | "other";

/** How a certificate was signed. */
export interface SignatureAlgorithm {
    /** OpenSSL's name, or the object identifier where it is none of the known. */
    readonly name: string;
    /** The family of the signing CA's key. */
    readonly family: KeyFamily;
    /** `undefined` where the algorithm is unknown, or fixes its hash itself as Ed25519 does. */
    readonly hash?: string;
}

const known: Readonly<Record<string, SignatureAlgorithm>> = {
    "1.2.840.113549.1.1.2": { name: "md2WithRSAEncryption", family: "RSA", hash: "MD2" },
    "1.2.840.113549.1.1.4": { name: "md5WithRSAEncryption", family: "RSA", hash: "MD5" },
    "1.2.840.113549.1.1.5": { name: "sha1WithRSAEncryption", family: "RSA", hash: "SHA-1" },
    "1.2.840.113549.1.1.11": { name: "sha256WithRSAEncryption", family: "RSA", hash: "SHA-256" },
    "1.2.840.113549.1.1.12": { name: "sha384WithRSAEncryption", family: "RSA", hash: "SHA-384" },
    "1.2.840.113549.1.1.13": { name: "sha512WithRSAEncryption", family: "RSA", hash: "SHA-512" },
    "1.2.840.113549.1.1.14": { name: "sha224WithRSAEncryption", family: "RSA", hash: "SHA-224" },
    "1.2.840.10045.4.1": { name: "ecdsa-with-SHA1", family: "EC", hash: "SHA-1" },
    "1.2.840.10045.4.3.1": { name: "ecdsa-with-SHA224", family: "EC", hash: "SHA-224" },
    "1.2.840.10045.4.3.2": { name: "ecdsa-with-SHA256", family: "EC", hash: "SHA-256" },
    "1.2.840.10045.4.3.3": { name: "ecdsa-with-SHA384", family: "EC", hash: "SHA-384" },
    "1.2.840.10045.4.3.4": { name: "ecdsa-with-SHA512", family: "EC", hash: "SHA-512" },
    "1.2.840.10040.4.3": { name: "dsa-with-SHA1", family: "other", hash: "SHA-1" },
    "2.16.840.1.101.3.4.3.2": { name: "dsa-with-SHA256", family: "other", hash: "SHA-256" },
    "1.3.101.112": { name: "Ed25519", family: "other" },
    "1.3.101.113": { name: "Ed448", family: "other" },
};

const probabilistic = "1.2.840.113549.1.1.10";

const hashes: Readonly<Record<string, string>> = {
    "1.2.840.113549.2.5": "MD5",
    "1.3.14.3.2.26": "SHA-1",
    "2.16.840.1.101.3.4.2.4": "SHA-224",
    "2.16.840.1.101.3.4.2.1": "SHA-256",
    "2.16.840.1.101.3.4.2.2": "SHA-384",
    "2.16.840.1.101.3.4.2.3": "SHA-512",
};

/** Reads a signature's algorithm; throws what the ASN.1 parser throws where RSASSA-PSS parameters are malformed. */
export function signatureAlgorithm({ algorithm, parameters }: AlgorithmIdentifier): SignatureAlgorithm {
    if (algorithm !== probabilistic) {
        return known[algorithm] ?? { name: algorithm, family: "other" };
    }
    const { schema, rsa } = asn1;
    const { hashAlgorithm } = parameters
        ? schema.AsnConvert.parse(parameters, rsa.RsaSaPssParams)
        : new rsa.RsaSaPssParams();
    const hash = hashes[hashAlgorithm.algorithm] ?? hashAlgorithm.algorithm;
    return { name: `RSASSA-PSS with ${hash}`, family: "RSA", hash };
}
