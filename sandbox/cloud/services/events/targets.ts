import { parseArn } from "../../../../rules/arns";
import type { OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import { parseJson } from "../../json";
import type { OperationTypes, Target } from "../../models/events";
import { paginate } from "../../pagination";
import { findRule, targets } from "./ruleTable";

/** Most targets of one rule. @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html */
const maximumTargets = 5;

/** Services that EventBridge calls with a role only. @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html */
const servicesWithRole = ["ec2", "execute-api", "kinesis", "states"];

/** What is wrong with a target; the second argument is the rule's region. @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html */
const checks: ReadonlyArray<(target: Target, region: string) => string | false> = [
    ({ Arn }) =>
        parseArn(Arn) === undefined && `Parameter ${Arn} is not valid. Reason: Provided Arn is not in correct format.`,
    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html; event buses alone can be elsewhere.
    ({ Arn }, region) => {
        const arn = parseArn(Arn);
        const isBus = arn?.service === "events" && arn.resource.startsWith("event-bus/");
        const isElsewhere = arn?.region !== "" && arn?.region !== region;
        return (
            !isBus && isElsewhere && `Parameter ${Arn} is not valid. Reason: Provided Arn is not in the rule's Region.`
        );
    },
    ({ Id, Input, InputPath, InputTransformer }) =>
        [Input, InputPath, InputTransformer].filter((given) => given !== undefined).length > 1 &&
        `Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`,
    ({ Id, Input }) =>
        Input !== undefined && parseJson(Input) === undefined && `JSON syntax error in input for target ${Id}`,
    ({ Id, InputPath }) =>
        InputPath !== undefined && !/^\$(\.|$)/.test(InputPath) && `Invalid InputPath for target ${Id}.`,
    ({ Id, Arn, RoleArn }) =>
        RoleArn === undefined &&
        servicesWithRole.includes(parseArn(Arn)?.service ?? "") &&
        `RoleArn is required for target ${Id}.`,
];

/** Where rules send events. */
export const targetOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html */
    PutTargets: ({ Rule, EventBusName, Targets }, context) => {
        findRule(context, Rule, EventBusName);
        const faults = Targets.flatMap((target) => checks.map((check) => check(target, context.region)));
        const fault = faults.find((found) => found !== false);
        if (fault !== undefined) {
            throw new Refusal("ValidationException", fault);
        }
        const table = context.table(targets);
        Targets.forEach((target) => table.put([Rule, target.Id], target));
        if (table.list(Rule).length > maximumTargets) {
            throw new Refusal("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
        }
        return { FailedEntryCount: 0, FailedEntries: [] };
    },

    /** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTargetsByRule.html */
    ListTargetsByRule: ({ Rule, EventBusName, NextToken, Limit = 100 }, context) => {
        findRule(context, Rule, EventBusName);
        const { shown, token } = paginate(context.table(targets).list(Rule), Limit, NextToken);
        return { Targets: shown, NextToken: token };
    },

    /** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RemoveTargets.html */
    RemoveTargets: ({ Rule, EventBusName, Ids }, context) => {
        findRule(context, Rule, EventBusName);
        Ids.forEach((id) => context.table(targets).delete(Rule, id));
        return { FailedEntryCount: 0, FailedEntries: [] };
    },
};
