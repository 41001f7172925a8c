import { block, flag, integer, number, set, tagMap, text, type Inputs } from "../../framework/properties";
import { ProviderError } from "../../framework/failures";
import { defineResource } from "../resource";
import { tagList, type Tags } from "../tagging";
import { arnFault } from "../validation";

const statistics = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"];

const metricQuery = {
    id: text({ required: true }),
    accountId: text(),
    expression: text(),
    label: text(),
    period: integer(),
    returnData: flag({ default: false }),
    metric: block({
        metricName: text({ required: true }),
        namespace: text(),
        period: integer({ required: true }),
        stat: text({ required: true }),
        unit: text(),
        dimensions: tagMap(),
    }),
};

const properties = {
    name: text({ replaces: true, automaticName: { maximumLength: 255 } }),
    comparisonOperator: text({
        oneOf: [
            "GreaterThanOrEqualToThreshold",
            "GreaterThanThreshold",
            "LessThanThreshold",
            "LessThanOrEqualToThreshold",
            "LessThanLowerOrGreaterThanUpperThreshold",
            "LessThanLowerThreshold",
            "GreaterThanUpperThreshold",
        ],
    }),
    evaluationPeriods: integer({ refuse: (periods) => (periods < 1 ? "must be at least 1" : undefined) }),
    datapointsToAlarm: integer({ refuse: (points) => (points < 1 ? "must be at least 1" : undefined) }),
    metricName: text(),
    namespace: text(),
    dimensions: tagMap(),
    period: integer({ refuse: periodFault }),
    statistic: text({ oneOf: statistics }),
    extendedStatistic: text(),
    unit: text(),
    threshold: number(),
    thresholdMetricId: text(),
    treatMissingData: text({ default: "missing", oneOf: ["missing", "ignore", "breaching", "notBreaching"] }),
    evaluateLowSampleCountPercentiles: text({ computed: true, oneOf: ["ignore", "evaluate"] }),
    metricQueries: set(block(metricQuery)),
    actionsEnabled: flag({ default: true }),
    alarmActions: set(text({ refuse: arnFault })),
    okActions: set(text({ refuse: arnFault })),
    insufficientDataActions: set(text({ refuse: arnFault })),
    alarmDescription: text(),
    arn: text({ readOnly: true }),
};

type AlarmInputs = Inputs<typeof properties>;

const ofOneMetric = ["metricName", "namespace", "dimensions", "period", "statistic", "extendedStatistic"];

export const metricAlarm = defineResource({
    title: "CloudWatch Metric Alarm",
    tagging: { tagger: "cloudwatch", property: "arn" },
    properties,
    relations: {
        conflicts: {
            metricQueries: ofOneMetric,
            statistic: ["extendedStatistic"],
            threshold: ["thresholdMetricId"],
        },
    },
    async create(aws, inputs) {
        const existing = await aws.call("cloudwatch", "DescribeAlarms", { AlarmNames: [inputs.name] });
        if ((existing.MetricAlarms ?? []).length > 0) {
            throw new ProviderError(`CloudWatch metric alarm "${inputs.name}" already exists`);
        }
        if (
            inputs.metricName !== undefined &&
            inputs.statistic === undefined &&
            inputs.extendedStatistic === undefined
        ) {
            throw new ProviderError(
                "One of `statistic` or `extended_statistic` must be set for a cloudwatch metric alarm",
            );
        }
        await aws.call("cloudwatch", "PutMetricAlarm", { ...alarmParameters(inputs), Tags: tagList(inputs.tagsAll) });
        return { id: inputs.name };
    },
    async read(aws, name) {
        const { MetricAlarms = [] } = await aws.call("cloudwatch", "DescribeAlarms", {
            AlarmNames: [name],
            AlarmTypes: ["MetricAlarm"],
        });
        const [found] = MetricAlarms;
        return (
            found && {
                name: found.AlarmName,
                comparisonOperator: found.ComparisonOperator,
                evaluationPeriods: found.EvaluationPeriods,
                datapointsToAlarm: found.DatapointsToAlarm,
                metricName: found.MetricName,
                namespace: found.Namespace,
                dimensions: fromDimensions(found.Dimensions),
                period: found.Period,
                statistic: found.Statistic,
                extendedStatistic: found.ExtendedStatistic,
                unit: found.Unit,
                threshold: found.Threshold,
                thresholdMetricId: found.ThresholdMetricId,
                treatMissingData: found.TreatMissingData ?? "missing",
                evaluateLowSampleCountPercentiles: found.EvaluateLowSampleCountPercentile ?? "",
                metricQueries: (found.Metrics ?? []).map(fromMetricQuery),
                actionsEnabled: found.ActionsEnabled,
                alarmActions: found.AlarmActions,
                okActions: found.OKActions,
                insufficientDataActions: found.InsufficientDataActions,
                alarmDescription: found.AlarmDescription,
                arn: found.AlarmArn,
            }
        );
    },
    async update(aws, _name, { inputs }) {
        await aws.call("cloudwatch", "PutMetricAlarm", alarmParameters(inputs));
    },
    async delete(aws, name) {
        await aws.find("cloudwatch", "DeleteAlarms", { AlarmNames: [name] }, [
            "ResourceNotFound",
            "ResourceNotFoundException",
        ]);
    },
});

