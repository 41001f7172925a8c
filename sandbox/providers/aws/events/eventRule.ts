import { flag, json, text, type Inputs } from "../../framework/properties";
import { defineResource } from "../resource";
import { tagList } from "../tagging";
import { arnFault } from "../validation";
import { defaultBus, missingEvent, parseRuleId, ruleId } from "./identifiers";

const properties = {
    name: text({ replaces: true, automaticName: { maximumLength: 64 } }),
    namePrefix: text({ replaces: true, computed: true }),
    description: text(),
    eventBusName: text({ default: defaultBus, replaces: true }),
    eventPattern: json(),
    forceDestroy: flag({ default: false }),
    isEnabled: flag({ computed: true }),
    roleArn: text({ refuse: arnFault }),
    scheduleExpression: text(),
    state: text({
        computed: true,
        oneOf: ["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"],
    }),
    arn: text({ readOnly: true }),
};

export const eventRule = defineResource({
    title: "EventBridge Rule",
    appearsWithin: 2,
    tagging: { tagger: "events", property: "arn" },
    properties,
    relations: { conflicts: { name: ["namePrefix"], state: ["isEnabled"] } },
    async create(aws, inputs) {
        await aws.call("events", "PutRule", { ...ruleParameters(inputs), Tags: tagList(inputs.tagsAll) });
        return { id: ruleId(inputs.eventBusName, inputs.name) };
    },
    async read(aws, id, state) {
        const { bus, name } = parseRuleId(id);
        const rule = { Name: name, EventBusName: bus };
        const found = await aws.find("events", "DescribeRule", rule, missingEvent);
        return (
            found && {
                name: found.Name,
                namePrefix: "",
                description: found.Description ?? "",
                eventBusName: found.EventBusName ?? bus,
                eventPattern: found.EventPattern,
                forceDestroy: state.forceDestroy ?? false,
                isEnabled: found.State !== "DISABLED",
                roleArn: found.RoleArn ?? "",
                scheduleExpression: found.ScheduleExpression ?? "",
                state: found.State,
                arn: found.Arn,
            }
        );
    },
    async update(aws, _id, { inputs }) {
        await aws.call("events", "PutRule", ruleParameters(inputs));
    },
    async delete(aws, id, state) {
        const { bus, name } = parseRuleId(id);
        const rule = { Name: name, EventBusName: bus, Force: state.forceDestroy === true ? true : undefined };
        await aws.find("events", "DeleteRule", rule, missingEvent);
    },
});

function ruleParameters(inputs: Inputs<typeof properties>) {
    const enabled = inputs.isEnabled === undefined ? undefined : inputs.isEnabled ? "ENABLED" : "DISABLED";
    return {
        Name: inputs.name,
        Description: inputs.description,
        EventBusName: inputs.eventBusName,
        EventPattern: inputs.eventPattern,
        RoleArn: inputs.roleArn,
        ScheduleExpression: inputs.scheduleExpression,
        State: inputs.state ?? enabled ?? "ENABLED",
    };
}
