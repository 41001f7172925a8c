"use strict";
// The CDK app that previews are compared with: a certificate, a domain configuration, a health check, a record and an alarm
// for each of PAIRS domains. Plain JavaScript, which is how CDK synthesizes fastest. It runs in a folder that has aws-cdk-lib.
const { App, Stack, aws_certificatemanager, aws_iot, aws_route53, aws_cloudwatch } = require("aws-cdk-lib");

const app = new App({ outdir: process.env.OUT });
const endpoint = "a1b2c3d4e5f6g7-ats.iot.eu-central-1.amazonaws.com";
/** CloudFormation ends at 500 resources a stack. */
const pairsInAStack = 90;

let stack;
for (let index = 0; index < Number(process.env.PAIRS); index++) {
    if (index % pairsInAStack === 0) {
        stack = new Stack(app, `Stack${index / pairsInAStack}`);
    }
    const domainName = `device-${index}.example.com`;
    const certificate = new aws_certificatemanager.CfnCertificate(stack, `Certificate${index}`, {
        domainName,
        validationMethod: "DNS",
    });
    new aws_iot.CfnDomainConfiguration(stack, `Domain${index}`, {
        domainName,
        serverCertificateArns: [certificate.ref],
        serviceType: "DATA",
        tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS13_1_3_2022_10" },
    });
    const check = new aws_route53.CfnHealthCheck(stack, `Check${index}`, {
        healthCheckConfig: { type: "TCP", port: 8883, fullyQualifiedDomainName: endpoint },
    });
    new aws_route53.CfnRecordSet(stack, `Record${index}`, {
        hostedZoneId: "Z0123456789EXAMPLE",
        name: domainName,
        type: "CNAME",
        ttl: "60",
        setIdentifier: "eu-central-1",
        region: "eu-central-1",
        healthCheckId: check.ref,
        resourceRecords: [endpoint],
    });
    new aws_cloudwatch.CfnAlarm(stack, `Alarm${index}`, {
        namespace: "AWS/CertificateManager",
        metricName: "DaysToExpiry",
        dimensions: [{ name: "CertificateArn", value: certificate.ref }],
        statistic: "Minimum",
        period: 86400,
        evaluationPeriods: 1,
        comparisonOperator: "LessThanOrEqualToThreshold",
        threshold: 30,
    });
}
app.synth();
