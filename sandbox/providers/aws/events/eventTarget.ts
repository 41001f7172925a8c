import { block, flag, integer, json, tagMap, text, type Inputs } from "../../framework/properties";
import { ProviderError } from "../../framework/failures";
import { defineResource } from "../resource";
import { arnFault } from "../validation";
import { defaultBus, missingEvent } from "./identifiers";

const properties = {
    arn: text({ required: true, refuse: arnFault }),
    rule: text({ required: true, replaces: true }),
    eventBusName: text({ default: defaultBus, replaces: true }),
    targetId: text({ replaces: true, automaticName: { maximumLength: 255 } }),
    forceDestroy: flag({ default: false }),
    deadLetterConfig: block({ arn: text({ refuse: arnFault }) }),
    input: json(),
    inputPath: text(),
    inputTransformer: block({ inputPaths: tagMap(), inputTemplate: text({ required: true }) }),
    retryPolicy: block({ maximumEventAgeInSeconds: integer(), maximumRetryAttempts: integer() }),
    roleArn: text({ refuse: arnFault }),
    sqsTarget: block({ messageGroupId: text() }),
};

type TargetInputs = Inputs<typeof properties>;

interface Target {
    readonly Id: string;
    readonly Arn: string;
    readonly RoleArn?: string;
    readonly Input?: string;
    readonly InputPath?: string;
    readonly InputTransformer?: { readonly InputPathsMap?: Record<string, string>; readonly InputTemplate: string };
    readonly RetryPolicy?: { readonly MaximumEventAgeInSeconds?: number; readonly MaximumRetryAttempts?: number };
    readonly DeadLetterConfig?: { readonly Arn?: string };
    readonly SqsParameters?: { readonly MessageGroupId?: string };
}

export const eventTarget = defineResource({
    title: "EventBridge Target",
    properties,
    relations: { conflicts: { input: ["inputPath", "inputTransformer"], inputPath: ["inputTransformer"] } },
    async create(aws, inputs) {
        await putTarget(await aws.call("events", "PutTargets", targetParameters(inputs)));
        const { eventBusName, rule, targetId } = inputs;
        return { id: [...(eventBusName === defaultBus ? [] : [eventBusName]), rule, targetId].join("-") };
    },
    async read(aws, id, state) {
        const { rule, targetId, eventBusName } = state.rule === undefined ? parseImportId(id) : state;
        let NextToken: string | undefined;
        do {
            const request = { Rule: rule, EventBusName: eventBusName ?? defaultBus, NextToken };
            const page = await aws.find("events", "ListTargetsByRule", request, missingEvent);
            const targets: Target[] = page?.Targets ?? [];
            const found = targets.find(({ Id }) => Id === targetId);
            if (found !== undefined) {
                const place = {
                    rule,
                    eventBusName: eventBusName ?? defaultBus,
                    forceDestroy: state.forceDestroy ?? false,
                };
                return { ...place, ...fromTarget(found) };
            }
            NextToken = page?.NextToken;
        } while (NextToken !== undefined);
        return undefined;
    },
    async update(aws, _id, { inputs }) {
        await putTarget(await aws.call("events", "PutTargets", targetParameters(inputs)));
    },
    async delete(aws, _id, { rule, targetId, eventBusName, forceDestroy }) {
        const request = {
            Rule: rule,
            EventBusName: eventBusName,
            Ids: [targetId],
            Force: forceDestroy === true ? true : undefined,
        };
        await aws.find("events", "RemoveTargets", request, missingEvent);
    },
});

interface Outcome {
    readonly FailedEntryCount?: number;
    readonly FailedEntries?: Array<{ readonly TargetId: string; readonly ErrorMessage: string }>;
}

/** EventBridge answers with success even where it takes none of the targets. */
async function putTarget({ FailedEntryCount = 0, FailedEntries = [] }: Outcome): Promise<void> {
    if (FailedEntryCount > 0) {
        throw new ProviderError(
            FailedEntries.map(({ TargetId, ErrorMessage }) => `${TargetId}: ${ErrorMessage}`).join("; "),
        );
    }
}

function targetParameters(inputs: TargetInputs) {
    const { inputTransformer: transformer, retryPolicy: retries } = inputs;
    const target = {
        Id: inputs.targetId,
        Arn: inputs.arn,
        RoleArn: inputs.roleArn,
        Input: inputs.input,
        InputPath: inputs.inputPath,
        InputTransformer: transformer && {
            InputPathsMap: transformer.inputPaths,
            InputTemplate: transformer.inputTemplate,
        },
        RetryPolicy: retries && {
            MaximumEventAgeInSeconds: retries.maximumEventAgeInSeconds,
            MaximumRetryAttempts: retries.maximumRetryAttempts,
        },
        DeadLetterConfig: inputs.deadLetterConfig && { Arn: inputs.deadLetterConfig.arn },
        SqsParameters: inputs.sqsTarget && { MessageGroupId: inputs.sqsTarget.messageGroupId },
    };
    return { Rule: inputs.rule, EventBusName: inputs.eventBusName, Targets: [target] };
}

function fromTarget(target: Target) {
    const { InputTransformer: transformer, RetryPolicy: retries } = target;
    return {
        targetId: target.Id,
        arn: target.Arn,
        roleArn: target.RoleArn,
        input: target.Input,
        inputPath: target.InputPath,
        inputTransformer: transformer && {
            inputPaths: transformer.InputPathsMap ?? {},
            inputTemplate: transformer.InputTemplate,
        },
        retryPolicy: retries && {
            maximumEventAgeInSeconds: retries.MaximumEventAgeInSeconds,
            maximumRetryAttempts: retries.MaximumRetryAttempts,
        },
        deadLetterConfig: target.DeadLetterConfig && { arn: target.DeadLetterConfig.Arn },
        sqsTarget: target.SqsParameters && { messageGroupId: target.SqsParameters.MessageGroupId },
    };
}

function parseImportId(id: string): { rule: string; targetId: string; eventBusName: string } {
    const [targetId = "", rule = "", ...bus] = id.split("/").reverse();
    if (targetId === "" || rule === "") {
        throw new Error(
            `unexpected format of ID (${id}), expected EVENTBUSNAME/RULENAME/TARGETID or RULENAME/TARGETID`,
        );
    }
    return { rule, targetId, eventBusName: bus.reverse().join("/") || defaultBus };
}
