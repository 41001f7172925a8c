import { unknownList, unknownObject, unknownText } from "./packProcess";
import { domainConfiguration } from "./resources";
import { describeRules } from "./ruleTable";

const authorizer = (authorizerConfig: unknown, authenticationType: unknown = "CUSTOM_AUTH") =>
    domainConfiguration({ authorizerConfig, authenticationType });

describeRules("policies on how a domain authenticates and stays", {
    "domain-configuration-authorizer": {
        "accepts none": { resources: [domainConfiguration()] },
        "accepts a default that devices may override": {
            resources: [authorizer({ defaultAuthorizerName: "telemetry", allowAuthorizerOverride: true })],
        },
        "refuses an override without a default": {
            resources: [authorizer({ allowAuthorizerOverride: true })],
            violations: [/defaultAuthorizerName: .*got nothing, while devices may choose/],
        },
        "refuses a default that does not say whether it can be overridden": {
            resources: [authorizer({ defaultAuthorizerName: "telemetry" })],
            violations: [/allowAuthorizerOverride: expected true or false, got nothing/],
        },
        "takes a name that is not known yet for a name": {
            resources: [authorizer({ defaultAuthorizerName: unknownText, allowAuthorizerOverride: true })],
        },
        "waits for settings that are not known yet": { resources: [authorizer(unknownObject)] },
    },
    "domain-configuration-authentication": {
        "accepts certificates over MQTT": {
            resources: [domainConfiguration({ authenticationType: "AWS_X509", applicationProtocol: "SECURE_MQTT" })],
        },
        "accepts AWS's defaults": { resources: [domainConfiguration()] },
        "accepts custom authentication with an authorizer": {
            resources: [authorizer({ defaultAuthorizerName: "telemetry", allowAuthorizerOverride: false })],
        },
        "refuses custom authentication without an authorizer": {
            resources: [authorizer(undefined), authorizer({ allowAuthorizerOverride: false }, "CUSTOM_AUTH_X509")],
            violations: [/the authentication type is CUSTOM_AUTH,/, /the authentication type is CUSTOM_AUTH_X509,/],
        },
        "refuses an authorizer that is never asked": {
            resources: [authorizer({ defaultAuthorizerName: "telemetry" }, "AWS_X509")],
            violations: [/expected none, for the authentication type is AWS_X509/],
        },
        "refuses values that AWS does not have": {
            resources: [domainConfiguration({ authenticationType: "X509", applicationProtocol: "MQTT" })],
            violations: [/authenticationType: .*got "X509"/, /applicationProtocol: .*got "MQTT"/],
        },
        "judges the protocol while the type is not known yet": {
            resources: [domainConfiguration({ authenticationType: unknownText, applicationProtocol: "MQTT" })],
            violations: [/applicationProtocol/],
        },
        "waits for an authorizer that is not known yet": { resources: [authorizer(unknownObject)] },
    },
    "domain-configuration-enabled": {
        "accepts ENABLED and none": {
            resources: [domainConfiguration({ status: "ENABLED" }), domainConfiguration()],
        },
        "advises against DISABLED": {
            resources: [domainConfiguration({ status: "DISABLED" })],
            violations: [/expected ENABLED, got "DISABLED"/],
        },
        "waits for a status that is not known yet": { resources: [domainConfiguration({ status: unknownText })] },
    },
    "domain-configuration-protected": {
        "accepts a protected domain": { resources: [domainConfiguration({}, { protect: true })] },
        "advises to protect a production domain": {
            resources: [domainConfiguration({}, { protect: false })],
            violations: [/options\.protect: expected true, got false/],
        },
        "leaves other stacks alone": { resources: [domainConfiguration({}, { protect: false, stack: "dev" })] },
        "judges a domain of which nothing is known yet": {
            resources: [
                domainConfiguration(
                    { name: unknownText, domainName: unknownText, serverCertificateArns: unknownList },
                    { protect: false },
                ),
            ],
            violations: [/options\.protect/],
        },
        "takes production's names from its setting": {
            resources: [domainConfiguration({}, { protect: false, stack: "live" })],
            settings: { stacks: ["live"] },
            violations: [/protect/],
        },
    },
    "domain-configuration-unique": {
        "accepts a domain in two regions": {
            resources: [
                domainConfiguration({}, { name: "eu" }),
                domainConfiguration({ region: "us-east-1" }, { name: "us" }),
            ],
        },
        "refuses a domain twice in a region, in whatever case": {
            resources: [
                domainConfiguration({}, { name: "first" }),
                domainConfiguration({ domainName: "IOT.example.com." }, { name: "second" }),
            ],
            violations: [/got iot\.example\.com a second time in eu-central-1, after first/],
        },
        "waits for regions and names that are not known yet": {
            resources: [
                domainConfiguration({ region: unknownText }, { name: "first" }),
                domainConfiguration({ region: unknownText }, { name: "second" }),
                domainConfiguration({ domainName: unknownText }, { name: "third" }),
            ],
        },
        "finds the second one beside one that is not known yet": {
            resources: [
                domainConfiguration(
                    { domainName: unknownText, serverCertificateArns: unknownList },
                    { name: "unknown" },
                ),
                domainConfiguration({}, { name: "first" }),
                domainConfiguration({}, { name: "second" }),
            ],
            violations: [/after first/],
        },
    },
});
