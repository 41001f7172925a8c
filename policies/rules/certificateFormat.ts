import { importedCertificate } from "../examples";
import { ExampleFile, defineRule } from "../framework/rule";
import { importedCertificateCheck } from "../importedCertificates";

/** An imported certificate is a PEM certificate of a leaf. */
export const certificateFormat = defineRule({
    name: "certificate-format",
    title: "Form of a certificate",
    description:
        "An imported certificate is one PEM block with an X.509 version 3 certificate of a server, and holds no private key.",
    rationale:
        "ACM refuses other forms, and a private key among the certificates would lie in clear text in the stack's state.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-format.html",
    remediation: {
        code: "Give the certificate, its chain and its key as three PEM texts of their own.",
        cli: "openssl x509 -in telemetry.pem -out certificate.pem",
        console: "AWS Certificate Manager > the certificate > Reimport certificate",
    },
    examples: {
        compliant: [importedCertificate()],
        violating: [importedCertificate({ certificateBody: new ExampleFile("telemetry-as-authority.pem") })],
    },
    resource: importedCertificateCheck(
        "certificate-format",
        "certificate-private-key-exposed",
        "certificate-version",
        "certificate-is-authority",
        "certificate-issuer",
        "certificate-ocsp-url",
    ),
});
