import { acmCertificate } from "../examples";
import { defineRule } from "../framework/rule";
import { nist } from "../frameworks";
import { resourceTypes } from "../resourceTypes";
import { isInStack, productionStacks } from "../stacks";

interface ProductionSettings {
    readonly stacks: readonly string[];
}

/** Production has no keys that Pulumi made. */
export const developmentCertificate = defineRule<ProductionSettings>({
    name: "development-certificate",
    title: "Development certificates in production",
    description: "A production stack makes no private keys and certificates of its own.",
    rationale:
        "What the tls provider makes lies in the stack's state with its private key, is trusted by nobody else and is not " +
        "renewed before somebody deploys.",
    severity: "high",
    enforcementLevel: "mandatory",
    presets: { development: "disabled" },
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html",
    frameworks: [...nist("SC-17", "IA-5(7)")],
    remediation: {
        code: 'new aws.acm.Certificate("telemetry", { domainName: "iot.example.com", validationMethod: "DNS" })',
        cli: "aws acm request-certificate --domain-name iot.example.com --validation-method DNS",
        console: "AWS Certificate Manager > Request certificate",
    },
    settings: { stacks: productionStacks },
    examples: {
        compliant: [acmCertificate()],
        violating: [
            {
                type: resourceTypes.tlsPrivateKey,
                name: "telemetry",
                properties: { algorithm: "ECDSA", ecdsaCurve: "P256" },
            },
        ],
    },
    resource: {
        types: [
            resourceTypes.tlsPrivateKey,
            resourceTypes.tlsSelfSignedCertificate,
            resourceTypes.tlsLocallySignedCertificate,
        ],
        check: (resource, { settings }) =>
            isInStack(resource, settings.stacks)
                ? [
                      {
                          path: resource.name,
                          got: "a resource of the tls provider",
                          expected: "certificates of a CA, and keys that no state holds",
                          remedy: "request the certificate from ACM, or import one with privateKeyWo",
                      },
                  ]
                : [],
    },
});
