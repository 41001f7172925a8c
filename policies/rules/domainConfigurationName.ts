import { nameFindings } from "../../rules/domainConfigurations";
import { domainConfiguration } from "../examples";
import { defineRule } from "../framework/rule";
import { knownTextAt } from "../framework/values";
import { resourceTypes } from "../resourceTypes";

/** A domain configuration has a name that AWS takes. */
export const domainConfigurationName = defineRule({
    name: "domain-configuration-name",
    title: "Name of a domain configuration",
    description: "A domain configuration's name has 1 to 128 letters, digits, underscores, dots or hyphens.",
    rationale:
        "AWS refuses other names, and names that begin with IoT: belong to its own endpoints; a change replaces the domain.",
    severity: "medium",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/iot/latest/apireference/API_CreateDomainConfiguration.html",
    remediation: {
        code: 'name: "telemetry"',
        cli: "aws iot create-domain-configuration --domain-configuration-name telemetry ...",
        console: "AWS IoT > Connect > Domain configurations > Create domain configuration > Domain configuration name",
    },
    examples: {
        compliant: [domainConfiguration()],
        violating: [domainConfiguration({ name: "IoT:telemetry" })],
    },
    resource: {
        types: [resourceTypes.domainConfiguration],
        check: ({ properties }) => {
            const name = knownTextAt(properties, "name");
            return name === undefined ? [] : nameFindings(name, "name");
        },
    },
});
