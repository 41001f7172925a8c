import { type X509Certificate } from "node:crypto";
import { signatureHash } from "../certificates/algorithms";
import { apply, applyAll, type Check } from "../certificates/check";
import { isSignedWith, type ParsedCertificate } from "../certificates/parsedCertificate";
import { readPrivateKey } from "../certificates/privateKeyFiles";
import { privateKeyMatch } from "../certificates/privateKeyMatch";
import { day } from "../certificates/validity";
import type { Finding } from "../finding";
import { clientCertificates, readSingleCertificate } from "./singleCertificate";

const keyQuality =
    "https://docs.aws.amazon.com/iot-device-defender/latest/devguide/audit-chk-device-cert-key-quality.html";
const authorities = "https://docs.aws.amazon.com/iot/latest/developerguide/manage-your-CA-certs.html";

/** Curves of ECC keys that AWS IoT Core takes, in ACM's spelling. @see https://docs.aws.amazon.com/iot/latest/developerguide/x509-client-certs.html */
const curves: readonly string[] = ["EC_prime256v1", "EC_secp384r1", "EC_secp521r1"];

/** Shortest RSA key in bits. @see https://docs.aws.amazon.com/iot/latest/developerguide/x509-client-certs.html */
export const minimumRsaBits = 2048;

/** Client and CA certificates may have other keys than server certificates. */
const clientKey: Check<ParsedCertificate> = {
    rule: "client-certificate-key-algorithm",
    severity: "high",
    expected: `RSA of at least ${minimumRsaBits} bits, or ECC P-256, P-384 or P-521`,
    remedy: "issue the certificate for another key, such as ECC P-256",
    reference: keyQuality,
    got: ({ keyAlgorithm }) => {
        const [, bits] = /^RSA_(\d+)$/.exec(keyAlgorithm) ?? [];
        const isSound = bits === undefined ? curves.includes(keyAlgorithm) : Number(bits) >= minimumRsaBits;
        return isSound ? undefined : keyAlgorithm;
    },
};

const isAuthority: Check<ParsedCertificate> = {
    rule: "certificate-authority",
    severity: "high",
    expected: "a CA certificate, whose basic constraints say so",
    remedy: "give the certificate of the CA that signs the devices' certificates",
    reference: authorities,
    got: (certificate) => (certificate.isAuthority ? undefined : "a certificate that is no CA's"),
};

const isNoAuthority: Check<ParsedCertificate> = {
    rule: "claim-certificate-no-authority",
    severity: "high",
    expected: "a certificate that cannot sign others",
    remedy: "issue a certificate for the claim alone; whoever opens a device gets its key",
    reference: clientCertificates,
    got: (certificate) => (certificate.isAuthority ? "a CA certificate" : undefined),
};

function inForce(at: Date): Check<ParsedCertificate> {
    return {
        rule: "client-certificate-validity",
        severity: "high",
        expected: `a certificate valid on ${day(at)}`,
        remedy: "give one that is valid",
        reference: clientCertificates,
        got: ({ validFrom, validTo }) => {
            if (at < validFrom) {
                return `one valid only from ${day(validFrom)} on`;
            }
            return at > validTo ? `one that expired on ${day(validTo)}` : undefined;
        },
    };
}

/** A claim certificate as somebody configured it. */
export interface GivenClaim {
    readonly certificatePem: string;
    readonly active: boolean;
    /** Secret: it goes to the parser and nowhere else. */
    readonly privateKeyPem?: string;
}

/** Faults of a claim certificate; an inactive one may have expired. */
export function claimCertificateFindings(claim: GivenClaim, path: string, at: Date): Finding[] {
    const { certificate, findings } = readSingleCertificate(claim.certificatePem, `${path}.certificate`);
    if (certificate === undefined) {
        return findings;
    }
    const checks = [clientKey, signatureHash, isNoAuthority, ...(claim.active ? [inForce(at)] : [])];
    return [
        ...applyAll(checks, certificate, `${path}.certificate`),
        ...(claim.privateKeyPem === undefined
            ? []
            : keyFindings(certificate, claim.privateKeyPem, `${path}.privateKey`)),
    ];
}

