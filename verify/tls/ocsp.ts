import { createHash, verify, type X509Certificate } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import {
    BasicOCSPResponse,
    OCSPResponse,
    OCSPResponseStatus,
    type CertID,
    type SingleResponse,
} from "@peculiar/asn1-ocsp";
import { Certificate } from "@peculiar/asn1-x509";
import { isSignedWith, parseCertificate } from "../../rules/certificates/parsedCertificate";
import { signatureAlgorithm } from "../../rules/certificates/signatureAlgorithms";
import type { tlsFaults } from "./faults";

/** What a stapled response comes to. */
export type OcspVerdict =
    | { readonly status: "good"; readonly nextUpdate?: Date }
    | { readonly status: "faulty"; readonly fault: OcspFault; readonly got: string };

type OcspFault = Extract<keyof typeof tlsFaults, `tls-ocsp-${string}`>;

const ocspSigning = "1.3.6.1.5.5.7.3.9";

/** Clocks differ; a response is not from the future for being some minutes ahead. */
const toleranceInMilliseconds = 5 * 60 * 1000;

/**
 * Judges a stapled OCSP response as a careful device does: for this certificate, signed by who may, in time, and good.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6960#section-3.2
 */
export function judgeOcspResponse(
    response: Buffer,
    leaf: X509Certificate,
    issuer: X509Certificate,
    at: Date,
): OcspVerdict {
    const faulty = (fault: OcspFault, got: string): OcspVerdict => ({ status: "faulty", fault, got });
    let basic: BasicOCSPResponse;
    try {
        const { responseStatus, responseBytes } = AsnConvert.parse(response, OCSPResponse);
        if (responseStatus !== OCSPResponseStatus.successful || responseBytes === undefined) {
            return faulty("tls-ocsp-invalid", `the responder's error ${OCSPResponseStatus[responseStatus]}`);
        }
        basic = AsnConvert.parse(responseBytes.response.buffer, BasicOCSPResponse);
    } catch {
        return faulty("tls-ocsp-invalid", "something that is no OCSP response");
    }
    const single = basic.tbsResponseData.responses.find(({ certID }) => isAbout(certID, leaf, issuer));
    if (single === undefined) {
        return faulty("tls-ocsp-invalid", "a response about another certificate");
    }
    if (!isSignedByAuthority(basic, issuer)) {
        return faulty("tls-ocsp-invalid", "a signature that is not of the certificate's CA");
    }
    return judgeStatus(single, at);
}

function judgeStatus({ certStatus, thisUpdate, nextUpdate }: SingleResponse, at: Date): OcspVerdict {
    const faulty = (fault: OcspFault, got: string): OcspVerdict => ({ status: "faulty", fault, got });
    if (nextUpdate !== undefined && nextUpdate < at) {
        return faulty("tls-ocsp-stale", `a response that was good until ${nextUpdate.toISOString()}`);
    }
    if (thisUpdate.getTime() > at.getTime() + toleranceInMilliseconds) {
        return faulty("tls-ocsp-invalid", `a response of ${thisUpdate.toISOString()}, which is to come`);
    }
    if (certStatus.revoked !== undefined) {
        const { revocationTime } = certStatus.revoked;
        return faulty("tls-ocsp-revoked", `revoked on ${revocationTime.toISOString()}`);
    }
    return certStatus.unknown !== undefined
        ? faulty("tls-ocsp-invalid", "that the responder does not know the certificate")
        : { status: "good", nextUpdate };
}

const hashNames: Readonly<Record<string, string>> = {
    "1.3.14.3.2.26": "sha1",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
};

function isAbout({ hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber }: CertID, ...[leaf, issuer]: Pair) {
    const hash = hashNames[hashAlgorithm.algorithm];
    const { subject, subjectPublicKeyInfo } = AsnConvert.parse(issuer.raw, Certificate).tbsCertificate;
    const matches = (digest: ArrayBuffer, content: ArrayBuffer) =>
        hash !== undefined && createHash(hash).update(Buffer.from(content)).digest().equals(Buffer.from(digest));
    return (
        BigInt(`0x${Buffer.from(serialNumber).toString("hex")}`) === BigInt(`0x${leaf.serialNumber}`) &&
        matches(issuerNameHash.buffer, AsnConvert.serialize(subject)) &&
        matches(issuerKeyHash.buffer, subjectPublicKeyInfo.subjectPublicKey)
    );
}

type Pair = readonly [leaf: X509Certificate, issuer: X509Certificate];

/** By the CA itself, or by a responder that the CA gave a certificate for nothing else. */
function isSignedByAuthority(basic: BasicOCSPResponse, issuer: X509Certificate): boolean {
    const delegated = (basic.certs ?? [])
        .map((certificate) => parseCertificate(Buffer.from(AsnConvert.serialize(certificate))))
        .filter(({ x509, extendedKeyUsage }) => isSignedWith(x509, issuer) && extendedKeyUsage?.includes(ocspSigning));
    const { hash } = signatureAlgorithm(basic.signatureAlgorithm);
    const content = Buffer.from(basic.tbsResponseDataRaw ?? AsnConvert.serialize(basic.tbsResponseData));
    return [issuer, ...delegated.map(({ x509 }) => x509)].some(({ publicKey }) => {
        try {
            return verify(hash?.replace("-", ""), content, publicKey, Buffer.from(basic.signature));
        } catch {
            return false;
        }
    });
}
