import { importedCertificate } from "../examples";
import { ExampleFile, defineRule } from "../framework/rule";
import { nist } from "../frameworks";
import { importedCertificateCheck } from "../importedCertificates";

/** A certificate's chain leads from the leaf's own CA upwards. */
export const certificateChainOrder = defineRule({
    name: "certificate-chain-order",
    title: "Order and signatures of a chain",
    description:
        "An imported certificate's chain is complete and in order, and every certificate is signed by the next one.",
    rationale:
        "ACM refuses some faults at the end of a deployment; others pass, and devices refuse the chain in the handshake.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-format.html",
    frameworks: [...nist("IA-5(2)")],
    remediation: {
        code: "Put the CA that signed the certificate first in certificateChain, then the CA that signed that one.",
        cli: "openssl verify -untrusted chain.pem telemetry.pem",
        console: "AWS Certificate Manager > the certificate > Reimport certificate",
    },
    examples: {
        compliant: [importedCertificate()],
        violating: [
            importedCertificate({
                certificateBody: new ExampleFile("telemetry.pem"),
                certificateChain: new ExampleFile("chain-backwards.pem"),
            }),
        ],
    },
    resource: importedCertificateCheck(
        "chain-order",
        "chain-signature",
        "chain-repeats-leaf",
        "chain-duplicate",
        "chain-link-missing",
        "chain-unrelated-certificate",
        "chain-authority-flag",
        "chain-path-length",
        "chain-key-usage",
        "chain-extended-key-usage",
        "chain-validity",
    ),
});
