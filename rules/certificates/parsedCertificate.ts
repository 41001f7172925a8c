import { X509Certificate, type KeyObject } from "node:crypto";
import type { AlgorithmIdentifier, Certificate, Extension } from "@peculiar/asn1-x509";
import { asn1 } from "./asn1";
import { signatureAlgorithm, type KeyFamily, type SignatureAlgorithm } from "./signatureAlgorithms";
import { subjectNames, type SubjectNames } from "./subjectNames";

/** A certificate as the rules read it: every property that a rule needs, and nothing that needs parsing again. */
export interface ParsedCertificate {
    /** Verifies signatures and keys. */
    readonly x509: X509Certificate;
    /** The certificate alone in PEM, line feeds, nothing around: what ACM should get. */
    readonly pem: string;
    /** 3 in every certificate with extensions. */
    readonly version: number;
    /** On one line: `O=Example, CN=iot.example.com`. */
    readonly subject: string;
    readonly issuer: string;
    readonly names: SubjectNames;
    readonly validFrom: Date;
    readonly validTo: Date;
    /** In ACM's spelling where ACM has one: `RSA_2048`, `EC_prime256v1`. */
    readonly keyAlgorithm: string;
    readonly keyFamily: KeyFamily;
    readonly signature: SignatureAlgorithm;
    /** Whether basic constraints say that it is a CA. */
    readonly isAuthority: boolean;
    /** How many further CAs may follow below it, where it says so. */
    readonly pathLength?: number;
    /** Names of the key usage bits, `undefined` where the extension is absent. */
    readonly keyUsage?: readonly string[];
    /** Object identifiers, `undefined` where the extension is absent. */
    readonly extendedKeyUsage?: readonly string[];
    /** Where its revocation status can be asked for. */
    readonly ocspUrls: readonly string[];
    /** Subject and issuer are the same name, and its own key verifies its signature. */
    readonly isSelfSigned: boolean;
}

/** Certificates that were parsed lately, the latest last, by their content. */
const recent = new Map<string, ParsedCertificate>();

/** Enough for the chains of a large stack, and too few to be felt: some kilobytes each. */
const recentCertificates = 100;

/**
 * Parses one certificate in DER.
 *
 * What was parsed lately is not parsed again: a CA's certificate comes with each of its leaves, and a bundle with every
 * region and every rule.
 *
 * Throws where OpenSSL or the ASN.1 schemas refuse it; the caller turns that into a finding.
 */
export function parseCertificate(der: Buffer): ParsedCertificate {
    const content = der.toString("latin1");
    const parsed = recent.get(content) ?? parse(der);
    recent.delete(content);
    recent.set(content, parsed);
    const [oldest] = recent.keys();
    if (recent.size > recentCertificates && oldest !== undefined) {
        recent.delete(oldest);
    }
    return parsed;
}

function parse(der: Buffer): ParsedCertificate {
    const x509 = new X509Certificate(der);
    if (x509.raw.length !== der.length) {
        throw new Error("there is something behind the certificate");
    }
    const { schema, x509: types } = asn1;
    const certificate = schema.AsnConvert.parse(der, types.Certificate);
    const { tbsCertificate: body, signatureAlgorithm: signedWith } = certificate;
    const extensions = new Map((body.extensions ?? []).map((extension) => [extension.extnID, extension]));
    const extension = <T>(id: string, type: new () => T): T | undefined => parseExtension(extensions.get(id), type);
    const constraints = extension(types.id_ce_basicConstraints, types.BasicConstraints);
    const extendedKeyUsage = extension(types.id_ce_extKeyUsage, types.ExtendedKeyUsage);
    const access = extension(types.id_pe_authorityInfoAccess, types.AuthorityInfoAccessSyntax) ?? [];
    const alternativeNames = extension(types.id_ce_subjectAltName, types.SubjectAlternativeName);
    return {
        x509,
        pem: x509.toString(),
        version: body.version + 1,
        subject: oneLine(x509.subject),
        issuer: oneLine(x509.issuer),
        names: subjectNames(body.subject, alternativeNames),
        validFrom: body.validity.notBefore.getTime(),
        validTo: body.validity.notAfter.getTime(),
        ...describeKey(x509, certificate),
        signature: signatureAlgorithm(signedWith),
        isAuthority: constraints?.cA ?? false,
        pathLength: constraints?.pathLenConstraint,
        keyUsage: extension(types.id_ce_keyUsage, types.KeyUsage)?.toJSON(),
        extendedKeyUsage: extendedKeyUsage && [...extendedKeyUsage],
        ocspUrls: access
            .filter(({ accessMethod }) => accessMethod === types.id_ad_ocsp)
            .flatMap(({ accessLocation: { uniformResourceIdentifier: url } }) => (url === undefined ? [] : [url])),
        isSelfSigned: x509.subject === x509.issuer && isSignedWith(x509, x509),
    };
}

function parseExtension<T>(extension: Extension | undefined, type: new () => T): T | undefined {
    return extension && asn1.schema.AsnConvert.parse(extension.extnValue, type);
}

/**
 * Whether the first certificate's signature verifies with the second's key; `false` too where that key is of no use.
 */
export function isSignedWith(signed: X509Certificate, signer: X509Certificate): boolean {
    try {
        return signed.verify(signer.publicKey);
    } catch {
        return false;
    }
}

/** Node joins the parts of a name with line feeds, and leaves the name out where it is empty. */
function oneLine(name: string | undefined): string {
    return (name ?? "").split("\n").join(", ");
}

function describeKey(x509: X509Certificate, certificate: Certificate): { keyAlgorithm: string; keyFamily: KeyFamily } {
    const { algorithm } = certificate.tbsCertificate.subjectPublicKeyInfo;
    let key: KeyObject;
    try {
        key = x509.publicKey;
    } catch {
        return { keyAlgorithm: `a key of unknown kind (${algorithm.algorithm})`, keyFamily: "other" };
    }
    const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
    switch (key.asymmetricKeyType) {
        case "rsa":
            return { keyAlgorithm: `RSA_${modulusLength}`, keyFamily: "RSA" };
        case "ec":
            return {
                keyAlgorithm: `EC_${namedCurve}${hasNamedCurve(algorithm) ? "" : " with explicit parameters"}`,
                keyFamily: "EC",
            };
        case "rsa-pss":
            return { keyAlgorithm: `RSASSA-PSS_${modulusLength}`, keyFamily: "other" };
        default:
            return { keyAlgorithm: key.asymmetricKeyType ?? "unknown", keyFamily: "other" };
    }
}

/** OpenSSL names the curve of explicit parameters too, so only the encoding tells them apart. */
function hasNamedCurve({ parameters }: AlgorithmIdentifier): boolean {
    const { schema, ecc } = asn1;
    return !!parameters && schema.AsnConvert.parse(parameters, ecc.ECParameters).namedCurve !== undefined;
}
