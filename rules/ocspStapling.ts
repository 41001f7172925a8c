import { certificateArnFindings } from "./domainConfigurations";
import type { Finding } from "./finding";
import { functionArnFindings } from "./provisioning/lambdaFunctions";
import { partitionOf } from "./regions";

const guide = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-cert-config.html";

/**
 * How long the ARN of a responder's function may be.
 *
 * @see https://docs.aws.amazon.com/iot/latest/apireference/API_ServerCertificateConfig.html
 */
export const longestResponderArn = 140;

/** What a stack says of the OCSP stapling of a domain; ARNs by region, for nothing of it leaves its region. */
export interface StaplingSettings {
    readonly enableOCSPCheck: boolean;
    readonly ocspLambdaArn?: Readonly<Record<string, string>>;
    readonly ocspAuthorizedResponderArn?: Readonly<Record<string, string>>;
}

/** What is stapled to. */
export interface StapledDomain {
    readonly regions: readonly string[];
    /** Whether the stack makes the certificate and its CA by itself: no OCSP responder knows of it then. */
    readonly ownAuthority: boolean;
}

/** Faults of the OCSP stapling of a domain. */
export function staplingFindings(settings: StaplingSettings, domain: StapledDomain, path: string): Finding[] {
    const { ocspLambdaArn, ocspAuthorizedResponderArn } = settings;
    return [
        ...(settings.enableOCSPCheck ? availabilityFindings(settings, domain, path) : []),
        ...(ocspLambdaArn === undefined ? [] : responderFindings(ocspLambdaArn, domain.regions, path)),
        ...(ocspAuthorizedResponderArn === undefined
            ? []
            : signerFindings(ocspAuthorizedResponderArn, domain.regions, `${path}.ocspAuthorizedResponderArn`)),
    ];
}

/** Faults of the OCSP stapling of a domain that a certificate without a CA shows. */
export function selfSignedStaplingFindings(settings: StaplingSettings | undefined, path: string): Finding[] {
    return settings?.enableOCSPCheck === true
        ? [
              finding("ocsp-stapling-certificate", `${path}.enableOCSPCheck`, {
                  got: "true with a self-signed certificate, of which AWS IoT Core staples nothing",
                  expected: "a certificate of a CA, which can revoke it",
                  remedy: "leave serverCertificateConfig out, or have a CA issue the certificate",
              }),
          ]
        : [];
}

function finding(rule: string, path: string, words: Pick<Finding, "got" | "expected" | "remedy">): Finding {
    return { rule, severity: "high", path, ...words, reference: guide };
}

function availabilityFindings(settings: StaplingSettings, { regions, ownAuthority }: StapledDomain, path: string) {
    const withoutStapling = regions.filter((region) => partitionOf(region) === "aws-us-gov");
    return [
        ...withoutStapling.map((region) =>
            finding("ocsp-stapling-region", `${path}.enableOCSPCheck`, {
                got: `true with the region ${region}`,
                expected: "regions outside AWS GovCloud (US), which has no OCSP stapling",
                remedy: "leave serverCertificateConfig out of this stack",
            }),
        ),
        ...(ownAuthority && settings.ocspLambdaArn === undefined
            ? [
                  finding("ocsp-stapling-certificate", `${path}.enableOCSPCheck`, {
                      got: "true with a development certificate, of which no OCSP responder knows",
                      expected: "a certificate whose CA answers OCSP requests",
                      remedy: "take certificate.source acm, imported, private or awsPrivateCa, or give ocspLambdaArn",
                  }),
              ]
            : []),
    ];
}

function responderFindings(arns: Readonly<Record<string, string>>, regions: readonly string[], path: string) {
    return [
        ...functionArnFindings(arns, regions, `${path}.ocspLambdaArn`),
        ...Object.entries(arns)
            .filter(([, arn]) => arn.length > longestResponderArn)
            .map(([region, arn]) =>
                finding("ocsp-responder-length", `${path}.ocspLambdaArn.${region}`, {
                    got: `${arn.length} characters`,
                    expected: `at most ${longestResponderArn} characters`,
                    remedy: "give the function, its version or its alias a shorter name",
                }),
            ),
    ];
}

function signerFindings(arns: Readonly<Record<string, string>>, regions: readonly string[], path: string): Finding[] {
    return [
        ...Object.entries(arns).flatMap(([region, arn]) => certificateArnFindings(arn, region, `${path}.${region}`)),
        ...regions
            .filter((region) => arns[region] === undefined)
            .map((region) =>
                finding("ocsp-responder-certificate", `${path}.${region}`, {
                    got: "nothing",
                    expected: `the ARN of the responder's certificate in ACM in ${region}`,
                    remedy: "import the certificate in each region of the stack, and give each ARN",
                }),
            ),
    ];
}
