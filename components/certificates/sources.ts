import * as acm from "@pulumi/aws/acm";
import type { CertificateSettings } from "../../config";
import type { Renewal } from "../../rules/certificateRenewal";
import { developmentCertificate } from "./development";
import { givenValidationCertificates, type ValidatedSettings } from "./identity";
import { importedCertificate } from "./imported";
import type { CertificateRequest } from "./request";

/** A server certificate in one region. */
export interface RegionalCertificate {
    /** What AWS IoT Core serves. */
    readonly server: acm.Certificate;
    /**
     * The public certificate that ACM issues once it has seen the validation records: the server certificate itself, or the
     * validation certificate beside it; absent where nothing has to be validated.
     */
    readonly validated?: acm.Certificate;
    /** ARN of a validation certificate that the stack did not make. */
    readonly validationCertificateArn?: string;
}

type SourceOf<Name extends CertificateSettings["source"]> = (
    request: CertificateRequest<Extract<CertificateSettings, { source: Name }>>,
) => RegionalCertificate;

/** Who gives the certificates of each source their successors. */
export const renewals: Readonly<Record<CertificateSettings["source"], Renewal>> = {
    acm: "acm",
    awsPrivateCa: "acm",
    imported: "person",
    private: "person",
    development: "deployment",
};

/** What makes a certificate of each source. */
export const certificateSources: { readonly [Name in CertificateSettings["source"]]: SourceOf<Name> } = {
    acm: (request) => {
        const server = publicCertificate(request, request.name);
        return { server, validated: server };
    },
    imported: (request) => ({ server: importedCertificate(request) }),
    private: (request) => ({ server: importedCertificate(request), ...ownership(request) }),
    awsPrivateCa: (request) => ({
        server: new acm.Certificate(
            request.name,
            {
                region: request.region,
                domainName: request.domain.domainName,
                subjectAlternativeNames: [...request.names],
                keyAlgorithm: request.settings.keyAlgorithm,
                certificateAuthorityArn: request.settings.certificateAuthorityArns[request.region],
                tags: request.tags,
            },
            request.options,
        ),
        ...ownership(request),
    }),
    development: (request) => ({ server: developmentCertificate(request), ...ownership(request) }),
};

/**
 * AWS IoT Core takes a certificate that no public CA signed only together with a public one that proves who owns the domain.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html
 */
function ownership(request: CertificateRequest<ValidatedSettings>): Omit<RegionalCertificate, "server"> {
    const validationCertificateArn = givenValidationCertificates(request.settings)?.[request.region];
    return validationCertificateArn === undefined
        ? { validated: publicCertificate(request, `${request.name}-validation-certificate`) }
        : { validationCertificateArn };
}

function publicCertificate(request: CertificateRequest, name: string): acm.Certificate {
    const { settings } = request;
    return new acm.Certificate(
        name,
        {
            region: request.region,
            domainName: request.domain.domainName,
            subjectAlternativeNames: [...request.names],
            keyAlgorithm: "keyAlgorithm" in settings ? settings.keyAlgorithm : undefined,
            validationMethod: "DNS",
            tags: request.tags,
        },
        request.options,
    );
}
