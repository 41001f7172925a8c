import { importedCertificate } from "../examples";
import { ExampleFile, defineRule } from "../framework/rule";
import { isSet } from "../framework/values";
import { nist } from "../frameworks";
import { resourceTypes } from "../resourceTypes";

/** A private key stands in the stack's state at most as an encrypted input. */
export const certificatePrivateKeyWriteOnly = defineRule({
    name: "certificate-private-key-write-only",
    title: "Private key in the state",
    description:
        "An imported certificate's private key is handed over write-only, and so not kept among the resource's outputs.",
    rationale:
        "What is given as privateKey stands in the state twice, among the inputs and the outputs, and whoever can decrypt the " +
        "state can be the server. privateKeyWo is never read back from it: Pulumi keeps it as an encrypted input alone, which " +
        "goes when the input goes.",
    severity: "high",
    enforcementLevel: "mandatory",
    presets: { development: "advisory" },
    reference: "https://www.pulumi.com/registry/packages/aws/api-docs/acm/certificate/",
    frameworks: [...nist("IA-5(7)", "SC-12")],
    remediation: {
        code: 'privateKeyWo: config.requireSecret("privateKey"), privateKeyWoVersion: 1',
        cli: "pulumi config set --secret privateKey < telemetry.key",
        console:
            "AWS Certificate Manager > Import certificate: the key goes to AWS alone, and the certificate is out of Pulumi's hands",
    },
    examples: {
        compliant: [importedCertificate()],
        violating: [
            importedCertificate({
                privateKey: new ExampleFile("telemetry.key"),
                privateKeyWo: undefined,
                privateKeyWoVersion: undefined,
            }),
        ],
    },
    resource: {
        types: [resourceTypes.acmCertificate],
        check: ({ properties }) => {
            if (!isSet(properties, "privateKey")) {
                return [];
            }
            return [
                {
                    path: "privateKey",
                    got: "a private key that is kept among the inputs and the outputs in the state",
                    expected: "privateKeyWo with privateKeyWoVersion",
                    remedy: "move the key to privateKeyWo and raise privateKeyWoVersion with each new key",
                },
            ];
        },
    },
});
