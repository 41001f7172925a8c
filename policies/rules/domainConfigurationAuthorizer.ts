import { domainConfiguration } from "../examples";
import { defineRule, type Fault } from "../framework/rule";
import { isSet, isUnknown, quote, valueAt, type Properties } from "../framework/values";
import { resourceTypes } from "../resourceTypes";

/** A domain configuration's authorizer settings belong together. */
export const domainConfigurationAuthorizer = defineRule({
    name: "domain-configuration-authorizer",
    title: "Authorizer of a domain",
    description: "A domain configuration names a default authorizer and says whether devices may choose another one.",
    rationale:
        "AWS asks for allowAuthorizerOverride where a default authorizer is named. Without a default, devices that name no " +
        "authorizer are refused, and those that do choose among all of the account's.",
    severity: "medium",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/custom-auth.html",
    remediation: {
        code: 'authorizerConfig: { defaultAuthorizerName: "telemetry", allowAuthorizerOverride: false }',
        cli: "aws iot update-domain-configuration --domain-configuration-name NAME --authorizer-config defaultAuthorizerName=telemetry,allowAuthorizerOverride=false",
        console: "AWS IoT > Connect > Domain configurations > the domain > Edit > Custom authorizer",
    },
    examples: {
        compliant: [
            domainConfiguration({
                authenticationType: "CUSTOM_AUTH",
                authorizerConfig: { defaultAuthorizerName: "telemetry", allowAuthorizerOverride: false },
            }),
        ],
        violating: [
            domainConfiguration({
                authenticationType: "CUSTOM_AUTH",
                authorizerConfig: { allowAuthorizerOverride: true },
            }),
        ],
    },
    resource: {
        types: [resourceTypes.domainConfiguration],
        check: ({ properties }) => authorizerFaults(properties),
    },
});

function authorizerFaults(properties: Properties): Fault[] {
    const override = valueAt(properties, "authorizerConfig", "allowAuthorizerOverride");
    const isNamed = isSet(properties, "authorizerConfig", "defaultAuthorizerName");
    if (override === true && !isNamed) {
        return [
            {
                path: "authorizerConfig.defaultAuthorizerName",
                got: "nothing, while devices may choose an authorizer",
                expected: "the name of the authorizer for devices that choose none",
                remedy: "name a default authorizer, or do not let devices choose",
            },
        ];
    }
    if (isNamed && !isUnknown(override) && typeof override !== "boolean") {
        return [
            {
                path: "authorizerConfig.allowAuthorizerOverride",
                got: quote(override),
                expected: "true or false",
                remedy: "say whether devices may choose another authorizer than the default",
            },
        ];
    }
    return [];
}
