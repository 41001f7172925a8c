import { importedCertificate } from "../examples";
import { ExampleFile, defineRule } from "../framework/rule";
import { awsConfig, securityHub } from "../frameworks";
import { importedCertificateCheck } from "../importedCertificates";

/** An imported certificate is valid today. */
export const certificateValidity = defineRule({
    name: "certificate-validity",
    title: "Validity of a certificate",
    description: "An imported certificate is within its validity.",
    rationale:
        "ACM refuses to import a certificate that is not valid yet or any longer, and devices refuse to connect to one.",
    severity: "critical",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-prerequisites.html",
    frameworks: [...securityHub("ACM.1"), ...awsConfig("acm-certificate-expiration-check")],
    remediation: {
        code: "Have the certificate renewed and import the new one under the same ARN.",
        cli: "aws acm import-certificate --certificate-arn ARN --certificate fileb://telemetry.pem --private-key fileb://telemetry.key --certificate-chain fileb://chain.pem",
        console: "AWS Certificate Manager > the certificate > Reimport certificate",
    },
    examples: {
        compliant: [importedCertificate()],
        violating: [importedCertificate({ certificateBody: new ExampleFile("telemetry-expired.pem") })],
    },
    resource: importedCertificateCheck("certificate-validity"),
});
