import type { OperationContext } from "../../context";
import { Refusal } from "../../errors";
import type { PutRuleRequest, Target } from "../../models/events";
import { defineTable } from "../../tables";
import { TagSet } from "../../tags";

/** A rule as it is kept. */
export interface StoredRule extends Omit<PutRuleRequest, "Tags" | "EventBusName" | "State"> {
    readonly Arn: string;
    readonly State: NonNullable<PutRuleRequest["State"]>;
}

/** Rules of the default event bus by their names. */
export const rules = defineTable<StoredRule>("events", "rule");

/** Targets by the rule's name and their own identifier. */
export const targets = defineTable<Target>("events", "target");

/** Tags by the rule's ARN. */
export const ruleTags = new TagSet("events", { tooMany: "ValidationException", invalid: "ValidationException" });

/** The bus to which AWS's own services send their events. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus.html */
export const defaultBus = "default";

/** Refuses other buses than the default one: none can be made here. @throws Refusal ResourceNotFoundException */
export function refuseOtherBus(context: OperationContext, bus: string = defaultBus): void {
    if (bus !== defaultBus && bus !== context.arn("events", `event-bus/${defaultBus}`)) {
        throw new Refusal("ResourceNotFoundException", `Event bus ${bus} does not exist.`);
    }
}

/** The rule of that name. @throws Refusal ResourceNotFoundException */
export function findRule(context: OperationContext, name: string, bus: string | undefined): StoredRule {
    refuseOtherBus(context, bus);
    const rule = context.table(rules).get(name);
    if (rule === undefined) {
        throw new Refusal("ResourceNotFoundException", `Rule ${name} does not exist on EventBus ${defaultBus}.`);
    }
    return rule;
}
