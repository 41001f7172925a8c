import { rootCertificates } from "node:tls";
import { formatFinding, isFault } from "../../../../rules/finding";
import { certificateArnFindings } from "../../../../rules/domainConfigurations";
import { covers } from "../../../../rules/domainNames";
import { applyAll } from "../../../../rules/certificates/check";
import { parseCertificate, type ParsedCertificate } from "../../../../rules/certificates/parsedCertificate";
import { sameAlternativeNames, sameCommonName, sameSignatureAlgorithm } from "../../../../rules/certificates/rotation";
import { checkServerCertificate } from "../../../../rules/certificates/serverCertificate";
import { trustedRoots, type TrustedRoots } from "../../../../rules/certificates/trustedRoots";
import { X509Certificate } from "node:crypto";
import { PublicAuthority } from "../../authority/publicAuthority";
import type { OperationContext } from "../../context";
import { Refusal } from "../../errors";
import type { CreateDomainConfigurationRequest, ServerCertificateSummary } from "../../models/iot";
import type { CertificateMaterial, StoredCertificate } from "../acm/certificateTable";
import { lookUpCertificate } from "../acm/lifecycle";
import type { StoredDomainConfiguration, TakenCertificate } from "./domainConfigurationTable";

/** How long it takes until a new certificate is served. @see https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html */
const rotationPeriod = 60 * 60 * 1000;

let known: { readonly pems: string; readonly roots: TrustedRoots } | undefined;

/** Mozilla's bundle, as Node has it, and the sandbox's own public CA. */
function publicRoots(context: OperationContext): TrustedRoots {
    const own = new PublicAuthority(context).roots();
    const pems = own.join("\n");
    if (known?.pems !== pems) {
        known = { pems, roots: trustedRoots([...rootCertificates, ...own]) };
    }
    return known.roots;
}

function refuse(message: string): never {
    throw new Refusal("CertificateValidationException", message);
}

/** An issued certificate of the region. @throws Refusal CertificateValidationException */
function issuedCertificate(
    context: OperationContext,
    arn: string,
): StoredCertificate & { readonly material: CertificateMaterial } {
    const [fault] = certificateArnFindings(arn, context.region, "serverCertificateArns[0]");
    if (fault !== undefined) {
        refuse(formatFinding(fault));
    }
    const certificate = lookUpCertificate(context, arn);
    if (certificate === undefined) {
        refuse(`The certificate ${arn} does not exist`);
    }
    if (certificate.status !== "ISSUED" || certificate.material === undefined) {
        refuse(`The certificate ${arn} is not issued: its status is ${certificate.status}`);
    }
    return { ...certificate, material: certificate.material };
}

/** A certificate that proves who owns a domain: a public one of ACM for the same name. */
function refuseValidationCertificate(context: OperationContext, arn: string, domainName: string): void {
    const certificate = issuedCertificate(context, arn);
    if (certificate.type !== "AMAZON_ISSUED") {
        refuse(`The validation certificate ${arn} is not signed by a public certificate authority`);
    }
    if (!certificate.names.some((name) => covers(name, domainName))) {
        refuse(`The validation certificate ${arn} does not cover ${domainName}`);
    }
}

/**
 * Faults of an ACM certificate as the server certificate of a domain.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html
 */
function materialFaults(
    context: OperationContext,
    certificate: { readonly type: string; readonly material: CertificateMaterial },
    domainName: string,
    hasValidationCertificate: boolean,
): string[] {
    const { material, type } = certificate;
    const { findings, kind } = checkServerCertificate({
        domainName,
        certificate: material.certificate,
        chain: material.chain === "" ? undefined : material.chain,
        kind: type === "AMAZON_ISSUED" ? "public" : undefined,
        at: new Date(context.now),
        roots: publicRoots(context),
        hasValidationCertificate,
    });
    const faults = findings.filter(isFault).map(formatFinding);
    return kind === "public" || hasValidationCertificate
        ? faults
        : [...faults, `a ${kind} server certificate needs a validation certificate signed by a public authority`];
}

