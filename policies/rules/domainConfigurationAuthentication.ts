import { authenticationTypes, applicationProtocols } from "../../rules/domainConfigurations";
import { domainConfiguration } from "../examples";
import { defineRule, type Fault } from "../framework/rule";
import { isSet, isUnknown, quote, valueAt, type Properties } from "../framework/values";
import { resourceTypes } from "../resourceTypes";

/** A domain configuration's authentication type fits its authorizer. */
export const domainConfigurationAuthentication = defineRule({
    name: "domain-configuration-authentication",
    title: "Authentication of a domain",
    description: "A domain configuration's authentication type and protocol are ones of AWS's, and fit its authorizer.",
    rationale:
        "A domain for custom authentication refuses every device that names no authorizer unless it has a default one; a domain " +
        "for certificates or SigV4 alone never asks an authorizer.",
    severity: "medium",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/iot-endpoints-auth-config.html",
    remediation: {
        code: 'authenticationType: "AWS_X509", applicationProtocol: "SECURE_MQTT"',
        cli: "aws iot update-domain-configuration --domain-configuration-name NAME --authentication-type AWS_X509 --application-protocol SECURE_MQTT",
        console: "AWS IoT > Connect > Domain configurations > the domain > Edit > Authentication type",
    },
    examples: {
        compliant: [domainConfiguration({ authenticationType: "AWS_X509", applicationProtocol: "SECURE_MQTT" })],
        violating: [domainConfiguration({ authenticationType: "CUSTOM_AUTH", applicationProtocol: "SECURE_MQTT" })],
    },
    resource: {
        types: [resourceTypes.domainConfiguration],
        check: ({ properties }) => [
            ...enumerationFaults(properties, "authenticationType", authenticationTypes),
            ...enumerationFaults(properties, "applicationProtocol", applicationProtocols),
            ...fitFaults(properties),
        ],
    },
});

function enumerationFaults(properties: Properties, path: string, values: readonly string[]): Fault[] {
    const value = valueAt(properties, path);
    return value === undefined || isUnknown(value) || (typeof value === "string" && values.includes(value))
        ? []
        : [{ path, got: quote(value), expected: `one of ${values.join(", ")}`, remedy: "use one of AWS's values" }];
}

const custom = ["CUSTOM_AUTH", "CUSTOM_AUTH_X509"];
const withoutAuthorizer = ["AWS_X509", "AWS_SIGV4"];

function fitFaults(properties: Properties): Fault[] {
    const type = valueAt(properties, "authenticationType");
    const config = valueAt(properties, "authorizerConfig");
    if (typeof type !== "string" || isUnknown(config)) {
        return [];
    }
    const isNamed = isSet(properties, "authorizerConfig", "defaultAuthorizerName");
    if (custom.includes(type) && !isNamed) {
        return [
            {
                path: "authorizerConfig.defaultAuthorizerName",
                got: "nothing",
                expected: `an authorizer, for the authentication type is ${type}`,
                remedy: "name the authorizer that devices are judged by",
            },
        ];
    }
    return withoutAuthorizer.includes(type) && isNamed
        ? [
              {
                  path: "authorizerConfig.defaultAuthorizerName",
                  got: "an authorizer",
                  expected: `none, for the authentication type is ${type}`,
                  remedy: "take the authorizer away, or choose CUSTOM_AUTH or CUSTOM_AUTH_X509",
              },
          ]
        : [];
}
