import "reflect-metadata"; // must be there before the libraries of ASN.1 are loaded
import { createHash, createPrivateKey, sign, X509Certificate } from "node:crypto";
import {
    BasicOCSPResponse,
    CertID,
    CertStatus,
    id_pkix_ocsp_basic,
    KeyHash,
    OCSPResponse,
    OCSPResponseStatus,
    ResponderID,
    ResponseBytes,
    ResponseData,
    SingleResponse,
    Version,
} from "@peculiar/asn1-ocsp";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import { AlgorithmIdentifier, Certificate } from "@peculiar/asn1-x509";
import { signerOf } from "../../cloud/authority/storedSigners";
import type { OperationContext } from "../../cloud/context";
import { defineTable } from "../../cloud/tables";
import type { PrivateMaterial } from "./servedEndpoint";

const hour = 60 * 60 * 1000;

/** How often AWS fetches a response, and how long one holds, in milliseconds. @see https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-cert-config.html */
const fetchInterval = hour;
const lifetime = 7 * 24 * hour;

const sha1 = "1.3.14.3.2.26";
const signatureAlgorithms = { RSA: "1.2.840.113549.1.1.11", EC: "1.2.840.10045.4.3.2" };

interface StoredStaple {
    readonly certificate: string;
    readonly fetchedAt: number;
    /** DER in base64. */
    readonly response: string;
}

/** What was fetched last for each serial number: a server shows the same response for an hour. */
const staples = defineTable<StoredStaple>("iot", "ocspStaple", false);

/**
 * The OCSP response that goes with a server certificate: DER, signed by the CA of the sandbox's that has issued it.
 *
 * @returns `undefined` for a certificate that no CA of the sandbox's has issued, for there is nobody to ask
 */
export function ocspStaple(context: OperationContext, { certificate, chain }: PrivateMaterial): Buffer | undefined {
    const leaf = new X509Certificate(certificate);
    const table = context.table(staples);
    const fetchedAt = Math.floor(context.now / fetchInterval) * fetchInterval;
    const stored = table.get(leaf.serialNumber);
    if (stored?.fetchedAt === fetchedAt && stored.certificate === certificate) {
        return Buffer.from(stored.response, "base64");
    }
    const response = respond(context, leaf, chain, new Date(fetchedAt));
    if (response !== undefined) {
        table.put(leaf.serialNumber, { certificate, fetchedAt, response: response.toString("base64") });
    }
    return response;
}

function respond(context: OperationContext, leaf: X509Certificate, chain: string, at: Date): Buffer | undefined {
    const [issuerPem] = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/.exec(chain) ?? [];
    const signer = issuerPem === undefined ? undefined : signerOf(context, issuerPem);
    if (signer === undefined) {
        return undefined;
    }
    const issuer = AsnConvert.parse(new X509Certificate(signer.certificate).raw, Certificate).tbsCertificate;
    const keyHash = digest(issuer.subjectPublicKeyInfo.subjectPublicKey);
    const data = new ResponseData({
        version: Version.v1,
        responderID: new ResponderID({ byKey: new KeyHash(keyHash) }),
        producedAt: at,
        responses: [
            new SingleResponse({
                certID: new CertID({
                    hashAlgorithm: new AlgorithmIdentifier({ algorithm: sha1, parameters: null }),
                    issuerNameHash: new OctetString(digest(AsnConvert.serialize(issuer.subject))),
                    issuerKeyHash: new OctetString(keyHash),
                    serialNumber: AsnConvert.parse(leaf.raw, Certificate).tbsCertificate.serialNumber,
                }),
                certStatus: new CertStatus({ good: null }),
                thisUpdate: at,
                nextUpdate: new Date(at.getTime() + lifetime),
            }),
        ],
    });
    const key = createPrivateKey({ key: Buffer.from(signer.privateKey), format: "der", type: "pkcs8" });
    const algorithm = signer.keyAlgorithm.startsWith("RSA") ? signatureAlgorithms.RSA : signatureAlgorithms.EC;
    const basic = new BasicOCSPResponse({
        tbsResponseData: data,
        signatureAlgorithm: new AlgorithmIdentifier({
            algorithm,
            ...(algorithm === signatureAlgorithms.RSA && { parameters: null }),
        }),
        signature: toArrayBuffer(sign("sha256", Buffer.from(AsnConvert.serialize(data)), key)),
    });
    const response = new OCSPResponse({
        responseStatus: OCSPResponseStatus.successful,
        responseBytes: new ResponseBytes({
            responseType: id_pkix_ocsp_basic,
            response: new OctetString(AsnConvert.serialize(basic)),
        }),
    });
    return Buffer.from(AsnConvert.serialize(response));
}

function digest(bytes: ArrayBuffer): ArrayBuffer {
    return toArrayBuffer(createHash("sha1").update(Buffer.from(bytes)).digest());
}

function toArrayBuffer(bytes: Buffer): ArrayBuffer {
    return new Uint8Array(bytes).buffer;
}
