import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import { parseJson } from "../../json";
import type { DescribeAlarmsInput, OperationTypes, PutMetricAlarmInput } from "../../models/cloudwatch";
import { alarmFault } from "./alarmChecks";
import { alarmArn, alarms, describeAlarm, type StoredAlarm } from "./alarmTable";
import { alarmTags, newAlarmTags } from "./tags";

function validationError(message: string): Refusal {
    return new Refusal("ValidationError", message);
}

/** Where a new alarm's state stands. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
function initialState({ EvaluationCriteria }: PutMetricAlarmInput, now: number): StoredAlarm["state"] {
    return {
        value: EvaluationCriteria === undefined ? "INSUFFICIENT_DATA" : "OK",
        reason: "Unchecked: Initial alarm creation",
        updatedAt: now,
        transitionedAt: now,
    };
}

/** How DescribeAlarms chooses, by the member that says so. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
const filters: ReadonlyArray<(alarm: StoredAlarm, input: DescribeAlarmsInput) => boolean> = [
    ({ configuration }, { AlarmNames }) => AlarmNames === undefined || AlarmNames.includes(configuration.AlarmName),
    ({ configuration }, { AlarmNamePrefix = "" }) => configuration.AlarmName.startsWith(AlarmNamePrefix),
    ({ state }, { StateValue }) => StateValue === undefined || StateValue === state.value,
    ({ configuration }, { ActionPrefix }) =>
        ActionPrefix === undefined ||
        [configuration.AlarmActions, configuration.OKActions, configuration.InsufficientDataActions]
            .flatMap((actions = []) => actions)
            .some((action) => action.startsWith(ActionPrefix)),
];

/** Alarms that one answer lists where nothing else is said. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
const defaultMaxRecords = 50;

function chosenAlarms(context: OperationContext, input: DescribeAlarmsInput): StoredAlarm[] {
    const { AlarmNames, AlarmNamePrefix, AlarmTypes = ["MetricAlarm"] } = input;
    if (AlarmNames !== undefined && AlarmNamePrefix !== undefined) {
        throw validationError("AlarmNamePrefix and AlarmNames cannot both be specified");
    }
    return AlarmTypes.includes("MetricAlarm")
        ? context
              .table(alarms)
              .list()
              .filter((alarm) => filters.every((filter) => filter(alarm, input)))
        : [];
}

/** Alarms on metrics. */
export const alarmOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
    PutMetricAlarm: ({ Tags, ...configuration }, context) => {
        const fault = alarmFault(configuration, context.region);
        if (fault !== undefined) {
            throw validationError(fault);
        }
        const table = context.table(alarms);
        const name = configuration.AlarmName;
        const arn = alarmArn(context, name);
        const existing = table.get(name);
        const state = existing?.state ?? initialState(configuration, context.now);
        table.put(name, { arn, configuration, state, configuredAt: context.now });
        if (existing === undefined) {
            newAlarmTags.add(context, arn, Tags);
        }
    },

    /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
    DescribeAlarms: ({ MaxRecords = defaultMaxRecords, NextToken, ...input }, context) => {
        const all = chosenAlarms(context, input);
        const start = NextToken === undefined ? 0 : all.findIndex(({ arn }) => arn === NextToken);
        if (start < 0) {
            throw new Refusal("InvalidNextToken", "The next token specified is invalid.");
        }
        return {
            MetricAlarms: all.slice(start, start + MaxRecords).map(describeAlarm),
            CompositeAlarms: [],
            NextToken: all[start + MaxRecords]?.arn,
        };
    },

    /** Names that are not there are passed over. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html */
    DeleteAlarms: ({ AlarmNames }, context) => {
        for (const name of AlarmNames) {
            context.table(alarms).delete(name);
            alarmTags.clear(context, alarmArn(context, name));
        }
    },

    /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html */
    SetAlarmState: ({ AlarmName, StateValue, StateReason, StateReasonData }, context) => {
        const alarm = context.table(alarms).get(AlarmName);
        if (alarm === undefined) {
            throw new Refusal("ResourceNotFound", `The alarm ${AlarmName} does not exist`);
        }
        if (StateReasonData !== undefined && parseJson(StateReasonData) === undefined) {
            throw new Refusal("InvalidFormatFault", "StateReasonData is not valid JSON");
        }
        const changed = alarm.state.value !== StateValue;
        const state = {
            value: StateValue,
            lastKnown: StateValue === "INSUFFICIENT_DATA" ? alarm.state.lastKnown : StateValue,
            reason: StateReason,
            reasonData: StateReasonData,
            updatedAt: context.now,
            transitionedAt: changed ? context.now : alarm.state.transitionedAt,
        };
        context.table(alarms).put(AlarmName, { ...alarm, state });
    },
};
