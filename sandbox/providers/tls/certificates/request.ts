import type { KeyObject } from "node:crypto";
import { Attributes, CertificationRequest, CertificationRequestInfo } from "@peculiar/asn1-csr";
import { AsnConvert } from "@peculiar/asn1-schema";
import {
    Attribute,
    type Extension,
    Extensions,
    type GeneralName,
    id_ce_subjectAltName,
    SubjectAlternativeName,
    type Name,
} from "@peculiar/asn1-x509";
import { createPublicKey, verify } from "node:crypto";
import { ProviderError } from "../../framework/failures";
import { publicKeyInfo, toPem } from "./certificate";
import { alternativeNames, type AlternativeNames } from "./extensions";
import { signatureOf, signWith } from "./signatures";

/** PKCS #9's attribute for extensions that a certificate is asked to have. */
const extensionRequest = "1.2.840.113549.1.9.14";

/** Makes and signs a certificate request. */
export function makeCertificateRequest(subject: Name, names: AlternativeNames, privateKey: KeyObject): string {
    const extensions = alternativeNames(names);
    const values = [AsnConvert.serialize(new Extensions(extensions))];
    const attributes = extensions.length === 0 ? [] : [new Attribute({ type: extensionRequest, values })];
    const certificationRequestInfo = new CertificationRequestInfo({
        subject,
        subjectPKInfo: publicKeyInfo(privateKey),
        attributes: new Attributes(attributes),
    });
    const request = new CertificationRequest({
        certificationRequestInfo,
        signatureAlgorithm: signatureOf(privateKey).algorithm,
        signature: signWith(privateKey, AsnConvert.serialize(certificationRequestInfo)),
    });
    return toPem("CERTIFICATE REQUEST", AsnConvert.serialize(request));
}

/** What a certificate request asks for. */
export interface ParsedRequest {
    readonly subject: Name;
    readonly publicKey: KeyObject;
    readonly names: AlternativeNames;
}

/** @throws ProviderError where the text holds no certificate request, or one that its own key did not sign */
export function parseCertificateRequest(pem: string): ParsedRequest {
    const request = decode(pem);
    const { certificationRequestInfo: info } = request;
    const der = Buffer.from(AsnConvert.serialize(info.subjectPKInfo));
    const publicKey = createPublicKey({ key: der, type: "spki", format: "der" });
    const signed = Buffer.from(request.certificationRequestInfoRaw ?? AsnConvert.serialize(info));
    if (!verify(signatureOf(publicKey).hash, signed, publicKey, Buffer.from(request.signature))) {
        throw new ProviderError("Failed to verify certificate request: its own key did not sign it");
    }
    return { subject: info.subject, publicKey, names: requestedNames(info.attributes) };
}

function decode(pem: string): CertificationRequest {
    const body = /-----BEGIN CERTIFICATE REQUEST-----([^-]+)-----END CERTIFICATE REQUEST-----/.exec(pem)?.[1];
    try {
        return AsnConvert.parse(Buffer.from(body ?? "", "base64"), CertificationRequest);
    } catch {
        throw new ProviderError("Failed to parse PEM block: certRequestPem holds no certificate request");
    }
}

function requestedNames(attributes: Attributes): AlternativeNames {
    const wanted = attributes.find(({ type }) => type === extensionRequest)?.values[0];
    const extensions: Extension[] = wanted === undefined ? [] : AsnConvert.parse(wanted, Extensions);
    const found = extensions.find(({ extnID }) => extnID === id_ce_subjectAltName);
    const names: GeneralName[] =
        found === undefined ? [] : AsnConvert.parse(found.extnValue.buffer, SubjectAlternativeName);
    return {
        dnsNames: names.flatMap(({ dNSName }) => dNSName ?? []),
        ipAddresses: names.flatMap(({ iPAddress }) => iPAddress ?? []),
        uris: names.flatMap(({ uniformResourceIdentifier }) => uniformResourceIdentifier ?? []),
    };
}
