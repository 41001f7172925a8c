import { importedCertificate } from "../examples";
import { ExampleFile, defineRule } from "../framework/rule";
import { isSet } from "../framework/values";
import { resourceTypes } from "../resourceTypes";

/** A private key does not lie in the stack's state. */
export const certificatePrivateKeyWriteOnly = defineRule({
    name: "certificate-private-key-write-only",
    title: "Private key in the state",
    description:
        "An imported certificate's private key is handed over write-only, so it never lies in the stack's state.",
    rationale:
        "What is given as privateKey is kept in the state for good, and whoever can read the state can be the server. " +
        "privateKeyWo reaches AWS and nothing else.",
    severity: "high",
    enforcementLevel: "mandatory",
    presets: { development: "advisory" },
    reference: "https://www.pulumi.com/registry/packages/aws/api-docs/acm/certificate/",
    remediation: {
        code: 'privateKeyWo: config.requireSecret("privateKey"), privateKeyWoVersion: 1',
        cli: "pulumi config set --secret privateKey < telemetry.key",
        console: "The console keeps no state; what it imports is out of Pulumi's hands.",
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
                    got: "a private key that is kept in the state",
                    expected: "privateKeyWo with privateKeyWoVersion",
                    remedy: "move the key to privateKeyWo and raise privateKeyWoVersion with each new key",
                },
            ];
        },
    },
});
