import { domainNameFindings } from "../../rules/domainNames";
import { domainConfiguration } from "../examples";
import { defineRule } from "../framework/rule";
import { knownTextAt } from "../framework/values";
import { resourceTypes } from "../resourceTypes";

/** A domain configuration has a domain name to which devices can connect. */
export const domainName = defineRule({
    name: "domain-name",
    title: "Domain name",
    description: "A domain configuration's domain name is fully qualified, in lower case and no wildcard.",
    rationale:
        "Devices send the name in the TLS handshake, where it must be equal to the configured one; a change replaces the domain.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html",
    remediation: {
        code: 'domainName: "iot.example.com"',
        cli: "aws iot create-domain-configuration --domain-name iot.example.com ...",
        console: "AWS IoT > Connect > Domain configurations > Create domain configuration > Domain name",
    },
    examples: {
        compliant: [domainConfiguration()],
        violating: [domainConfiguration({ domainName: "*.example.com" })],
    },
    resource: {
        types: [resourceTypes.domainConfiguration],
        check: ({ properties }) => {
            const name = knownTextAt(properties, "domainName");
            return name === undefined ? [] : domainNameFindings(name, "domainName");
        },
    },
});
