import { importedCertificate } from "../examples";
import { ExampleFile, defineRule } from "../framework/rule";
import { importedCertificateCheck } from "../importedCertificates";

/** An imported certificate comes with its own private key. */
export const certificatePrivateKeyMatch = defineRule({
    name: "certificate-private-key-match",
    title: "Key of a certificate",
    description: "An imported certificate's private key is its own, unencrypted and at most 5 KB.",
    rationale: "ACM refuses another key, an encrypted one and a larger one when it imports the certificate.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-prerequisites.html",
    remediation: {
        code: 'privateKeyWo: config.requireSecret("privateKey"), privateKeyWoVersion: 2',
        cli: "aws acm import-certificate --certificate-arn ARN --certificate fileb://telemetry.pem --private-key fileb://telemetry.key --certificate-chain fileb://chain.pem",
        console: "AWS Certificate Manager > the certificate > Reimport certificate",
    },
    examples: {
        compliant: [importedCertificate()],
        violating: [importedCertificate({ privateKeyWo: new ExampleFile("other.key") })],
    },
    resource: importedCertificateCheck(
        "private-key-match",
        "private-key-size",
        "private-key-format",
        "private-key-encrypted",
    ),
});
