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