function keyFindings(certificate: ParsedCertificate, pem: string, path: string): Finding[] {
    const { key, findings } = readPrivateKey(pem, path);
    return key === undefined ? [...findings] : apply(privateKeyMatch, { certificate, key }, path);
}

/** A CA certificate as somebody configured it. */
export interface GivenAuthority {
    readonly certificatePem: string;
    readonly certificateMode: "DEFAULT" | "SNI_ONLY";
    /** Secret: it goes to the parser and nowhere else. */
    readonly privateKeyPem?: string;
    /** In PEM, by region: each region has a registration code of its own. */
    readonly verificationCertificates?: Readonly<Record<string, string>>;
}

/**
 * Faults of a CA certificate and of the proof that it is ours.
 *
 * @see https://docs.aws.amazon.com/iot/latest/apireference/API_RegisterCACertificate.html
 */
export function certificateAuthorityFindings(
    authority: GivenAuthority,
    regions: readonly string[],
    path: string,
    at: Date,
): Finding[] {
    const { certificate, findings } = readSingleCertificate(authority.certificatePem, `${path}.certificate`);
    return [
        ...findings,
        ...proofFindings(authority, regions, path),
        ...(certificate === undefined
            ? []
            : [
                  ...applyAll([clientKey, isAuthority, inForce(at)], certificate, `${path}.certificate`),
                  ...(authority.privateKeyPem === undefined
                      ? []
                      : keyFindings(certificate, authority.privateKeyPem, `${path}.privateKey`)),
                  ...Object.entries(authority.verificationCertificates ?? {}).flatMap(([region, pem]) =>
                      verificationFindings(pem, certificate.x509, `${path}.verificationCertificates.${region}`),
                  ),
              ]),
    ];
}

function proofFindings(authority: GivenAuthority, regions: readonly string[], path: string): Finding[] {
    const { certificateMode, privateKeyPem, verificationCertificates = {} } = authority;
    const proof = (at: string, got: string, expected: string, remedy: string): Finding => ({
        rule: "certificate-authority-proof",
        severity: "high",
        path: at,
        got,
        expected,
        remedy,
        reference: "https://docs.aws.amazon.com/iot/latest/apireference/API_RegisterCACertificate.html",
    });
    const given = Object.keys(verificationCertificates);
    if (certificateMode === "SNI_ONLY") {
        return [
            ...(given.length > 0 ? [["verificationCertificates", "verification certificates"] as const] : []),
            ...(privateKeyPem === undefined ? [] : [["privateKey", "a private key"] as const]),
        ].map(([name, got]) =>
            proof(`${path}.${name}`, got, "nothing in mode SNI_ONLY", "remove it, or use mode DEFAULT"),
        );
    }
    if (privateKeyPem !== undefined) {
        return [];
    }
    return regions
        .filter((region) => !given.includes(region))
        .map((region) =>
            proof(
                `${path}.verificationCertificates.${region}`,
                "nothing",
                `a certificate for the registration code of ${region}, signed by the CA`,
                `give it, or the CA's privateKey as a secret, or use mode SNI_ONLY; the code is the answer of: ` +
                    `aws iot get-registration-code --region ${region}`,
            ),
        );
}

function verificationFindings(pem: string, authority: X509Certificate, path: string): Finding[] {
    const { certificate, findings } = readSingleCertificate(pem, path);
    if (certificate === undefined || isSignedWith(certificate.x509, authority)) {
        return findings;
    }
    return [
        {
            rule: "verification-certificate",
            severity: "high",
            path,
            got: "a certificate that the CA has not signed",
            expected: "a certificate signed with the CA's key",
            remedy: "sign it with the CA, with the region's registration code as common name",
            reference: authorities,
        },
    ];
}
