import type { MetricDataQuery, PutMetricAlarmInput } from "../../models/cloudwatch";
import { isPeriod } from "./periods";

/** Members that stand for one metric, which alarms on anything else do not take. */
const ofOneMetric = [
    "Namespace",
    "MetricName",
    "Dimensions",
    "Period",
    "Unit",
    "Statistic",
    "ExtendedStatistic",
] as const;

/** Members that PromQL criteria take the place of. */
const ofComparisons = [
    "Metrics",
    "Threshold",
    "ComparisonOperator",
    "ThresholdMetricId",
    "EvaluationPeriods",
    "DatapointsToAlarm",
] as const;

/** Most queries of one alarm, and most of either kind. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html */
const maximumQueries = 20;
const maximumQueriesOfAKind = 10;

const queryChecks: ReadonlyArray<(query: MetricDataQuery) => string | false> = [
    ({ Id }) =>
        !/^[a-z]\w*$/.test(Id) &&
        `The values for parameter id in MetricDataQuery must start with a lowercase letter and contain letters, numbers and underscores only: ${Id}`,
    ({ Id, Expression, MetricStat }) =>
        (Expression === undefined) === (MetricStat === undefined) &&
        `Exactly one of Expression and MetricStat must be specified for the metric ${Id}`,
    ({ Id, MetricStat, Period }) =>
        [MetricStat?.Period, Period].some((period) => period !== undefined && !isPeriod(period)) &&
        `The Period of the metric ${Id} must be 10, 20, 30 or a multiple of 60`,
    ({ Id, MetricStat }) =>
        MetricStat !== undefined &&
        (MetricStat.Metric.MetricName === undefined || MetricStat.Metric.Namespace === undefined) &&
        `MetricName and Namespace must be specified for the metric ${Id}`,
];

/** What is wrong with an alarm on a list of metrics. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html */
export function metricsFault(alarm: PutMetricAlarmInput): string | undefined {
    const queries = alarm.Metrics ?? [];
    const superfluous = ofOneMetric.find((name) => alarm[name] !== undefined);
    if (superfluous !== undefined) {
        return `${superfluous} should not be set if list of Metrics is set.`;
    }
    const fault = queries.flatMap((query) => queryChecks.map((check) => check(query))).find((found) => found !== false);
    if (fault !== undefined) {
        return fault;
    }
    if (new Set(queries.map(({ Id }) => Id)).size < queries.length) {
        return "The values for parameter id in MetricDataQuery must be unique";
    }
    const metrics = queries.filter(({ MetricStat }) => MetricStat !== undefined).length;
    if (queries.length > maximumQueries || Math.max(metrics, queries.length - metrics) > maximumQueriesOfAKind) {
        return `Metrics can have at most ${maximumQueries} queries, of which at most ${maximumQueriesOfAKind} retrieve a metric and at most ${maximumQueriesOfAKind} are expressions`;
    }
    // An alarm on an anomaly detection band returns the band beside the metric.
    const returned = queries.filter(({ Id, ReturnData = true }) => ReturnData && Id !== alarm.ThresholdMetricId);
    return returned.length === 1 ? undefined : "Exactly one element of the metrics list should return data.";
}

/** What is wrong with an alarm on a PromQL query. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export function criteriaFault(alarm: PutMetricAlarmInput): string | undefined {
    const superfluous = [...ofOneMetric, ...ofComparisons].find((name) => alarm[name] !== undefined);
    if (superfluous !== undefined) {
        return `${superfluous} should not be set if EvaluationCriteria is set.`;
    }
    if (alarm.EvaluationCriteria?.PromQLCriteria === undefined) {
        return "EvaluationCriteria must have PromQLCriteria";
    }
    const interval = alarm.EvaluationInterval;
    if (interval === undefined) {
        return "EvaluationInterval must not be null";
    }
    return isPeriod(interval) ? undefined : "EvaluationInterval must be 10, 20, 30 or a multiple of 60";
}
