import { acmCertificate } from "../examples";
import { defineRule } from "../framework/rule";
import { isSet, isUnknown, quote, valueAt } from "../framework/values";
import { resourceTypes } from "../resourceTypes";

/** A certificate of ACM is validated in a way that lets ACM renew it. */
export const certificateValidationMethod = defineRule({
    name: "certificate-validation-method",
    title: "Validation of a certificate",
    description: "A public certificate of ACM is validated by DNS.",
    rationale:
        "ACM renews a certificate by itself as long as its DNS record stands. One that is validated by e-mail waits for " +
        "somebody to answer, each time.",
    severity: "medium",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html",
    remediation: {
        code: 'validationMethod: "DNS"',
        cli: "aws acm request-certificate --domain-name DOMAIN --validation-method DNS",
        console: "AWS Certificate Manager > Request certificate > Validation method: DNS validation",
    },
    examples: {
        compliant: [acmCertificate()],
        violating: [acmCertificate({ validationMethod: "EMAIL" })],
    },
    resource: {
        types: [resourceTypes.acmCertificate],
        check: ({ properties }) => {
            const isPublic = !isSet(properties, "certificateBody") && !isSet(properties, "certificateAuthorityArn");
            const method = valueAt(properties, "validationMethod");
            return !isPublic || isUnknown(method) || method === "DNS"
                ? []
                : [
                      {
                          path: "validationMethod",
                          got: quote(method),
                          expected: "DNS",
                          remedy: "validate by DNS, so that ACM renews the certificate by itself",
                      },
                  ];
        },
    },
});
