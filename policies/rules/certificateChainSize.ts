import { importedCertificate } from "../examples";
import { ExampleFile, defineRule } from "../framework/rule";
import { importedCertificateCheck } from "../importedCertificates";

/** A certificate's chain is no longer than AWS IoT Core takes. */
export const certificateChainSize = defineRule({
    name: "certificate-chain-size",
    title: "Length of a chain",
    description: "An imported certificate and its chain are at most 5 certificates and 16 KB.",
    rationale:
        "AWS IoT Core serves no longer chain; ACM imports one all the same, so the fault shows only when a device connects.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html",
    remediation: {
        code: "Leave the root out of certificateChain: devices have it, and it need not be sent.",
        cli: "grep -c 'BEGIN CERTIFICATE' chain.pem",
        console: "AWS Certificate Manager > the certificate > Reimport certificate",
    },
    examples: {
        compliant: [importedCertificate()],
        violating: [importedCertificate({ certificateChain: new ExampleFile("long-chain.pem") })],
    },
    resource: importedCertificateCheck("chain-count", "chain-size"),
});
