import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { KeyObject, webcrypto } from "node:crypto";

/** A certificate with its key, made for one test. */
export interface Material {
    readonly certificatePem: string;
    readonly privateKeyPem: string;
    readonly publicKeyPem: string;
    readonly keys: CryptoKeyPair;
    readonly subject: string;
}

type CryptoKeyPair = webcrypto.CryptoKeyPair;

const algorithms = {
    p256: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
    p521: { name: "ECDSA", namedCurve: "P-521", hash: "SHA-256" },
    rsa1024: {
        name: "RSASSA-PKCS1-v1_5",
        modulusLength: 1024,
        publicExponent: new Uint8Array([1, 0, 1]),
        hash: "SHA-256",
    },
    rsa2048: {
        name: "RSASSA-PKCS1-v1_5",
        modulusLength: 2048,
        publicExponent: new Uint8Array([1, 0, 1]),
        hash: "SHA-256",
    },
} as const;

/** What to make. */
export interface Wanted {
    readonly key?: keyof typeof algorithms;
    readonly subject?: string;
    readonly isAuthority?: boolean;
    readonly validFrom?: string;
    readonly validTo?: string;
    /** @default self-signed */
    readonly signedBy?: Material;
}

/** Makes a key and a certificate for it. */
export async function make(wanted: Wanted = {}): Promise<Material> {
    const algorithm = algorithms[wanted.key ?? "p256"];
    const keys = (await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as CryptoKeyPair;
    const subject = wanted.subject ?? "CN=test";
    const certificate = await x509.X509CertificateGenerator.create(
        {
            serialNumber: "01",
            subject,
            issuer: wanted.signedBy?.subject ?? subject,
            notBefore: new Date(wanted.validFrom ?? "2026-01-01"),
            notAfter: new Date(wanted.validTo ?? "2036-01-01"),
            signingAlgorithm: {
                name: (wanted.signedBy?.keys.privateKey ?? keys.privateKey).algorithm.name,
                hash: "SHA-256",
            },
            publicKey: keys.publicKey,
            signingKey: wanted.signedBy?.keys.privateKey ?? keys.privateKey,
            extensions: [new x509.BasicConstraintsExtension(wanted.isAuthority ?? false, undefined, true)],
        },
        webcrypto as never,
    );
    return {
        certificatePem: `${certificate.toString("pem")}\n`,
        privateKeyPem: KeyObject.from(keys.privateKey).export({ type: "pkcs8", format: "pem" }).toString(),
        publicKeyPem: KeyObject.from(keys.publicKey).export({ type: "spki", format: "pem" }).toString(),
        keys,
        subject,
    };
}
