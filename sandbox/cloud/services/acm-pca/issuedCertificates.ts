import { randomBytes, X509Certificate } from "node:crypto";
import { readSigningRequest, signRequest, type CertificateContent, type Signer } from "../../authority/certificates";
import type { KeyAlgorithm } from "../../authority/keys";
import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { IssueCertificateRequest, OperationTypes } from "../../models/acm-pca";
import { defineTable } from "../../tables";
import { chainOf, findAuthority, hashOf, refuseState, type StoredPrivateAuthority } from "./authorityTable";
import { nameOf } from "./subjects";
import { findTemplate, type CertificateTemplate } from "./templates";
import { endOf } from "./validity";

interface StoredIssue {
    readonly arn: string;
    readonly certificate: string;
    readonly isRevoked: boolean;
}

/** Issued certificates by their authorities' ARNs and their own: records that nobody deletes. */
const issues = defineTable<StoredIssue>("acm-pca", "certificate", false);

/** A certificate begins to be valid a little earlier than it is issued. @see https://docs.aws.amazon.com/privateca/latest/APIReference/API_IssueCertificate.html */
const leeway = 60 * 60 * 1000;

/** Longest life below an authority for short lives. @see https://docs.aws.amazon.com/privateca/latest/userguide/short-lived-certificates.html */
const shortLife = 7 * 24 * 60 * 60 * 1000;

function refuseValidity(notAfter: Date, authority: StoredPrivateAuthority, now: number): void {
    if (
        authority.certificate !== undefined &&
        notAfter > new Date(new X509Certificate(authority.certificate).validTo)
    ) {
        throw new Refusal(
            "ValidationException",
            "The certificate validity specified exceeds the certificate authority validity",
        );
    }
    if (authority.UsageMode === "SHORT_LIVED_CERTIFICATE" && notAfter.getTime() - now > shortLife) {
        throw new Refusal("ValidationException", "A short-lived certificate is valid for at most seven days");
    }
}

/** A root's own certificate is issued before it is there; all others afterwards. */
function refuseUse(authority: StoredPrivateAuthority, template: CertificateTemplate, request: string): void {
    if (template.isRoot !== true) {
        return refuseState(authority, "ACTIVE");
    }
    refuseState(authority, "PENDING_CERTIFICATE", "ACTIVE");
    if (authority.type !== "ROOT" || request.trim() !== authority.request.trim()) {
        throw new Refusal(
            "InvalidArgsException",
            "The root template is for the certificate of a root CA's own request",
        );
    }
}

function contentOf(
    template: CertificateTemplate,
    { ApiPassthrough, Validity }: IssueCertificateRequest,
    now: number,
): Omit<CertificateContent, "subject"> {
    const { isAuthority, pathLength, purposes } = template;
    const names = ApiPassthrough?.Extensions?.SubjectAlternativeNames ?? [];
    const dnsNames = names.flatMap(({ DnsName }) => DnsName ?? []);
    if (ApiPassthrough !== undefined && !template.takesCallersExtensions) {
        throw new Refusal("InvalidArgsException", "ApiPassthrough needs a template of the APIPassthrough variant");
    }
    const validity = { notBefore: new Date(now - leeway), notAfter: endOf(Validity, now) };
    return { isAuthority, pathLength, purposes, dnsNames, ...validity };
}

/** Has the authority sign; `undefined` where the request is none. */
function sign(
    context: OperationContext,
    input: IssueCertificateRequest,
    content: Omit<CertificateContent, "subject">,
    signer: Signer,
): string | undefined {
    return context.prepared(`certificate ${signer.certificate}`, async () => {
        const request = await readSigningRequest(Buffer.from(input.Csr).toString());
        if (request === undefined) {
            return undefined;
        }
        const { Name } = await import("@peculiar/x509");
        const given = input.ApiPassthrough?.Subject;
        const subject = given && new Name(nameOf(given)).toString();
        const dnsNames = content.dnsNames?.length ? content.dnsNames : request.dnsNames;
        return signRequest(request, { ...content, dnsNames, subject }, signer);
    });
}

function findIssue(context: OperationContext, authorityArn: string, arn: string): StoredIssue {
    const issue = context.table(issues).get(authorityArn, arn);
    if (issue === undefined) {
        throw new Refusal("ResourceNotFoundException", `Could not find certificate ${arn}`);
    }
    return issue;
}

/** Certificates that private CAs issue. */
export const issuedCertificateOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/privateca/latest/APIReference/API_IssueCertificate.html */
    IssueCertificate: (input, context) => {
        const authority = findAuthority(context, input.CertificateAuthorityArn);
        const template = findTemplate(input.TemplateArn);
        refuseUse(authority, template, Buffer.from(input.Csr).toString());
        const { KeyAlgorithm } = authority.configuration;
        if (input.SigningAlgorithm.endsWith("RSA") !== KeyAlgorithm.startsWith("RSA")) {
            throw new Refusal("InvalidArgsException", `A key of the algorithm ${KeyAlgorithm} does not sign so`);
        }
        const content = contentOf(template, input, context.now);
        if (template.isRoot !== true) {
            refuseValidity(content.notAfter, authority, context.now);
        }
        const certificate = sign(context, input, content, {
            keyAlgorithm: KeyAlgorithm as KeyAlgorithm,
            hash: hashOf(input.SigningAlgorithm),
            privateKey: context.vault.open(authority.sealedKey),
            certificate: template.isRoot === true ? undefined : authority.certificate,
        });
        if (certificate === undefined) {
            throw new Refusal("MalformedCSRException", "The certificate signing request is not valid");
        }
        const arn = `${authority.arn}/certificate/${randomBytes(16).toString("hex")}`;
        context.table(issues).put([authority.arn, arn], { arn, certificate, isRevoked: false });
        return { CertificateArn: arn };
    },

    /** @see https://docs.aws.amazon.com/privateca/latest/APIReference/API_GetCertificate.html */
    GetCertificate: ({ CertificateAuthorityArn, CertificateArn }, context) => {
        const authority = findAuthority(context, CertificateAuthorityArn);
        const { certificate } = findIssue(context, authority.arn, CertificateArn);
        const { subject, issuer } = new X509Certificate(certificate);
        return { Certificate: certificate, CertificateChain: subject === issuer ? undefined : chainOf(authority) };
    },

    /** @see https://docs.aws.amazon.com/privateca/latest/APIReference/API_RevokeCertificate.html */
    RevokeCertificate: ({ CertificateAuthorityArn, CertificateSerial }, context) => {
        const authority = findAuthority(context, CertificateAuthorityArn);
        refuseState(authority, "ACTIVE", "DISABLED");
        const serial = (pem: string): string => new X509Certificate(pem).serialNumber.toLowerCase();
        const wanted = CertificateSerial.replace(/:/g, "").toLowerCase();
        if (authority.certificate !== undefined && serial(authority.certificate) === wanted) {
            throw new Refusal("InvalidRequestException", "A self-signed certificate cannot be revoked");
        }
        const table = context.table(issues);
        const issue = table.list(authority.arn).find(({ certificate }) => serial(certificate) === wanted);
        if (issue === undefined) {
            throw new Refusal(
                "ResourceNotFoundException",
                `Could not find certificate with serial ${CertificateSerial}`,
            );
        }
        if (issue.isRevoked) {
            throw new Refusal("RequestAlreadyProcessedException", "The certificate has been revoked already");
        }
        table.put([authority.arn, issue.arn], { ...issue, isRevoked: true });
    },
};
