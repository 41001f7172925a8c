import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { isWithinZone, maximumCommonNameLength, validationName } from "../../../../rules/domainNames";
import { defaultMaximumNames } from "../../../../rules/serverCertificates";
import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { OperationTypes, RequestCertificateRequest } from "../../models/acm";
import { certificates, type StoredCertificate } from "./certificateTable";
import { tagSet } from "./tagSet";

/** Key algorithms that ACM issues; it imports more. @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
const issuedKeyAlgorithms = ["RSA_2048", "EC_prime256v1", "EC_secp384r1"];

/** How long a token keeps a request from being made twice. @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
const tokenPeriod = 60 * 60 * 1000;

function namesOf({ DomainName, SubjectAlternativeNames = [] }: RequestCertificateRequest): string[] {
    return [...new Set([DomainName, ...SubjectAlternativeNames].map((name) => name.toLowerCase()))];
}

type RequestCheck = (input: RequestCertificateRequest) => Refusal | undefined;

/** @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
const requestChecks: readonly RequestCheck[] = [
    ({ DomainName }) =>
        DomainName.length > maximumCommonNameLength
            ? new Refusal(
                  "InvalidParameterException",
                  `The first domain name must not be longer than ${maximumCommonNameLength} characters`,
              )
            : undefined,
    (input) =>
        namesOf(input).length > defaultMaximumNames
            ? new Refusal(
                  "LimitExceededException",
                  `Error: the number of domain names exceeds the limit of ${defaultMaximumNames}`,
              )
            : undefined,
    ({ KeyAlgorithm = "RSA_2048" }) =>
        issuedKeyAlgorithms.includes(KeyAlgorithm)
            ? undefined
            : new Refusal("ValidationException", `The key algorithm ${KeyAlgorithm} is for imported certificates only`),
    ({ ValidationMethod }) =>
        ValidationMethod === "HTTP"
            ? new Refusal("InvalidParameterException", "HTTP validation is for CloudFront distributions only")
            : undefined,
    ({ CertificateAuthorityArn, ValidationMethod }) =>
        CertificateAuthorityArn !== undefined && ValidationMethod !== undefined
            ? new Refusal("InvalidParameterException", "Private certificates are not validated by DNS or mail")
            : undefined,
    (input) => {
        const names = namesOf(input);
        const wrong = (input.DomainValidationOptions ?? []).find(
            ({ DomainName, ValidationDomain }) =>
                !names.includes(DomainName.toLowerCase()) ||
                !isWithinZone(validationName(DomainName), ValidationDomain),
        );
        return (
            wrong &&
            new Refusal(
                "InvalidDomainValidationOptionsException",
                `The validation domain ${wrong.ValidationDomain} is not the same as, or a superdomain of, ${wrong.DomainName}`,
            )
        );
    },
];

/** The certificate that the same token was given for with the same request, within the hour. */
function requestedBefore(context: OperationContext, wanted: StoredCertificate): StoredCertificate | undefined {
    const request = ({ names, keyAlgorithm, validationMethod, options, certificateAuthorityArn }: StoredCertificate) =>
        JSON.parse(
            JSON.stringify({ names, keyAlgorithm, validationMethod, options, certificateAuthorityArn }),
        ) as unknown;
    return context
        .table(certificates)
        .list()
        .find(
            (certificate) =>
                certificate.idempotencyToken === wanted.idempotencyToken &&
                context.now - certificate.createdAt < tokenPeriod &&
                isDeepStrictEqual(request(certificate), request(wanted)),
        );
}

/** Who issues: a public CA once the names are validated, or a private CA, which asks nobody. */
function issuer({
    CertificateAuthorityArn,
    ValidationMethod,
}: RequestCertificateRequest): Pick<StoredCertificate, "type" | "validationMethod" | "certificateAuthorityArn"> {
    return CertificateAuthorityArn === undefined
        ? { type: "AMAZON_ISSUED", validationMethod: ValidationMethod === "DNS" ? "DNS" : "EMAIL" }
        : { type: "PRIVATE", certificateAuthorityArn: CertificateAuthorityArn };
}

/** Requests for certificates that ACM issues. */
export const requestOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
    RequestCertificate: (input, context) => {
        const refusal = requestChecks.map((check) => check(input)).find((found) => found !== undefined);
        if (refusal !== undefined) {
            throw refusal;
        }
        const validationDomains = (input.DomainValidationOptions ?? []).map(
            ({ DomainName, ValidationDomain }) => [DomainName.toLowerCase(), ValidationDomain] as const,
        );
        const certificate: StoredCertificate = {
            arn: context.arn("acm", `certificate/${randomUUID()}`),
            ...issuer(input),
            status: "PENDING_VALIDATION",
            domainName: input.DomainName.toLowerCase(),
            names: namesOf(input),
            keyAlgorithm: input.KeyAlgorithm ?? "RSA_2048",
            validationDomains: Object.fromEntries(validationDomains),
            options: { CertificateTransparencyLoggingPreference: "ENABLED", Export: "DISABLED", ...input.Options },
            idempotencyToken: input.IdempotencyToken,
            createdAt: context.now,
        };
        const before = input.IdempotencyToken === undefined ? undefined : requestedBefore(context, certificate);
        if (before !== undefined) {
            return { CertificateArn: before.arn };
        }
        context.table(certificates).put(certificate.arn, certificate);
        tagSet.add(context, certificate.arn, input.Tags);
        return { CertificateArn: certificate.arn };
    },
};
