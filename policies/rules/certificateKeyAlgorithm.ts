import { keyAlgorithmFindings } from "../../rules/serverCertificates";
import { acmCertificate } from "../examples";
import { defineRule } from "../framework/rule";
import { knownTextAt } from "../framework/values";
import { awsConfig, nist, securityHub } from "../frameworks";
import { importedCertificateFindings } from "../importedCertificates";
import { resourceTypes } from "../resourceTypes";

/** A certificate of ACM has a key that AWS IoT Core can serve. */
export const certificateKeyAlgorithm = defineRule({
    name: "certificate-key-algorithm",
    title: "Key algorithm of a certificate",
    description: "A certificate of ACM has an RSA 2048 or ECDSA P-256 key.",
    rationale:
        "ACM issues certificates with larger keys too, and AWS IoT Core marks them INVALID: the domain is never served.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html",
    frameworks: [...securityHub("ACM.2"), ...awsConfig("acm-certificate-rsa-check"), ...nist("SC-13")],
    remediation: {
        code: 'keyAlgorithm: "EC_prime256v1"',
        cli: "aws acm request-certificate --domain-name DOMAIN --validation-method DNS --key-algorithm EC_prime256v1",
        console: "AWS Certificate Manager > Request certificate > Key algorithm: ECDSA P 256",
    },
    examples: {
        compliant: [acmCertificate()],
        violating: [acmCertificate({ keyAlgorithm: "EC_secp384r1" })],
    },
    resource: {
        types: [resourceTypes.acmCertificate],
        check: (resource, { now }) => {
            const algorithm = knownTextAt(resource.properties, "keyAlgorithm");
            return [
                ...(algorithm === undefined ? [] : keyAlgorithmFindings(algorithm, "keyAlgorithm")),
                ...importedCertificateFindings(resource, now, ["certificate-key-algorithm"]),
            ];
        },
    },
});
