import { daysBetween, daysOfWarning } from "../../rules/certificates/validity";
import { importedCertificate } from "../examples";
import { ExampleFile, defineRule } from "../framework/rule";
import { awsConfig, securityHub } from "../frameworks";
import { importedCertificate as readImportedCertificate } from "../importedCertificates";
import { resourceTypes } from "../resourceTypes";

interface RemainingSettings {
    readonly minimumDays: number;
}

/** Advice: an imported certificate has time left. */
export const certificateExpiresSoon = defineRule<RemainingSettings>({
    name: "certificate-expires-soon",
    title: "Days that a certificate has left",
    description: "An imported certificate is renewed well before it expires.",
    rationale: "ACM renews no imported certificate, and AWS IoT Core takes up to an hour to serve a new one.",
    severity: "medium",
    enforcementLevel: "advisory",
    reference: "https://docs.aws.amazon.com/acm/latest/userguide/import-reimport.html",
    frameworks: [...securityHub("ACM.1"), ...awsConfig("acm-certificate-expiration-check")],
    remediation: {
        code: "Have the certificate renewed and give the new files, with privateKeyWoVersion one higher.",
        cli: "aws acm import-certificate --certificate-arn ARN --certificate fileb://telemetry.pem --private-key fileb://telemetry.key --certificate-chain fileb://chain.pem",
        console: "AWS Certificate Manager > the certificate > Reimport certificate",
    },
    settings: {
        minimumDays: {
            type: "integer",
            minimum: 0,
            description: "Days that an imported certificate must have left.",
            default: daysOfWarning,
        },
    },
    examples: {
        compliant: [importedCertificate()],
        violating: [importedCertificate({ certificateBody: new ExampleFile("telemetry-expired.pem") })],
    },
    resource: {
        types: [resourceTypes.acmCertificate],
        check: (resource, { now, settings }) => {
            const certificate = readImportedCertificate(resource, now)?.verdict.certificate;
            if (certificate === undefined) {
                return [];
            }
            const left = daysBetween(now, certificate.validTo);
            return left >= settings.minimumDays
                ? []
                : [
                      {
                          path: "certificateBody",
                          got: left < 0 ? `a certificate that expired ${-left} days ago` : `${left} days left`,
                          expected: `at least ${settings.minimumDays} days left`,
                          remedy: "renew it and import it under the same ARN",
                      },
                  ];
        },
    },
});
