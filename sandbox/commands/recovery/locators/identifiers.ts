import { partitionOf } from "../../../../rules/regions";
import { sandboxAccount } from "../../../cloud";
import { defaultBus, ruleId } from "../../../providers/aws/events/identifiers";
import { textOf, type Inputs } from "./locator";

export function recordId(inputs: Inputs): string {
    const { zoneId, type, setIdentifier } = inputs;
    return join("_", [zoneId, textOf(inputs, "name").toLowerCase(), type, setIdentifier]);
}

export function topicArn(inputs: Inputs): string {
    const region = textOf(inputs, "region");
    return `arn:${partitionOf(region)}:sns:${region}:${sandboxAccount}:${textOf(inputs, "name")}`;
}

export function policyArn(inputs: Inputs): string {
    return `arn:aws:iam::${sandboxAccount}:policy${String(inputs.path ?? "/")}${textOf(inputs, "name")}`;
}

export function eventRuleId(inputs: Inputs): string {
    return ruleId(String(inputs.eventBusName ?? defaultBus), textOf(inputs, "name"));
}

export function eventTargetId({ eventBusName, rule, targetId }: Inputs): string {
    return join("-", [eventBusName === defaultBus ? undefined : eventBusName, rule, targetId]);
}

/** Parts that are not given leave no separator behind. */
export function join(separator: string, parts: readonly unknown[]): string {
    return parts.filter((part) => part !== undefined && part !== "").join(separator);
}