function alarmParameters(inputs: AlarmInputs) {
    return {
        AlarmName: inputs.name,
        AlarmDescription: inputs.alarmDescription,
        ActionsEnabled: inputs.actionsEnabled,
        AlarmActions: inputs.alarmActions,
        OKActions: inputs.okActions,
        InsufficientDataActions: inputs.insufficientDataActions,
        ComparisonOperator: inputs.comparisonOperator,
        EvaluationPeriods: inputs.evaluationPeriods,
        DatapointsToAlarm: inputs.datapointsToAlarm,
        MetricName: inputs.metricName,
        Namespace: inputs.namespace,
        Dimensions: toDimensions(inputs.dimensions),
        Period: inputs.period,
        Statistic: inputs.statistic,
        ExtendedStatistic: inputs.extendedStatistic,
        Unit: inputs.unit,
        Threshold: inputs.threshold,
        ThresholdMetricId: inputs.thresholdMetricId,
        TreatMissingData: inputs.treatMissingData,
        EvaluateLowSampleCountPercentile: inputs.evaluateLowSampleCountPercentiles,
        Metrics: inputs.metricQueries?.map((query) => ({
            Id: query.id,
            AccountId: query.accountId,
            Expression: query.expression,
            Label: query.label,
            Period: query.period,
            ReturnData: query.returnData,
            MetricStat: query.metric && {
                Metric: {
                    MetricName: query.metric.metricName,
                    Namespace: query.metric.namespace,
                    Dimensions: toDimensions(query.metric.dimensions),
                },
                Period: query.metric.period,
                Stat: query.metric.stat,
                Unit: query.metric.unit,
            },
        })),
    };
}

interface Dimension {
    readonly Name: string;
    readonly Value: string;
}

function toDimensions(dimensions: Tags | undefined): Dimension[] | undefined {
    return dimensions && Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}

function fromDimensions(dimensions: Dimension[] = []): Record<string, string> {
    return Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value]));
}

interface MetricQuery {
    readonly Id: string;
    readonly AccountId?: string;
    readonly Expression?: string;
    readonly Label?: string;
    readonly Period?: number;
    readonly ReturnData?: boolean;
    readonly MetricStat?: {
        readonly Metric: {
            readonly MetricName: string;
            readonly Namespace?: string;
            readonly Dimensions?: Dimension[];
        };
        readonly Period: number;
        readonly Stat: string;
        readonly Unit?: string;
    };
}

function fromMetricQuery({ MetricStat: stat, ...query }: MetricQuery) {
    return {
        id: query.Id,
        accountId: query.AccountId,
        expression: query.Expression,
        label: query.Label,
        period: query.Period,
        returnData: query.ReturnData ?? false,
        metric: stat && {
            metricName: stat.Metric.MetricName,
            namespace: stat.Metric.Namespace,
            dimensions: fromDimensions(stat.Metric.Dimensions),
            period: stat.Period,
            stat: stat.Stat,
            unit: stat.Unit,
        },
    };
}

function periodFault(seconds: number): string | undefined {
    return [10, 20, 30].includes(seconds) || (seconds > 0 && seconds % 60 === 0)
        ? undefined
        : "must be 10, 20, 30 or a multiple of 60";
}
