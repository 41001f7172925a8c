import { domainConfiguration } from "../examples";
import { defineRule } from "../framework/rule";
import { isUnknown, quote, valueAt } from "../framework/values";
import { resourceTypes } from "../resourceTypes";

/** Advice: a domain configuration that is deployed serves. */
export const domainConfigurationEnabled = defineRule({
    name: "domain-configuration-enabled",
    title: "Status of a domain",
    description: "A domain configuration is enabled.",
    rationale:
        "Nobody can connect to a disabled domain. AWS creates every domain configuration enabled whatever the status says, so " +
        "a DISABLED takes effect with the next update only, by surprise.",
    severity: "medium",
    enforcementLevel: "advisory",
    reference: "https://docs.aws.amazon.com/iot/latest/apireference/API_UpdateDomainConfiguration.html",
    remediation: {
        code: 'status: "ENABLED"',
        cli: "aws iot update-domain-configuration --domain-configuration-name NAME --domain-configuration-status ENABLED",
        console: "AWS IoT > Connect > Domain configurations > the domain > Enable",
    },
    examples: {
        compliant: [domainConfiguration({ status: "ENABLED" })],
        violating: [domainConfiguration({ status: "DISABLED" })],
    },
    resource: {
        types: [resourceTypes.domainConfiguration],
        check: ({ properties }) => {
            const status = valueAt(properties, "status");
            return status === undefined || isUnknown(status) || status === "ENABLED"
                ? []
                : [
                      {
                          path: "status",
                          got: quote(status),
                          expected: "ENABLED",
                          remedy: "enable the domain, or delete it when it serves nobody",
                      },
                  ];
        },
    },
});
