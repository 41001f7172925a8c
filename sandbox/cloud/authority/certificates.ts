import { randomBytes, type webcrypto } from "node:crypto";
import type * as X509 from "@peculiar/x509";
import { makeExtensions, type CertificateExtensions } from "./extensions";
import {
    exportPrivateKey,
    generateKeys,
    importPrivateKey,
    signingAlgorithm,
    type KeyAlgorithm,
    type SigningHash,
} from "./keys";
import { library } from "./library";

/** A certificate with what signs with it. */
export interface Signer {
    readonly keyAlgorithm: KeyAlgorithm;
    /** PEM; absent where the signer signs its own. */
    readonly certificate?: string;
    /** PKCS #8 in DER. */
    readonly privateKey: Uint8Array;
    /** @default SHA-256, or what goes with the curve */
    readonly hash?: SigningHash;
}

/** A certificate and its key. */
export interface Issued extends Signer {
    readonly certificate: string;
}

/** What a certificate is to say. */
export interface CertificateContent extends CertificateExtensions {
    /** As RFC 4514 writes it: `CN=iot.example.com`. */
    readonly subject: string;
    readonly notBefore: Date;
    readonly notAfter: Date;
}

/** A positive serial number of 16 bytes. @see https://datatracker.ietf.org/doc/html/rfc5280#section-4.1.2.2 */
function newSerialNumber(): string {
    const bytes = randomBytes(16);
    bytes.writeUInt8((bytes.readUInt8(0) & 0x3f) | 0x40, 0);
    return bytes.toString("hex");
}

/** Signs a certificate over a key, in PEM. */
async function certify(
    content: CertificateContent,
    publicKey: webcrypto.CryptoKey,
    { keyAlgorithm, hash, certificate, privateKey }: Signer,
): Promise<string> {
    const x509 = await library();
    const issuer = certificate === undefined ? undefined : new x509.X509Certificate(certificate);
    const made = await x509.X509CertificateGenerator.create({
        serialNumber: newSerialNumber(),
        subject: content.subject,
        issuer: issuer?.subject ?? content.subject,
        notBefore: content.notBefore,
        notAfter: content.notAfter,
        publicKey,
        signingKey: await importPrivateKey(keyAlgorithm, privateKey, hash),
        signingAlgorithm: signingAlgorithm(keyAlgorithm, hash),
        extensions: await makeExtensions(content, publicKey, issuer?.publicKey ?? publicKey),
    });
    return made.toString("pem");
}

/** Makes a key pair and its certificate, signed by `signer`, or by itself where there is none. */
export async function issueCertificate(
    content: CertificateContent,
    keyAlgorithm: KeyAlgorithm,
    signer?: Signer,
): Promise<Issued> {
    const keys = await generateKeys(keyAlgorithm);
    const privateKey = await exportPrivateKey(keys.privateKey);
    const certificate = await certify(content, keys.publicKey, signer ?? { keyAlgorithm, privateKey });
    return { keyAlgorithm, certificate, privateKey };
}

/** What a signing request asks for. */
export interface SigningRequest {
    readonly subject: string;
    readonly dnsNames: readonly string[];
    readonly publicKey: webcrypto.CryptoKey;
}

/** Reads a signing request; `undefined` where it is none, or was not signed by its own key. */
export async function readSigningRequest(pem: string): Promise<SigningRequest | undefined> {
    const x509 = await library();
    try {
        const request = new x509.Pkcs10CertificateRequest(pem);
        if (!(await request.verify())) {
            return undefined;
        }
        const alternative = request.extensions.find(
            (extension) => extension instanceof x509.SubjectAlternativeNameExtension,
        );
        const names = alternative?.names.toJSON() ?? [];
        return {
            subject: request.subject,
            dnsNames: names.filter(({ type }) => type === "dns").map(({ value }) => value),
            publicKey: (await request.publicKey.export()) as webcrypto.CryptoKey,
        };
    } catch {
        return undefined;
    }
}

/** Signs the certificate that a request asks for; what is given goes before what the request says. */
export async function signRequest(
    request: SigningRequest,
    content: Omit<CertificateContent, "subject"> & { readonly subject?: string },
    signer: Signer,
): Promise<string> {
    return certify({ ...content, subject: content.subject ?? request.subject }, request.publicKey, signer);
}

/** Makes a key pair and a request to have it certified. */
export async function makeSigningRequest(
    name: X509.JsonName,
    keyAlgorithm: KeyAlgorithm,
    hash?: SigningHash,
): Promise<{ readonly request: string; readonly privateKey: Buffer }> {
    const x509 = await library();
    const keys = await generateKeys(keyAlgorithm);
    const privateKey = await exportPrivateKey(keys.privateKey);
    const request = await x509.Pkcs10CertificateRequestGenerator.create({
        name,
        keys: { publicKey: keys.publicKey, privateKey: await importPrivateKey(keyAlgorithm, privateKey, hash) },
        signingAlgorithm: signingAlgorithm(keyAlgorithm, hash),
    });
    return { request: request.toString("pem"), privateKey };
}
