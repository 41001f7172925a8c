import type { OperationContext } from "../../context";
import type { MetricAlarm, PutMetricAlarmInput } from "../../models/cloudwatch";
import { defineTable } from "../../tables";

/** An alarm as it is kept. */
export interface StoredAlarm {
    readonly arn: string;
    readonly configuration: Omit<PutMetricAlarmInput, "Tags">;
    readonly state: {
        readonly value: NonNullable<MetricAlarm["StateValue"]>;
        /** What it was when there was last enough data to tell; absent where there never was. */
        readonly lastKnown?: "OK" | "ALARM";
        readonly reason: string;
        readonly reasonData?: string;
        readonly updatedAt: number;
        readonly transitionedAt: number;
    };
    readonly configuredAt: number;
}

/** Alarms by their names. */
export const alarms = defineTable<StoredAlarm>("cloudwatch", "alarm");

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html */
export function alarmArn(context: OperationContext, name: string): string {
    return context.arn("cloudwatch", `alarm:${name}`);
}

/** An alarm as DescribeAlarms answers it. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html */
export function describeAlarm({ arn, configuration, state, configuredAt }: StoredAlarm): MetricAlarm {
    return {
        ActionsEnabled: true,
        OKActions: [],
        AlarmActions: [],
        InsufficientDataActions: [],
        Dimensions: [],
        ...configuration,
        AlarmArn: arn,
        AlarmConfigurationUpdatedTimestamp: new Date(configuredAt),
        StateValue: state.value,
        StateReason: state.reason,
        StateReasonData: state.reasonData,
        StateUpdatedTimestamp: new Date(state.updatedAt),
        StateTransitionedTimestamp: new Date(state.transitionedAt),
    };
}
