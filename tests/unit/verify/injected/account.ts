import { domainName } from "../../dataPlane/world";
import { update, healthCheck, hour, withAnswers, type InjectedFault } from "../injection";
import { region } from "../situation";

/** Faults of what AWS says. */
export const accountFaults: readonly InjectedFault[] = [
    {
        title: "a security policy that somebody changed, with AWS's word on it",
        inject: update({ tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS13_1_3_2022_10" } }),
        rules: ["domain-configuration-changed"],
        remedy: /pulumi refresh/,
    },
    {
        title: "a certificate that AWS calls INVALID, so that the one before is served",
        imported: { days: 30 },
        inject: async (situation) => {
            const renewed = { days: 90, names: [domainName, "more.example.com"] as [string, string] };
            await situation.importCertificate(renewed, situation.regional.certificateArn);
            situation.world.cloud.advanceClock(2 * hour);
        },
        rules: ["server-certificate-invalid"],
        remedy: /serverCertificateStatusDetail/,
    },
    {
        title: "a domain configuration that is DISABLED",
        inject: update({ domainConfigurationStatus: "DISABLED" }),
        rules: ["domain-configuration-disabled"],
        remedy: /--domain-configuration-status ENABLED/,
    },
    {
        title: "a domain configuration that somebody deleted",
        inject: async (situation) => {
            await update({ domainConfigurationStatus: "DISABLED" })(situation);
            await situation.world.call("iot:DeleteDomainConfiguration", { domainConfigurationName: "telemetry" });
        },
        rules: ["domain-configuration-missing"],
        remedy: /deploy anew/,
    },
    {
        title: "a health check that fails though the endpoint answers",
        inject: healthCheck("Failure: Resolved IP: 192.0.2.1. Connection timed out."),
        rules: ["health-check-unhealthy"],
        remedy: /TLS 1.2/,
    },
    {
        title: "a health check that somebody deleted",
        inject: async (situation) => {
            await healthCheck("Success: TCP connection made.")(situation);
            const { healthCheckId: HealthCheckId } = situation.regional;
            await situation.world.call("route53:DeleteHealthCheck", { HealthCheckId });
        },
        rules: ["health-check-missing"],
        remedy: /pulumi refresh/,
    },
    {
        title: "an alarm that has gone off, where an alarm decides on the region's health",
        inject: async ({ world, regional }) => {
            const AlarmName = "devices-get-through";
            await world.call("cloudwatch:PutMetricAlarm", {
                ...{ AlarmName, Namespace: "Probe", MetricName: "RoundTrips", Statistic: "Sum", Period: 60 },
                ...{ EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: "LessThanThreshold" },
            });
            await world.call("cloudwatch:SetAlarmState", { AlarmName, StateValue: "ALARM", StateReason: "test" });
            const { HealthCheck } = await world.call("route53:CreateHealthCheck", {
                CallerReference: "1",
                HealthCheckConfig: { Type: "CLOUDWATCH_METRIC", AlarmIdentifier: { Region: region, Name: AlarmName } },
            });
            regional.healthCheckId = HealthCheck.Id;
        },
        rules: ["health-check-alarmed"],
        remedy: /alarmNames/,
    },
    {
        title: "a certificate that is gone from ACM",
        inject: ({ regional }) => {
            regional.certificateArn = regional.certificateArn.replace(/[^/]*$/, "00000000-0000-4000-8000-000000000000");
        },
        rules: ["acm-certificate-missing"],
        remedy: /pulumi refresh/,
    },
    {
        title: "a certificate that ACM has not issued",
        inject: async ({ world, regional }) => {
            const request = { DomainName: "other.example.com", ValidationMethod: "DNS" };
            regional.certificateArn = (await world.call("acm:RequestCertificate", request)).CertificateArn;
        },
        rules: ["acm-certificate-unusable"],
        remedy: /describe-certificate/,
    },
    {
        title: "a renewal that ACM waits to validate",
        inject: withAnswers(
            ({ headers }) => /DescribeCertificate$/.test(String(headers["x-amz-target"])),
            (body) => {
                const { Certificate } = JSON.parse(body);
                const RenewalSummary = {
                    RenewalStatus: "PENDING_VALIDATION",
                    UpdatedAt: 0,
                    DomainValidationOptions: [],
                };
                return JSON.stringify({ Certificate: { ...Certificate, RenewalSummary } });
            },
        ),
        rules: ["acm-renewal-stuck"],
        remedy: /validation records/,
    },
];
