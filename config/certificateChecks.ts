import { parseArn } from "../rules/arns";
import { certificateArnFindings } from "../rules/domainConfigurations";
import { canonicalName, isWithinZone, maximumCommonNameLength } from "../rules/domainNames";
import type { Finding } from "../rules/finding";
import { defaultMaximumNames } from "../rules/serverCertificates";
import type { CertificateSettings } from "./certificates";

/** What certificates are judged beside. */
export interface CertificateSurroundings {
    /** Where the domain stands in the configuration. */
    readonly path: string;
    readonly isProduction: boolean;
    readonly domainName: string;
    readonly hostedZone?: string;
    readonly regions: readonly string[];
}

/** Faults of a certificate's settings that take more than the settings alone to tell. */
export function certificateFindings(
    certificate: CertificateSettings,
    surroundings: CertificateSurroundings,
): Finding[] {
    return [
        ...developmentFindings(certificate, surroundings),
        ...nameFindings(certificate, surroundings),
        ...lengthFindings(certificate, surroundings),
        ...arnFindings(certificate, surroundings),
    ];
}

function finding(path: string, got: string, expected: string, remedy: string, reference?: string): Finding {
    return { rule: "configuration", severity: "high", path, got, expected, remedy, reference };
}

/** The pack refuses these, too, but by the stack's name, and only where it is in use. */
function developmentFindings(
    { source }: CertificateSettings,
    { path, isProduction }: CertificateSurroundings,
): Finding[] {
    return isProduction && source === "development"
        ? [
              finding(
                  `${path}.certificate.source`,
                  "development in production",
                  "a certificate whose key is in no state and whose CA devices know",
                  "take acm, imported, private or awsPrivateCa, or set environment: development",
              ),
          ]
        : [];
}

function nameFindings(certificate: CertificateSettings, around: CertificateSurroundings): Finding[] {
    const others = "subjectAlternativeNames" in certificate ? certificate.subjectAlternativeNames : [];
    const path = `${around.path}.certificate.subjectAlternativeNames`;
    const names = [around.domainName, ...others];
    return [
        ...others.flatMap((name, index) =>
            nameFinding(name, names.indexOf(name) < index + 1, `${path}[${index}]`, around),
        ),
        ...(names.length > defaultMaximumNames
            ? [
                  finding(
                      path,
                      `${names.length} names with the domain name`,
                      `at most ${defaultMaximumNames} names`,
                      "use a wildcard, or split the names over several domains",
                      "https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html",
                  ),
              ]
            : []),
    ];
}

function nameFinding(
    name: string,
    isRepeated: boolean,
    path: string,
    { hostedZone }: CertificateSurroundings,
): Finding[] {
    if (canonicalName(name) !== name) {
        const expected = "a domain name in lower case, with at most one leading *.";
        return [finding(path, JSON.stringify(name), expected, "correct it")];
    }
    if (isRepeated) {
        return [finding(path, `${name} for the second time`, "each name once", "remove it")];
    }
    return hostedZone === undefined || isWithinZone(name.replace(/^\*\./, ""), hostedZone)
        ? []
        : [
              finding(
                  path,
                  name,
                  `a name below ${hostedZone}`,
                  "remove it; the stack can prove to ACM only names of its hosted zone",
              ),
          ];
}

/** Whether ACM is to issue a certificate for the domain, be it the server's or the one that validates. */
function isIssued(certificate: CertificateSettings): boolean {
    return (
        certificate.source !== "imported" &&
        (certificate.source !== "private" || certificate.validationCertificateArns === undefined)
    );
}

function lengthFindings(certificate: CertificateSettings, { path, domainName }: CertificateSurroundings): Finding[] {
    return domainName.length > maximumCommonNameLength && isIssued(certificate)
        ? [
              finding(
                  `${path}.domainName`,
                  `${domainName.length} characters`,
                  `at most ${maximumCommonNameLength} characters for a certificate that ACM issues`,
                  "shorten it; it becomes the certificate's common name",
                  "https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html",
              ),
          ]
        : [];
}

type ArnCheck = (arn: string, region: string, path: string) => Finding[];

/** Faults of the ARN of a certificate authority of AWS Private CA, which serves its own region alone. */
function authorityArnFindings(arn: string, region: string, path: string): Finding[] {
    const parts = parseArn(arn);
    const isAuthority = parts?.service === "acm-pca" && parts.resource.startsWith("certificate-authority/");
    return isAuthority && parts.region === region
        ? []
        : [
              finding(
                  path,
                  isAuthority ? `a certificate authority in ${parts.region}` : JSON.stringify(arn.slice(0, 200)),
                  `the ARN of a certificate authority in ${region}`,
                  "use an authority of AWS Private CA in the region whose certificates it issues",
                  "https://docs.aws.amazon.com/acm/latest/userguide/gs-acm-request-private.html",
              ),
          ];
}

const arnProperties = [
    ["certificateAuthorityArns", authorityArnFindings],
    ["validationCertificateArns", certificateArnFindings],
] as const satisfies readonly (readonly [string, ArnCheck])[];

/** ARNs by region: one for each region of the stack, and for no other one. */
function arnFindings(certificate: CertificateSettings, { path, regions }: CertificateSurroundings): Finding[] {
    return arnProperties.flatMap(([property, check]) => {
        const arns = (certificate as { readonly [Name in typeof property]?: Record<string, string> })[property];
        if (arns === undefined) {
            return [];
        }
        const at = `${path}.certificate.${property}`;
        return [
            ...regions
                .filter((region) => arns[region] === undefined)
                .map((region) =>
                    finding(`${at}.${region}`, "nothing", "an ARN for each region of the stack", "add it"),
                ),
            ...Object.entries(arns).flatMap(([region, arn]) =>
                regions.length > 0 && !regions.includes(region)
                    ? [finding(`${at}.${region}`, "another region", `one of ${regions.join(", ")}`, "remove it")]
                    : check(arn, region, `${at}.${region}`),
            ),
        ];
    });
}
