import * as acm from "@pulumi/aws/acm";
import * as tls from "@pulumi/tls";
import type { CertificateSettings } from "../../config";
import { privateKeyVersion } from "./privateKeys";
import type { CertificateRequest } from "./request";

type Settings = Extract<CertificateSettings, { source: "development" }>;

const keyArguments: Readonly<Record<Settings["keyAlgorithm"], tls.PrivateKeyArgs>> = {
    RSA_2048: { algorithm: "RSA", rsaBits: 2048 },
    EC_prime256v1: { algorithm: "ECDSA", ecdsaCurve: "P256" },
};

/** Tag of everything that must never carry a fleet. */
export const developmentTag = { "iot-domains:development-certificate": "true" };

/**
 * How long the CA lives. It is made anew when it has no more left than a certificate lives, so that none outlives it, and
 * devices that trust it go on doing so when the certificate is renewed.
 */
const authorityHours = 10 * 365 * 24;

/** A CA and a certificate made by the stack itself; the keys are in the stack's state, encrypted, so it is no place for a fleet. */
export function developmentCertificate(request: CertificateRequest<Settings>): acm.Certificate {
    const { name, names, settings, options } = request;
    const child = { parent: options.parent };
    const hours = settings.validityDays * 24;
    const key = keyArguments[settings.keyAlgorithm];

    const authorityKey = new tls.PrivateKey(`${name}-authority-key`, key, child);
    const authority = new tls.SelfSignedCert(
        `${name}-authority`,
        {
            privateKeyPem: authorityKey.privateKeyPem,
            subject: { commonName: `Development CA of ${request.domain.domainName}` },
            isCaCertificate: true,
            setSubjectKeyId: true,
            allowedUses: ["cert_signing", "crl_signing", "digital_signature"],
            validityPeriodHours: authorityHours,
            earlyRenewalHours: hours,
        },
        child,
    );
    const serverKey = new tls.PrivateKey(`${name}-key`, key, child);
    const certificateRequest = new tls.CertRequest(
        `${name}-request`,
        {
            privateKeyPem: serverKey.privateKeyPem,
            subject: { commonName: request.domain.domainName },
            dnsNames: [...names],
        },
        child,
    );
    const certificate = new tls.LocallySignedCert(
        `${name}-leaf`,
        {
            certRequestPem: certificateRequest.certRequestPem,
            caPrivateKeyPem: authorityKey.privateKeyPem,
            caCertPem: authority.certPem,
            allowedUses: ["digital_signature", "key_encipherment", "server_auth"],
            validityPeriodHours: hours,
        },
        child,
    );
    return new acm.Certificate(
        // ACM takes no key of another type under an ARN that is there, and no certificate for one that others have issued.
        `${name}-${settings.keyAlgorithm}`,
        {
            region: request.region,
            certificateBody: certificate.certPem,
            certificateChain: authority.certPem,
            privateKeyWo: serverKey.privateKeyPem,
            privateKeyWoVersion: certificate.certPem.apply(privateKeyVersion),
            tags: { ...request.tags, ...developmentTag },
        },
        options,
    );
}
