import type { Finding } from "./finding";

const reference = "https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html";

/**
 * How an alarm on a certificate's expiry must look.
 *
 * ACM sends one datum twice a day and stops after the certificate has expired: so the alarm looks at the minimum of a whole
 * day, and missing data must count as breaching, or the alarm falls silent at the very moment it is for.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html
 */
export const expiryAlarm = {
    namespace: "AWS/CertificateManager",
    metricName: "DaysToExpiry",
    dimension: "CertificateArn",
    statistic: "Minimum",
    /** Seconds. */
    period: 86_400,
    evaluationPeriods: 1,
    comparisonOperator: "LessThanOrEqualToThreshold",
    treatMissingData: "breaching",
} as const;

/** Days before expiry at which the alarm goes off where nothing else is said; ACM itself renews 60 days ahead. */
export const defaultDaysBeforeExpiry = 30;

/** The properties of a metric alarm that these rules read, in the names of `aws.cloudwatch.MetricAlarm`. */
export interface ExpiryAlarmProperties {
    readonly namespace?: unknown;
    readonly metricName?: unknown;
    readonly statistic?: unknown;
    readonly period?: unknown;
    readonly comparisonOperator?: unknown;
    readonly treatMissingData?: unknown;
    readonly alarmActions?: unknown;
    readonly actionsEnabled?: unknown;
}

/** Whether an alarm watches a certificate's expiry at all. */
export function isExpiryAlarm(alarm: ExpiryAlarmProperties): boolean {
    return alarm.namespace === expiryAlarm.namespace && alarm.metricName === expiryAlarm.metricName;
}

const comparisons = ["LessThanOrEqualToThreshold", "LessThanThreshold"];

interface Check {
    readonly property: keyof ExpiryAlarmProperties;
    readonly holds: (value: unknown) => boolean;
    readonly expected: string;
    readonly remedy: string;
}

const checks: readonly Check[] = [
    {
        property: "treatMissingData",
        holds: (value) => value === expiryAlarm.treatMissingData,
        expected: "breaching",
        remedy: "treat missing data as breaching; ACM sends no data once a certificate has expired",
    },
    {
        property: "statistic",
        holds: (value) => value === expiryAlarm.statistic,
        expected: "Minimum",
        remedy: "watch the minimum of the days left",
    },
    {
        property: "period",
        holds: (value) => value === expiryAlarm.period,
        expected: "86400 seconds",
        remedy: "use a period of one day; ACM sends the metric twice a day",
    },
    {
        property: "comparisonOperator",
        holds: (value) => typeof value === "string" && comparisons.includes(value),
        expected: comparisons.join(" or "),
        remedy: "let the alarm go off when the days left fall below the threshold",
    },
    {
        property: "actionsEnabled",
        holds: (value) => value !== false,
        expected: "true",
        remedy: "enable the alarm's actions",
    },
    {
        property: "alarmActions",
        holds: (value) => Array.isArray(value) && value.length > 0,
        expected: "at least one action",
        remedy: "name the topic that tells somebody",
    },
];

/** Faults of an alarm that {@link isExpiryAlarm} recognises. */
export function expiryAlarmFindings(alarm: ExpiryAlarmProperties, path: string): Finding[] {
    return checks
        .filter((check) => !check.holds(alarm[check.property]))
        .map((check) => ({
            rule: "certificate-expiry-alarm",
            severity: "high" as const,
            path: `${path}.${check.property}`,
            got: describe(alarm[check.property]),
            expected: check.expected,
            remedy: check.remedy,
            reference,
        }));
}

function describe(value: unknown): string {
    return value === undefined ? "nothing" : (JSON.stringify(value)?.slice(0, 200) ?? typeof value);
}
