import type { CertificateSettings, DomainSettings } from "../../config";
import { customDomainServiceType } from "../../rules/domainConfigurations";
import type { DomainIdentity } from "../../rules/domainReplacement";

type CertificateIdentity = Pick<DomainIdentity, "serverCertificateArns" | "validationCertificateArn">;

type IdentityOf<Name extends CertificateSettings["source"]> = (
    settings: Extract<CertificateSettings, { source: Name }>,
    names: readonly string[],
) => CertificateIdentity;

/** What gives the certificates of each source another ARN; a certificate that is imported anew keeps its own. */
const identities: { readonly [Name in CertificateSettings["source"]]: IdentityOf<Name> } = {
    acm: (settings, names) => ({ serverCertificateArns: requested(names, settings) }),
    imported: () => ({ serverCertificateArns: "imported" }),
    private: (settings, names) => ({ serverCertificateArns: "imported", ...validation(settings, names) }),
    awsPrivateCa: (settings, names) => ({
        serverCertificateArns: Object.fromEntries(
            Object.entries(settings.certificateAuthorityArns).map(([region, arn]) => [
                region,
                `${requested(names, settings)}, issued by ${arn}`,
            ]),
        ),
        ...validation(settings, names),
    }),
    development: (settings, names) => ({
        serverCertificateArns: `made by the stack, ${settings.keyAlgorithm}`,
        ...validation(settings, names),
    }),
};

/** Every name that a domain's certificate is asked for, the domain name first. */
export function certificateNames({ domainName, certificate }: DomainSettings): string[] {
    return [domainName, ...("subjectAlternativeNames" in certificate ? certificate.subjectAlternativeNames : [])];
}

/** What AWS cannot change of a domain's domain configurations, all of it known before anything is made. */
export function domainIdentity(domain: DomainSettings, domainConfigurationName: string): DomainIdentity {
    const { certificate, domainName } = domain;
    // The table holds for each source what takes that source's settings; TypeScript cannot follow the two together.
    const identityOf = identities[certificate.source] as (
        settings: CertificateSettings,
        names: readonly string[],
    ) => CertificateIdentity;
    return {
        name: domainConfigurationName,
        domainName,
        serviceType: customDomainServiceType,
        ...identityOf(certificate, certificateNames(domain)),
    };
}

/** Settings of certificates that need one of a public CA beside them. */
export type ValidatedSettings = Extract<CertificateSettings, { source: "private" | "awsPrivateCa" | "development" }>;

/** Validation certificates that the stack did not make, by region. */
export function givenValidationCertificates(settings: ValidatedSettings): Readonly<Record<string, string>> | undefined {
    return "validationCertificateArns" in settings ? settings.validationCertificateArns : undefined;
}

function validation(settings: ValidatedSettings, names: readonly string[]): CertificateIdentity {
    return { validationCertificateArn: givenValidationCertificates(settings) ?? requested(names, settings) };
}

/** In whatever order they are listed, the same names make the same certificate. */
function requested(names: readonly string[], settings: CertificateSettings): string {
    const keyAlgorithm = "keyAlgorithm" in settings ? settings.keyAlgorithm : "";
    return `requested for ${[...new Set(names)].sort().join(" and ")} ${keyAlgorithm}`.trimEnd();
}
