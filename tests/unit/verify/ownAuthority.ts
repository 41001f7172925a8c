import { createHash, createPrivateKey, sign, X509Certificate } from "node:crypto";
import { BasicOCSPResponse, CertID, CertStatus, OCSPResponse, OCSPResponseStatus } from "@peculiar/asn1-ocsp";
import { ResponderID, ResponseBytes, ResponseData, RevokedInfo, SingleResponse } from "@peculiar/asn1-ocsp";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import { AlgorithmIdentifier, Certificate } from "@peculiar/asn1-x509";
import { issueCertificate, type Issued } from "../../../sandbox/cloud/authority/certificates";
import { purposes } from "../../../sandbox/cloud/authority/extensions";
import { domainName } from "../dataPlane/world";
import type { Material } from "./scriptedEndpoint";

const day = 24 * 60 * 60 * 1000;

/** A CA of a test's own: a root, an intermediate CA, and a server certificate. */
export interface OwnAuthority {
    readonly root: Issued;
    readonly intermediate: Issued;
    readonly material: Material;
}

/** Makes a CA and has it issue a certificate for the domain. */
export async function ownAuthority(): Promise<OwnAuthority> {
    const validity = { notBefore: new Date(Date.now() - day), notAfter: new Date(Date.now() + 90 * day) };
    const make = (content: object, signer?: Issued) =>
        issueCertificate({ subject: "", ...validity, ...content }, "EC_prime256v1", signer);
    const root = await make({ subject: "CN=Own Root", isAuthority: true, pathLength: 1 });
    const intermediate = await make({ subject: "CN=Own Intermediate", isAuthority: true, pathLength: 0 }, root);
    const leaf = await make(
        { subject: `CN=${domainName}`, dnsNames: [domainName], purposes: [purposes.serverAuthentication] },
        intermediate,
    );
    const key = createPrivateKey({ key: Buffer.from(leaf.privateKey), format: "der", type: "pkcs8" });
    return {
        root,
        intermediate,
        material: {
            certificate: leaf.certificate,
            chain: intermediate.certificate,
            privateKey: key.export({ format: "pem", type: "pkcs8" }).toString(),
        },
    };
}

/** What a response says. */
export interface OcspContent {
    readonly status?: "good" | "revoked" | "unknown";
    readonly thisUpdate?: Date;
    readonly nextUpdate?: Date;
    /** Who signs. @default the CA that issued the certificate */
    readonly signer?: Issued;
    /** The certificate that the response is about. @default the authority's server certificate */
    readonly about?: string;
}

const statuses = {
    good: () => new CertStatus({ good: null }),
    revoked: () => new CertStatus({ revoked: new RevokedInfo({ revocationTime: new Date("2026-01-01T00:00:00Z") }) }),
    unknown: () => new CertStatus({ unknown: null }),
};

/** An OCSP response of a CA in DER. */
export function ocspResponse({ intermediate, material }: OwnAuthority, content: OcspContent = {}): Buffer {
    const { status = "good", signer = intermediate, about = material.certificate } = content;
    const issuer = AsnConvert.parse(new X509Certificate(intermediate.certificate).raw, Certificate).tbsCertificate;
    const sha1 = (bytes: ArrayBuffer) => createHash("sha1").update(Buffer.from(bytes)).digest();
    const keyHash = sha1(issuer.subjectPublicKeyInfo.subjectPublicKey);
    const tbsResponseData = new ResponseData({
        responderID: new ResponderID({ byKey: new OctetString(keyHash) }),
        producedAt: new Date(),
        responses: [
            new SingleResponse({
                certID: new CertID({
                    hashAlgorithm: new AlgorithmIdentifier({ algorithm: "1.3.14.3.2.26", parameters: null }),
                    issuerNameHash: new OctetString(sha1(AsnConvert.serialize(issuer.subject))),
                    issuerKeyHash: new OctetString(keyHash),
                    serialNumber: bytesOf(Buffer.from(new X509Certificate(about).serialNumber, "hex")),
                }),
                certStatus: statuses[status](),
                thisUpdate: content.thisUpdate ?? new Date(Date.now() - 60_000),
                nextUpdate: content.nextUpdate ?? new Date(Date.now() + day),
            }),
        ],
    });
    const key = createPrivateKey({ key: Buffer.from(signer.privateKey), format: "der", type: "pkcs8" });
    const signature = sign("sha256", Buffer.from(AsnConvert.serialize(tbsResponseData)), key);
    const basic = new BasicOCSPResponse({
        tbsResponseData,
        signatureAlgorithm: new AlgorithmIdentifier({ algorithm: "1.2.840.10045.4.3.2" }),
        signature: bytesOf(signature),
    });
    const responseBytes = new ResponseBytes({
        responseType: "1.3.6.1.5.5.7.48.1.1",
        response: new OctetString(AsnConvert.serialize(basic)),
    });
    return Buffer.from(
        AsnConvert.serialize(new OCSPResponse({ responseStatus: OCSPResponseStatus.successful, responseBytes })),
    );
}

function bytesOf(buffer: Buffer): ArrayBuffer {
    return new Uint8Array(buffer).buffer;
}