/**
 * Takes a server certificate for a new domain configuration.
 *
 * @throws Refusal CertificateValidationException
 */
export function takeCertificate(
    context: OperationContext,
    domainName: string,
    arn: string,
    validationCertificateArn: string | undefined,
): TakenCertificate {
    if (validationCertificateArn !== undefined) {
        refuseValidationCertificate(context, validationCertificateArn, domainName);
    }
    const certificate = issuedCertificate(context, arn);
    const faults = materialFaults(context, certificate, domainName, validationCertificateArn !== undefined);
    if (faults.length > 0) {
        refuse(`The certificate ${arn} cannot be used for ${domainName}: ${faults.join("; ")}`);
    }
    return taken(certificate.material, context.now);
}

function taken({ certificate, chain, sealedKey }: CertificateMaterial, servedFrom: number): TakenCertificate {
    return { certificate, chain, sealedKey, servedFrom };
}

function parse(pem: string): ParsedCertificate {
    return parseCertificate(new X509Certificate(pem).raw);
}

/** What keeps a certificate that came under the same ARN from being served in the place of the one before. */
const renewalChecks = [sameAlternativeNames, sameCommonName, sameSignatureAlgorithm];

interface Verdict {
    readonly taken: readonly TakenCertificate[];
    readonly summary: ServerCertificateSummary;
}

/**
 * Looks whether ACM holds another certificate by now, and takes it where it may follow the one before.
 *
 * One that may not leaves the old one served, and is reported as INVALID.
 */
export function followCertificate(context: OperationContext, configuration: StoredDomainConfiguration): Verdict {
    const [arn] = configuration.serverCertificateArns;
    const newest = configuration.taken.at(-1);
    if (arn === undefined || newest === undefined) {
        return { taken: configuration.taken, summary: {} };
    }
    const certificate = lookUpCertificate(context, arn);
    const material = certificate?.material;
    const invalid = (serverCertificateStatusDetail: string): Verdict => ({
        taken: configuration.taken,
        summary: { serverCertificateArn: arn, serverCertificateStatus: "INVALID", serverCertificateStatusDetail },
    });
    if (certificate === undefined || material === undefined) {
        return invalid("The certificate does not exist");
    }
    const hasValidationCertificate = configuration.validationCertificateArn !== undefined;
    const faults = materialFaults(
        context,
        { ...certificate, material },
        configuration.domainName,
        hasValidationCertificate,
    );
    const isNew = material.certificate !== newest.certificate;
    if (isNew) {
        const renewal = { previous: parse(newest.certificate), next: parse(material.certificate) };
        faults.push(...applyAll(renewalChecks, renewal, "certificate").map(formatFinding));
    }
    if (faults.length > 0) {
        return invalid(faults.join("; "));
    }
    const next = isNew ? [taken(material, material.since + rotationPeriod)] : [];
    return {
        taken: afterNow([...configuration.taken, ...next], context.now),
        summary: { serverCertificateArn: arn, serverCertificateStatus: "VALID" },
    };
}

/** Without those that a later one has replaced already. */
function afterNow(all: readonly TakenCertificate[], now: number): TakenCertificate[] {
    return all.filter((_, index) => {
        const successor = all[index + 1];
        return successor === undefined || successor.servedFrom > now;
    });
}

/**
 * There is no OCSP stapling for a self-signed certificate: nobody but itself could vouch for it.
 *
 * @throws Refusal InvalidRequestException
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-cert-config.html
 */
export function refuseStapling(
    taken: readonly TakenCertificate[],
    config: CreateDomainConfigurationRequest["serverCertificateConfig"],
): void {
    const newest = taken.at(-1);
    if (config?.enableOCSPCheck === true && newest !== undefined && parse(newest.certificate).isSelfSigned) {
        throw new Refusal("InvalidRequestException", "OCSP stapling is not supported for self-signed certificates");
    }
}
