import { parseArn } from "../../../../rules/arns";
import type { PutMetricAlarmInput } from "../../models/cloudwatch";
import { criteriaFault, metricsFault } from "./alarmSources";
import { isPeriod } from "./periods";

/** What is wrong with an alarm, in CloudWatch's words; the second argument is the alarm's region. */
type AlarmCheck = (alarm: PutMetricAlarmInput, region: string) => string | false | undefined;

/** Members of which one alone says what the alarm watches. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const sources = ["MetricName", "Metrics", "EvaluationCriteria"] as const;

const metricStatistics = /^((p|tm|tc|ts|wm)(\d{1,2}(\.\d{1,10})?|100)|IQM|(PR|TC|TM|TS|WM)\([^)]*:[^)]*\))$/i;
const bandOperators = [
    "LessThanLowerOrGreaterThanUpperThreshold",
    "LessThanLowerThreshold",
    "GreaterThanUpperThreshold",
];

/** Checks of an alarm on one metric by its name. */
const metricChecks: readonly AlarmCheck[] = [
    ({ Namespace }) => Namespace === undefined && "Namespace must not be null",
    ({ Statistic, ExtendedStatistic }) =>
        Statistic === undefined &&
        ExtendedStatistic === undefined &&
        "Exactly one of Statistic and ExtendedStatistic must be specified",
    ({ Statistic, ExtendedStatistic }) =>
        Statistic !== undefined &&
        ExtendedStatistic !== undefined &&
        "Statistic and ExtendedStatistic cannot both be set",
    ({ ExtendedStatistic }) =>
        ExtendedStatistic !== undefined &&
        !metricStatistics.test(ExtendedStatistic) &&
        `The value ${ExtendedStatistic} for parameter ExtendedStatistic is not supported.`,
    ({ Period }) => Period === undefined && "Period must not be null",
    ({ Period = 60 }) => !isPeriod(Period) && "Metric Period must be 10, 20, 30 or a multiple of 60",
];

/** Checks of how an alarm on metrics compares. */
const comparisonChecks: readonly AlarmCheck[] = [
    ({ EvaluationPeriods }) => EvaluationPeriods === undefined && "EvaluationPeriods must not be null",
    ({ ComparisonOperator }) => ComparisonOperator === undefined && "ComparisonOperator must not be null",
    ({ Threshold, ThresholdMetricId }) =>
        Threshold === undefined && ThresholdMetricId === undefined && "Threshold must not be null",
    ({ Threshold, ThresholdMetricId }) =>
        Threshold !== undefined &&
        ThresholdMetricId !== undefined &&
        "Threshold and ThresholdMetricId cannot both be set",
    ({ ComparisonOperator = "", ThresholdMetricId }) =>
        bandOperators.includes(ComparisonOperator) !== (ThresholdMetricId !== undefined) &&
        `ComparisonOperator ${ComparisonOperator} ${
            ThresholdMetricId === undefined ? "can be used only with" : "cannot be used with"
        } ThresholdMetricId`,
    ({ Metrics = [], ThresholdMetricId }) =>
        ThresholdMetricId !== undefined &&
        !Metrics.some(({ Id }) => Id === ThresholdMetricId) &&
        `ThresholdMetricId ${ThresholdMetricId} is not the Id of one of the Metrics`,
    ({ DatapointsToAlarm = 0, EvaluationPeriods = 1 }) =>
        DatapointsToAlarm > EvaluationPeriods && "DatapointsToAlarm must be less than or equal to EvaluationPeriods",
    // An alarm looks back over seven days at most, and over one where its period is shorter than an hour.
    (alarm) => {
        const period = longestPeriod(alarm);
        const limit = period < 3600 ? 86_400 : 604_800;
        return (
            period * (alarm.EvaluationPeriods ?? 1) > limit &&
            `Metrics cannot be checked across more than ${limit === 86_400 ? "a day" : "seven days"} (EvaluationPeriods * Period must be <= ${limit}).`
        );
    },
    ({ EvaluationInterval }) =>
        EvaluationInterval !== undefined && "EvaluationInterval can be set for alarms with EvaluationCriteria only",
];

function longestPeriod({ Period = 0, Metrics = [] }: PutMetricAlarmInput): number {
    return Math.max(Period, ...Metrics.map((query) => query.MetricStat?.Period ?? query.Period ?? 0));
}

/** Checks of any alarm. */
const commonChecks: readonly AlarmCheck[] = [
    ({ AlarmName }) => /[\u0000-\u001f\u007f]/.test(AlarmName) && "AlarmName must not contain ASCII control characters",
    ({ TreatMissingData }) =>
        TreatMissingData !== undefined &&
        !["breaching", "notBreaching", "ignore", "missing"].includes(TreatMissingData) &&
        `The value ${TreatMissingData} for parameter TreatMissingData is not supported.`,
    ({ EvaluateLowSampleCountPercentile }) =>
        EvaluateLowSampleCountPercentile !== undefined &&
        !["evaluate", "ignore"].includes(EvaluateLowSampleCountPercentile) &&
        `Option ${EvaluateLowSampleCountPercentile} is not supported. Supported options for parameter EvaluateLowSampleCountPercentile are evaluate and ignore.`,
    (alarm) => {
        const strange = actionsOf(alarm).find((action) => !isAction(action));
        return strange !== undefined && `Invalid arn syntax: ${strange}`;
    },
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
    (alarm, region) => {
        const regions = actionsOf(alarm).map((action) => parseArn(action)?.region ?? "");
        const elsewhere = regions.find((name) => name !== "" && name !== region);
        return elsewhere !== undefined && `Invalid region ${elsewhere} specified. Only ${region} is supported.`;
    },
];

function actionsOf(alarm: PutMetricAlarmInput): string[] {
    return [...(alarm.AlarmActions ?? []), ...(alarm.OKActions ?? []), ...(alarm.InsufficientDataActions ?? [])];
}

/** What an action's ARN can look like, after its partition. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const actionForms = [
    /^sns:[^:]+:\d{12}:[\w.-]+$/,
    /^lambda:[^:]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/,
    /^autoscaling:[^:]+:\d{12}:scalingPolicy:.+$/,
    /^automate:[^:]+:ec2:(stop|terminate|reboot|recover)$/,
    /^swf:[^:]+:\d{12}:action\/actions\/.+$/,
    /^ssm:[^:]+:\d{12}:opsitem:.+$/,
    /^ssm-incidents::\d{12}:response-?plan\/.+$/,
    /^aiops:[^:]+:\d{12}:investigation-group[:/].+$/,
];

function isAction(action: string): boolean {
    const rest = /^arn:aws[a-z-]*:(.*)$/.exec(action)?.[1];
    return rest !== undefined && actionForms.some((form) => form.test(rest));
}

/** The checks that what the alarm watches calls for. */
const sourceChecks: Readonly<Record<(typeof sources)[number], readonly AlarmCheck[]>> = {
    MetricName: [...metricChecks, ...comparisonChecks],
    Metrics: [metricsFault, ...comparisonChecks],
    EvaluationCriteria: [criteriaFault],
};

/**
 * Why CloudWatch would refuse an alarm; `undefined` for a sound one.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export function alarmFault(alarm: PutMetricAlarmInput, region: string): string | undefined {
    // Where several are given, the list forbids the metric's own members, and criteria forbid both.
    const source = sources.findLast((name) => alarm[name] !== undefined);
    if (source === undefined) {
        return "MetricName must not be null";
    }
    const faults = [...commonChecks, ...sourceChecks[source]].map((check) => check(alarm, region));
    return faults.find((fault) => typeof fault === "string");
}
