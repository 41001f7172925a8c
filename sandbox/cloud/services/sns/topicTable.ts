import { parseArn } from "../../../../rules/arns";
import type { OperationContext } from "../../context";
import { Refusal } from "../../errors";
import { TagSet } from "../../tags";
import { defineTable } from "../../tables";

/** A topic as it is kept. */
export interface StoredTopic {
    readonly arn: string;
    /** What was set, under SNS's names; what SNS fills in is not here. */
    readonly attributes: Readonly<Record<string, string>>;
    readonly deletedSubscriptions: number;
}

/** Topics by their names. */
export const topics = defineTable<StoredTopic>("sns", "topic");

/** Tags by the topic's ARN. @see https://docs.aws.amazon.com/sns/latest/dg/sns-tags.html */
export const topicTags = new TagSet("sns", {
    tooMany: "TagLimitExceededException",
    invalid: "InvalidParameterException",
});

/** A refusal as SNS words most of them. */
export function invalidParameter(what: string): Refusal {
    return new Refusal("InvalidParameterException", `Invalid parameter: ${what}`);
}

/**
 * The name in a topic's ARN.
 *
 * @throws Refusal InvalidParameterException for what is no ARN of a topic here, AuthorizationErrorException for another
 * account's topic
 */
export function topicName(context: OperationContext, topicArn: string): string {
    const arn = parseArn(topicArn);
    if (arn?.service !== "sns" || arn.region !== context.region || arn.resource.includes(":")) {
        throw invalidParameter("TopicArn");
    }
    if (arn.account !== context.account) {
        throw new Refusal(
            "AuthorizationErrorException",
            `The account ${context.account} is not authorized to perform: SNS:${context.operation} on resource: ${topicArn}`,
        );
    }
    return arn.resource;
}

/** The topic of that ARN. @throws Refusal NotFoundException */
export function findTopic(context: OperationContext, topicArn: string): StoredTopic {
    const topic = context.table(topics).get(topicName(context, topicArn));
    if (topic === undefined) {
        throw new Refusal("NotFoundException", "Topic does not exist");
    }
    return topic;
}

/** Keeps a topic, new or changed. */
export function putTopic(context: OperationContext, topic: StoredTopic): void {
    context.table(topics).put(topicName(context, topic.arn), topic);
}

/** Topics and subscriptions that one answer lists at most. @see https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html */
export const pageSize = 100;
