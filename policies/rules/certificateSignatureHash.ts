import { importedCertificate } from "../examples";
import { ExampleFile, defineRule } from "../framework/rule";
import { nist } from "../frameworks";
import { importedCertificateCheck } from "../importedCertificates";

/** A certificate and its chain are signed with a hash that clients trust. */
export const certificateSignatureHash = defineRule({
    name: "certificate-signature-hash",
    title: "Signature of a certificate",
    description:
        "An imported certificate and its chain are signed with SHA-256 or better, by a key of the same family.",
    rationale:
        "TLS libraries refuse SHA-1 and MD5 signatures, and ACM refuses a leaf whose key differs in kind from its CA's.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-prerequisites.html",
    frameworks: [...nist("SC-13", "SC-17")],
    remediation: {
        code: "Have the certificate issued anew with SHA-256 or better.",
        cli: "openssl x509 -in telemetry.pem -noout -text | grep 'Signature Algorithm'",
        console: "AWS Certificate Manager > the certificate > Reimport certificate",
    },
    examples: {
        compliant: [importedCertificate()],
        violating: [importedCertificate({ certificateBody: new ExampleFile("telemetry-sha1.pem") })],
    },
    resource: importedCertificateCheck(
        "certificate-signature-hash",
        "chain-signature-hash",
        "certificate-signer-key-algorithm",
    ),
});
