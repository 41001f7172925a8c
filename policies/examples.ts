import { ExampleFile, type ExampleResource } from "./framework/rule";
import { resourceTypes } from "./resourceTypes";

type Properties = ExampleResource["properties"];

/** The properties of an example with others over them; what they set to `undefined` is taken away. */
function merged(properties: Properties, others: Properties): Properties {
    return Object.fromEntries(Object.entries({ ...properties, ...others }).filter(([, value]) => value !== undefined));
}

/** The certificate of {@link domainConfiguration}. */
export const certificateArn = "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";

/** A domain configuration that keeps every rule, with some properties of its own. */
export function domainConfiguration(properties: Properties = {}, name = "telemetry"): ExampleResource {
    return {
        type: resourceTypes.domainConfiguration,
        name,
        protect: true,
        properties: merged(
            {
                name: "telemetry",
                region: "eu-central-1",
                domainName: "iot.example.com",
                serviceType: "DATA",
                serverCertificateArns: [certificateArn],
                tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS13_1_3_2022_10" },
                tags: { project: "iot-domains", environment: "production" },
            },
            properties,
        ),
    };
}

/** A certificate of ACM that keeps every rule, with some properties of its own. */
export function acmCertificate(properties: Properties = {}, name = "telemetry"): ExampleResource {
    return {
        type: resourceTypes.acmCertificate,
        name,
        properties: merged(
            {
                region: "eu-central-1",
                domainName: "iot.example.com",
                validationMethod: "DNS",
                keyAlgorithm: "EC_prime256v1",
                tags: { project: "iot-domains", environment: "production" },
            },
            properties,
        ),
    };
}

/** An alarm on the expiry of {@link certificateArn} that keeps every rule, with some properties of its own. */
export function expiryAlarm(properties: Properties = {}, name = "telemetry-expiry"): ExampleResource {
    return {
        type: resourceTypes.metricAlarm,
        name,
        properties: merged(
            {
                region: "eu-central-1",
                namespace: "AWS/CertificateManager",
                metricName: "DaysToExpiry",
                dimensions: { CertificateArn: certificateArn },
                statistic: "Minimum",
                period: 86_400,
                evaluationPeriods: 1,
                comparisonOperator: "LessThanOrEqualToThreshold",
                threshold: 30,
                treatMissingData: "breaching",
                alarmActions: ["arn:aws:sns:eu-central-1:123456789012:certificate-expiry"],
                tags: { project: "iot-domains", environment: "production" },
            },
            properties,
        ),
    };
}

/** The record of the domain of {@link domainConfiguration} in a zone, with some properties of its own. */
export function domainRecord(properties: Properties = {}, name = "telemetry"): ExampleResource {
    return {
        type: resourceTypes.record,
        name,
        properties: merged(
            {
                zoneId: "Z0123456789EXAMPLE",
                name: "iot.example.com",
                type: "CNAME",
                ttl: 60,
                records: ["a1b2c3d4e5f6g7-ats.iot.eu-central-1.amazonaws.com"],
            },
            properties,
        ),
    };
}

/** A certificate that is imported from files, with some properties of its own. */
export function importedCertificate(properties: Properties = {}, name = "telemetry"): ExampleResource {
    return {
        type: resourceTypes.acmCertificate,
        name,
        properties: merged(
            {
                region: "eu-central-1",
                certificateBody: new ExampleFile("telemetry.pem"),
                certificateChain: new ExampleFile("chain.pem"),
                privateKeyWo: new ExampleFile("telemetry.key"),
                privateKeyWoVersion: 1,
                tags: { project: "iot-domains", environment: "production" },
            },
            properties,
        ),
    };
}

