import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { OperationTypes, PutRuleRequest } from "../../models/events";
import { paginate } from "../../pagination";
import { patternFault } from "./eventPatterns";
import { defaultBus, findRule, refuseOtherBus, rules, ruleTags, targets, type StoredRule } from "./ruleTable";
import { isSchedule } from "./schedules";

/** @throws Refusal ValidationException, InvalidEventPatternException */
function refuseInvalid({ EventPattern, ScheduleExpression }: PutRuleRequest): void {
    if (EventPattern === undefined && ScheduleExpression === undefined) {
        throw new Refusal("ValidationException", "Parameter(s) EventPattern or ScheduleExpression must be specified.");
    }
    if (ScheduleExpression !== undefined && !isSchedule(ScheduleExpression)) {
        throw new Refusal("ValidationException", "Parameter ScheduleExpression is not valid.");
    }
    const fault = EventPattern === undefined ? undefined : patternFault(EventPattern);
    if (fault !== undefined) {
        throw new Refusal("InvalidEventPatternException", `Event pattern is not valid. Reason: ${fault}`);
    }
}

function setState(context: OperationContext, rule: StoredRule, State: StoredRule["State"]): void {
    context.table(rules).put(rule.Name, { ...rule, State });
}

/** Rules. */
export const ruleOperations: OperationsOf<OperationTypes> = {
    /** Overwrites a rule as a whole, but for its tags. @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
    PutRule: ({ Tags, EventBusName, State = "ENABLED", ...definition }, context) => {
        refuseOtherBus(context, EventBusName);
        refuseInvalid(definition);
        const table = context.table(rules);
        const isNew = table.get(definition.Name) === undefined;
        const Arn = context.arn("events", `rule/${definition.Name}`);
        table.put(definition.Name, { ...definition, Arn, State });
        if (isNew) {
            ruleTags.add(context, Arn, Tags);
        }
        return { RuleArn: Arn };
    },

    /** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeRule.html */
    DescribeRule: ({ Name, EventBusName }, context) => ({
        ...findRule(context, Name, EventBusName),
        EventBusName: defaultBus,
        CreatedBy: context.account,
    }),

    /** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html */
    ListRules: ({ NamePrefix = "", EventBusName, NextToken, Limit = 100 }, context) => {
        refuseOtherBus(context, EventBusName);
        const all = context
            .table(rules)
            .list()
            .filter(({ Name }) => Name.startsWith(NamePrefix));
        const { shown, token } = paginate(all, Limit, NextToken);
        return { Rules: shown.map((rule) => ({ ...rule, EventBusName: defaultBus })), NextToken: token };
    },

    /** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EnableRule.html */
    EnableRule: ({ Name, EventBusName }, context) =>
        setState(context, findRule(context, Name, EventBusName), "ENABLED"),

    /** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DisableRule.html */
    DisableRule: ({ Name, EventBusName }, context) =>
        setState(context, findRule(context, Name, EventBusName), "DISABLED"),

    /** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteRule.html */
    DeleteRule: ({ Name, EventBusName }, context) => {
        const { Arn } = findRule(context, Name, EventBusName);
        if (context.table(targets).list(Name).length > 0) {
            throw new Refusal("ValidationException", "Rule can't be deleted since it has targets.");
        }
        context.table(rules).delete(Name);
        ruleTags.clear(context, Arn);
    },
};
