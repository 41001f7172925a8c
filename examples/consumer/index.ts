import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { readDomains } from "../../outputs";

/**
 * What another program does with the outputs: it hands its devices what they need to connect, and watches, in every region
 * that serves the domain, whether they get in.
 */
const configuration = new pulumi.Config();
const domainKey = configuration.get("domain") ?? "telemetry";
const regions = configuration.requireObject<string[]>("regions");

const domains = readDomains(new pulumi.StackReference(configuration.require("stack")));

const domain = domains.apply((all) => {
    const found = all[domainKey];
    if (found === undefined) {
        throw new pulumi.RunError(`no domain ${domainKey} in that stack: it has ${Object.keys(all).join(", ")}`);
    }
    return found;
});

for (const region of regions) {
    new cloudwatch.MetricAlarm(`refused-connections-${region}`, {
        region,
        alarmDescription: pulumi.interpolate`Devices fail to authenticate at ${domain.domainName} in ${region}`,
        namespace: "AWS/IoT",
        metricName: "Connect.AuthError",
        dimensions: { Protocol: "MQTT" },
        statistic: "Sum",
        period: 300,
        evaluationPeriods: 3,
        threshold: 100,
        comparisonOperator: "GreaterThanThreshold",
        treatMissingData: "notBreaching",
    });
}

/** What is burnt into a device: a host name that stays, whatever happens behind it. */
export const deviceSettings = domain.apply(({ domainName, connections }) => ({
    endpoint: domainName,
    mqtt: connections.filter(({ protocol, authentication }) => protocol === "mqtt" && authentication === "x509"),
}));

/** When somebody has to look at a certificate next. */
export const firstCertificateExpiry = domain.apply(({ regions: serving }) =>
    Object.values(serving)
        .map(({ certificateExpiry }) => certificateExpiry)
        .sort()
        .at(0),
);
