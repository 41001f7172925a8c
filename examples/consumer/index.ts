import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { parseDomains, parseProvisioning, readDomains, type DomainOutput } from "../../outputs";

/**
 * What another program does with the outputs: it hands its devices what they need to connect, and watches in every region
 * whether Route 53 sends devices there, whether they get in, and whether new ones are provisioned.
 */
const configuration = new pulumi.Config();
const domainKey = configuration.get("domain") ?? "telemetry";
const stack = new pulumi.StackReference(configuration.require("stack"));

function domainOf(domains: Record<string, DomainOutput>): DomainOutput {
    const found = domains[domainKey];
    if (found === undefined) {
        throw new pulumi.RunError(`no domain ${domainKey} in that stack: it has ${Object.keys(domains).join(", ")}`);
    }
    return found;
}

/** An output as a plain value: which alarms there are depends on it, and an `Output` cannot decide that. */
async function known(name: string): Promise<unknown> {
    const { value, secretValue } = await stack.getOutputDetails(name);
    return (value ?? secretValue) as unknown;
}

interface Watched {
    readonly region: string;
    readonly description: string;
    readonly namespace: string;
    readonly metricName: string;
    readonly dimensions: Record<string, string>;
    readonly statistic: string;
    readonly comparisonOperator: string;
    readonly threshold: number;
    readonly treatMissingData: string;
}

const whenMoreThan = (threshold: number) => ({
    statistic: "Sum",
    comparisonOperator: "GreaterThanThreshold",
    threshold,
    treatMissingData: "notBreaching",
});

const watch = (name: string, { description, ...metric }: Watched) =>
    new cloudwatch.MetricAlarm(name, {
        alarmDescription: description,
        period: 300,
        evaluationPeriods: 3,
        ...metric,
    });

export = async () => {
    const source = `stack ${configuration.require("stack")}`;
    const { domainName, regions, routing } = domainOf(parseDomains(await known("domains"), source));
    const given = await known("provisioning");
    // Absent where the stack leaves provisioning to others.
    const provisioning = given === undefined ? undefined : parseProvisioning(given, source);
    const templateName = Object.values(provisioning?.claimBundles ?? {}).at(0)?.templateName;

    for (const [region, { healthCheckId }] of Object.entries(regions)) {
        watch(`refused-connections-${region}`, {
            region,
            description: `Devices fail to authenticate at ${domainName} in ${region}`,
            namespace: "AWS/IoT",
            metricName: "Connect.AuthError",
            dimensions: { Protocol: "MQTT" },
            ...whenMoreThan(100),
        });
        if (healthCheckId !== undefined) {
            watch(`unhealthy-${region}`, {
                // Route 53 has its metrics there, wherever the endpoint is.
                region: "us-east-1",
                description: `Route 53 leads the devices of ${domainName} away from ${region}`,
                namespace: "AWS/Route53",
                metricName: "HealthCheckStatus",
                dimensions: { HealthCheckId: healthCheckId },
                statistic: "Minimum",
                comparisonOperator: "LessThanThreshold",
                threshold: 1,
                treatMissingData: "breaching",
            });
        }
        if (templateName !== undefined && provisioning?.regions[region]?.claim !== undefined) {
            watch(`unprovisioned-${region}`, {
                region,
                description: `Devices that claim by ${templateName} in ${region} are not provisioned`,
                namespace: "AWS/IoT",
                metricName: "RegisterThingFailed",
                dimensions: { TemplateName: templateName },
                ...whenMoreThan(10),
            });
        }
    }

    // What is only handed on may stay an `Output`.
    const domain = readDomains(stack).apply(domainOf);
    return {
        /** What is burnt into a device: a host name that stays, whatever happens behind it. */
        deviceSettings: domain.apply(({ connections }) => ({
            endpoint: domainName,
            mqtt: connections.filter(
                ({ protocol, authentication }) => protocol === "mqtt" && authentication === "x509",
            ),
        })),
        /** When somebody has to look at a certificate next. */
        firstCertificateExpiry: domain.apply(({ regions: serving }) =>
            Object.values(serving)
                .map(({ certificateExpiry }) => certificateExpiry)
                .sort()
                .at(0),
        ),
        /** Where devices go when a region is unhealthy, for those who are called then. */
        standIns: routing !== undefined && "fallbacks" in routing ? routing.fallbacks : {},
    };
};
