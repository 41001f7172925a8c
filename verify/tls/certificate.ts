import { X509Certificate } from "node:crypto";
import { checkServerCertificate, type ServerCertificateVerdict } from "../../rules/certificates/serverCertificate";
import type { TrustedRoots } from "../../rules/certificates/trustedRoots";
import { day, daysBetween } from "../../rules/certificates/validity";
import type { Finding } from "../../rules/finding";
import { faultsOf } from "../faultKind";
import { tlsFaults } from "./faults";

/** What a region is expected to serve, as far as it is known. */
export interface ExpectedCertificate {
    /** SHA-256 as OpenSSL prints it; absent where nobody knows it. */
    readonly fingerprint256?: string;
    /** When it ends; absent where nobody knows it. */
    readonly validTo?: Date;
    /** Whether ACM renews it by itself, so that a later one is as good. */
    readonly isRenewedByAcm: boolean;
}

/** The certificates of a handshake, and what they are to be. */
export interface ServedChain {
    readonly domainName: string;
    /** DER, in the order in which they were sent. */
    readonly certificates: readonly Buffer[];
    readonly expected: ExpectedCertificate;
    readonly roots: TrustedRoots;
    readonly at: Date;
    /** The region's path in the outputs. */
    readonly path: string;
}

/** What is said of a served chain. */
export interface ServedChainVerdict {
    readonly findings: readonly Finding[];
    /** In words, whatever is wrong with it. */
    readonly detail: string;
    readonly leaf?: X509Certificate;
    /** The certificate that signed the leaf, where it was sent. */
    readonly issuer?: X509Certificate;
}

const fault = faultsOf(tlsFaults);

/** Judges a chain as it is served: by the rules that judge it before it is imported, and by what is expected there. */
export function judgeServedChain(chain: ServedChain): ServedChainVerdict {
    const { domainName, certificates, roots, at, path } = chain;
    const [leaf, ...authorities] = certificates.map((der) => new X509Certificate(der));
    if (leaf === undefined) {
        return { findings: [], detail: "no certificate" };
    }
    const verdict = checkServerCertificate({
        domainName,
        certificate: leaf.toString(),
        chain: authorities.length === 0 ? undefined : authorities.map((authority) => authority.toString()).join(""),
        at,
        paths: { domainName: path, certificate: `${path}.certificate`, chain: `${path}.chain` },
        roots,
        // Whether AWS has one beside it cannot be seen from outside.
        hasValidationCertificate: true,
    });
    return {
        findings: [...verdict.findings, ...trustFindings(verdict, chain), ...identityFindings(leaf, chain)],
        detail: describe(verdict, chain),
        leaf,
        issuer: authorities.find((authority) => leaf.checkIssued(authority)),
    };
}

function describe({ certificate, kind }: ServerCertificateVerdict, { certificates, at }: ServedChain): string {
    if (certificate === undefined) {
        return "a certificate that cannot be read";
    }
    const left = daysBetween(at, certificate.validTo);
    const length = `${certificates.length} certificate${certificates.length === 1 ? "" : "s"}`;
    return [
        `${certificate.subject}, ${certificate.keyAlgorithm}`,
        left < 0 ? `expired ${-left} days ago` : `${left} days left`,
        `${length}${kind === "public" ? " to a trusted root" : ""}`,
    ].join(", ");
}

function trustFindings({ kind, certificate, chain }: ServerCertificateVerdict, { path }: ServedChain): Finding[] {
    if (kind === undefined || kind === "public" || certificate === undefined) {
        return [];
    }
    const last = chain.at(-1) ?? certificate;
    return chain.length === 0 && !certificate.isSelfSigned
        ? [fault("tls-chain-incomplete", { path, got: `the leaf alone, signed by ${certificate.issuer}` })]
        : [fault("tls-untrusted", { path, got: `a chain to ${last.isSelfSigned ? last.subject : last.issuer}` })];
}

function identityFindings(leaf: X509Certificate, { expected, path }: ServedChain): Finding[] {
    const { fingerprint256, validTo, isRenewedByAcm } = expected;
    const servedTo = new Date(leaf.validTo);
    // Certificates count in seconds, the outputs may in milliseconds.
    const lead =
        validTo === undefined ? 0 : Math.trunc(servedTo.getTime() / 1000) - Math.trunc(validTo.getTime() / 1000);
    const isSame = fingerprint256 === undefined ? lead === 0 : fingerprint256 === leaf.fingerprint256;
    if (isSame) {
        return [];
    }
    const rule =
        lead < 0
            ? "tls-certificate-outdated"
            : fingerprint256 === undefined
              ? "tls-certificate-renewed"
              : "tls-certificate-unexpected";
    if (rule === "tls-certificate-renewed" && isRenewedByAcm) {
        return [];
    }
    return [
        fault(rule, {
            path,
            got: `${leaf.fingerprint256.slice(0, 23)}..., which ends on ${day(servedTo)}`,
            expected: [
                fingerprint256 === undefined ? "the certificate" : `${fingerprint256.slice(0, 23)}...,`,
                `${validTo === undefined ? "of the stack's outputs" : `which ends on ${day(validTo)}`}`,
            ].join(" "),
        }),
    ];
}
