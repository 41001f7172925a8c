import { importedCertificate } from "../examples";
import { ExampleFile, defineRule } from "../framework/rule";
import { importedCertificateCheck } from "../importedCertificates";

/** An imported certificate is one for TLS servers. */
export const certificateExtendedKeyUsage = defineRule({
    name: "certificate-extended-key-usage",
    title: "Purpose of a certificate",
    description: "An imported certificate has the extended key usage serverAuth and a key usage that TLS can use.",
    rationale: "AWS IoT Core marks a certificate without it INVALID and goes on to serve the last valid one, or none.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html",
    remediation: {
        code: "Have the certificate issued with the extended key usage serverAuth (1.3.6.1.5.5.7.3.1) and import that one.",
        cli: "openssl x509 -in telemetry.pem -noout -ext extendedKeyUsage,keyUsage",
        console: "AWS Certificate Manager > the certificate > Reimport certificate",
    },
    examples: {
        compliant: [importedCertificate()],
        violating: [importedCertificate({ certificateBody: new ExampleFile("telemetry-client-only.pem") })],
    },
    resource: importedCertificateCheck("certificate-extended-key-usage", "certificate-key-usage"),
});
