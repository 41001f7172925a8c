import "reflect-metadata"; // must be there before the library is loaded
import { randomBytes, type webcrypto } from "node:crypto";
import type * as X509 from "@peculiar/x509";
import { exportPrivateKey, generateKeys, importPrivateKey, signingAlgorithm, type KeyAlgorithm } from "./keys";

/** A certificate with what signs with it. */
export interface Signer {
    readonly keyAlgorithm: KeyAlgorithm;
    /** PEM. */
    readonly certificate: string;
    /** PKCS #8 in DER. */
    readonly privateKey: Uint8Array;
}

/** What a certificate is to say. */
export interface CertificateContent {
    /** As RFC 4514 writes it: `CN=iot.example.com`. */
    readonly subject: string;
    readonly notBefore: Date;
    readonly notAfter: Date;
    /** Of a server's certificate. */
    readonly dnsNames?: readonly string[];
    /** Of a CA's. */
    readonly pathLength?: number;
}

/** Loaded with the first certificate that is made: most calls of the cloud make none. */
function library(): Promise<typeof X509> {
    return import("@peculiar/x509");
}

/** Of a public server certificate since June 2025: no client authentication. @see https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html */
const serverAuthentication = "1.3.6.1.5.5.7.3.1";

/** Domain validated. @see https://cabforum.org/resources/object-registry/ */
const domainValidated = "2.23.140.1.2.1";

async function extensionsOf(
    content: CertificateContent,
    publicKey: webcrypto.CryptoKey,
    issuerKey: webcrypto.CryptoKey | X509.PublicKey,
): Promise<X509.Extension[]> {
    const x509 = await library();
    const common = [
        await x509.SubjectKeyIdentifierExtension.create(publicKey),
        await x509.AuthorityKeyIdentifierExtension.create(issuerKey),
    ];
    const { digitalSignature, keyEncipherment, keyCertSign, cRLSign } = x509.KeyUsageFlags;
    if (content.pathLength !== undefined) {
        return [
            new x509.BasicConstraintsExtension(true, content.pathLength, true),
            new x509.KeyUsagesExtension(digitalSignature | keyCertSign | cRLSign, true),
            ...common,
        ];
    }
    const isRsa = publicKey.algorithm.name.startsWith("RSA");
    const endEntity = [new x509.BasicConstraintsExtension(false, undefined, true), ...common];
    if (content.dnsNames === undefined) {
        return [...endEntity, new x509.KeyUsagesExtension(digitalSignature, true)];
    }
    return [
        ...endEntity,
        new x509.KeyUsagesExtension(isRsa ? digitalSignature | keyEncipherment : digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([serverAuthentication]),
        new x509.SubjectAlternativeNameExtension(content.dnsNames.map((value) => ({ type: "dns" as const, value }))),
        new x509.CertificatePolicyExtension([domainValidated]),
    ];
}

/** A positive serial number of 16 bytes. @see https://datatracker.ietf.org/doc/html/rfc5280#section-4.1.2.2 */
function newSerialNumber(): string {
    const bytes = randomBytes(16);
    bytes.writeUInt8((bytes.readUInt8(0) & 0x3f) | 0x40, 0);
    return bytes.toString("hex");
}

/** Signs a certificate over a key. */
async function certify(
    content: CertificateContent,
    publicKey: webcrypto.CryptoKey,
    signer: { readonly key: webcrypto.CryptoKey; readonly keyAlgorithm: KeyAlgorithm; readonly certificate?: string },
): Promise<string> {
    const x509 = await library();
    const issuer = signer.certificate === undefined ? undefined : new x509.X509Certificate(signer.certificate);
    const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: newSerialNumber(),
        subject: content.subject,
        issuer: issuer?.subject ?? content.subject,
        notBefore: content.notBefore,
        notAfter: content.notAfter,
        publicKey,
        signingKey: signer.key,
        signingAlgorithm: signingAlgorithm(signer.keyAlgorithm),
        extensions: await extensionsOf(content, publicKey, issuer?.publicKey ?? publicKey),
    });
    return certificate.toString("pem");
}

async function keyOf({ keyAlgorithm, certificate, privateKey }: Signer) {
    return { keyAlgorithm, certificate, key: await importPrivateKey(keyAlgorithm, privateKey) };
}

/** Makes a key pair and its certificate, signed by `signer`, or by itself where there is none. */
export async function issueCertificate(
    content: CertificateContent,
    keyAlgorithm: KeyAlgorithm,
    signer?: Signer,
): Promise<Signer> {
    const keys = await generateKeys(keyAlgorithm);
    const signing = signer === undefined ? { keyAlgorithm, key: keys.privateKey } : await keyOf(signer);
    const certificate = await certify(content, keys.publicKey, signing);
    return { keyAlgorithm, certificate, privateKey: await exportPrivateKey(keys.privateKey) };
}

/** Signs the certificate that a signing request asks for; `undefined` where the request is none, or not signed by its key. */
export async function signRequest(
    request: string,
    validity: Pick<CertificateContent, "notBefore" | "notAfter">,
    signer: Signer,
): Promise<string | undefined> {
    const x509 = await library();
    try {
        const parsed = new x509.Pkcs10CertificateRequest(request);
        if (!(await parsed.verify())) {
            return undefined;
        }
        const publicKey = (await parsed.publicKey.export()) as webcrypto.CryptoKey;
        return await certify({ subject: parsed.subject, ...validity }, publicKey, await keyOf(signer));
    } catch {
        return undefined;
    }
}