/** A policy for claim certificates that keeps every rule, with some properties of its own. */
export function iotPolicy(properties: Properties = {}, name = "claim"): ExampleResource {
    const arn = "arn:aws:iot:eu-central-1:123456789012";
    return {
        type: resourceTypes.iotPolicy,
        name,
        properties: merged(
            {
                region: "eu-central-1",
                name,
                policy: {
                    Version: "2012-10-17",
                    Statement: [
                        { Effect: "Allow", Action: "iot:Connect", Resource: `${arn}:client/*` },
                        {
                            Effect: "Allow",
                            Action: ["iot:Publish", "iot:Receive"],
                            Resource: [
                                `${arn}:topic/$aws/certificates/create/*`,
                                `${arn}:topic/$aws/provisioning-templates/telemetry/provision/*`,
                            ],
                        },
                        {
                            Effect: "Allow",
                            Action: "iot:Subscribe",
                            Resource: [
                                `${arn}:topicfilter/$aws/certificates/create/*`,
                                `${arn}:topicfilter/$aws/provisioning-templates/telemetry/provision/*`,
                            ],
                        },
                    ],
                },
            },
            properties,
        ),
    };
}

/** A policy for devices that keeps every rule, with some properties of its own. */
export function devicePolicyExample(properties: Properties = {}): ExampleResource {
    const arn = "arn:aws:iot:eu-central-1:123456789012";
    return iotPolicy(
        {
            policy: {
                Version: "2012-10-17",
                Statement: [
                    {
                        Effect: "Allow",
                        Action: "iot:Connect",
                        Resource: `${arn}:client/\${iot:Connection.Thing.ThingName}`,
                        Condition: { Bool: { "iot:Connection.Thing.IsAttached": "true" } },
                    },
                    {
                        Effect: "Allow",
                        Action: "iot:Publish",
                        Resource: `${arn}:topic/telemetry/\${iot:Connection.Thing.ThingName}`,
                    },
                ],
            },
            ...properties,
        },
        "device",
    );
}

/** A template for provisioning by claim that keeps every rule, with some properties of its own. */
export function provisioningTemplate(properties: Properties = {}, name = "telemetry"): ExampleResource {
    return {
        type: resourceTypes.provisioningTemplate,
        name,
        properties: merged(
            {
                region: "eu-central-1",
                name,
                type: "FLEET_PROVISIONING",
                enabled: true,
                provisioningRoleArn: "arn:aws:iam::123456789012:role/provisioning",
                preProvisioningHook: { targetArn: "arn:aws:lambda:eu-central-1:123456789012:function:hook" },
                templateBody: JSON.stringify({
                    Parameters: { SerialNumber: { Type: "String" }, "AWS::IoT::Certificate::Id": { Type: "String" } },
                    Resources: {
                        certificate: {
                            Type: "AWS::IoT::Certificate",
                            Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" }, Status: "ACTIVE" },
                        },
                        policy: { Type: "AWS::IoT::Policy", Properties: { PolicyName: "device" } },
                        thing: { Type: "AWS::IoT::Thing", Properties: { ThingName: { Ref: "SerialNumber" } } },
                    },
                }),
                tags: { project: "iot-domains", environment: "production" },
            },
            properties,
        ),
    };
}

/** The role of {@link provisioningTemplate}, with some properties of its own. */
export function provisioningRole(properties: Properties = {}, name = "provisioning"): ExampleResource {
    return {
        type: resourceTypes.role,
        name,
        properties: merged(
            {
                name,
                arn: "arn:aws:iam::123456789012:role/provisioning",
                assumeRolePolicy: JSON.stringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: { Service: "iot.amazonaws.com" },
                            Action: "sts:AssumeRole",
                            Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
                        },
                    ],
                }),
            },
            properties,
        ),
    };
}

/** A custom authorizer that keeps every rule, with some properties of its own. */
export function authorizer(properties: Properties = {}, name = "telemetry"): ExampleResource {
    return {
        type: resourceTypes.authorizer,
        name,
        properties: merged(
            {
                region: "eu-central-1",
                name,
                authorizerFunctionArn: "arn:aws:lambda:eu-central-1:123456789012:function:authorizer",
                signingDisabled: false,
                tokenKeyName: "x-token",
                tokenSigningPublicKeys: { first: new ExampleFile("token.pub") },
                tags: { project: "iot-domains", environment: "production" },
            },
            properties,
        ),
    };
}
