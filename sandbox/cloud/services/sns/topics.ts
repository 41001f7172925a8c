import type { OperationsOf } from "../../context";
import type { OperationTypes, Tag } from "../../models/sns";
import { paginate } from "../../pagination";
import { clearSubscriptions, subscriptionCounts } from "./subscriptionTable";
import { describedAttributes, isFifo, refuseInvalidAttribute } from "./topicAttributes";
import { findTopic, invalidParameter, pageSize, putTopic, topicName, topics, topicTags } from "./topicTable";

/** @see https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
function nameFault(name: string, fifo: boolean): string | undefined {
    const fits = name.length <= 256 && (fifo ? /^[\w-]+\.fifo$/ : /^[\w-]+$/).test(name);
    if (fits) {
        return undefined;
    }
    return fifo
        ? "Topic Name Reason: Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII " +
              "letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long."
        : "Topic Name";
}

function withoutEmpty(attributes: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ""));
}

function sameTags(left: readonly Tag[], right: readonly Tag[]): boolean {
    const spell = (tags: readonly Tag[]) => tags.map(({ Key, Value }) => JSON.stringify([Key, Value])).sort();
    return spell(left).join() === spell(right).join();
}

/** Topics. */
export const topicOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
    CreateTopic: ({ Name, Attributes = {}, Tags }, context) => {
        const { FifoTopic = "false", ...others } = Attributes;
        const fifo = isFifo(Attributes);
        if (!["true", "false"].includes(FifoTopic)) {
            throw invalidParameter("FifoTopic Reason: must be true or false");
        }
        const fault = nameFault(Name, fifo);
        if (fault !== undefined) {
            throw invalidParameter(fault);
        }
        for (const [name, value] of Object.entries(others)) {
            refuseInvalidAttribute(name, value, fifo);
        }
        const arn = context.arn("sns", Name);
        const existing = context.table(topics).get(Name);
        if (existing === undefined) {
            const attributes = withoutEmpty(fifo ? { ...others, FifoTopic } : others);
            putTopic(context, { arn, attributes, deletedSubscriptions: 0 });
            topicTags.add(context, arn, Tags);
            return { TopicArn: arn };
        }
        // "If the requester already owns a topic with the specified name, that topic's ARN is returned."
        const current = describedAttributes(existing, context.account);
        if (Object.entries(others).some(([name, value]) => (current[name] ?? "") !== value)) {
            throw invalidParameter("Attributes Reason: Topic already exists with different attributes");
        }
        if (Tags !== undefined && !sameTags(Tags, topicTags.list(context, arn))) {
            throw invalidParameter("Tags Reason: Topic already exists with different tags");
        }
        return { TopicArn: arn };
    },

    /** @see https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html */
    GetTopicAttributes: ({ TopicArn }, context) => {
        const topic = findTopic(context, TopicArn);
        const { confirmed, pending } = subscriptionCounts(context, topic);
        return {
            Attributes: {
                ...describedAttributes(topic, context.account),
                SubscriptionsConfirmed: String(confirmed),
                SubscriptionsPending: String(pending),
                SubscriptionsDeleted: String(topic.deletedSubscriptions),
            },
        };
    },

    /** @see https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
    SetTopicAttributes: ({ TopicArn, AttributeName, AttributeValue = "" }, context) => {
        const topic = findTopic(context, TopicArn);
        refuseInvalidAttribute(AttributeName, AttributeValue, isFifo(topic.attributes));
        const attributes = withoutEmpty({ ...topic.attributes, [AttributeName]: AttributeValue });
        putTopic(context, { ...topic, attributes });
    },

    /** Deleting a topic that is not there is no error. @see https://docs.aws.amazon.com/sns/latest/api/API_DeleteTopic.html */
    DeleteTopic: ({ TopicArn }, context) => {
        const name = topicName(context, TopicArn);
        clearSubscriptions(context, name);
        topicTags.clear(context, TopicArn);
        context.table(topics).delete(name);
    },

    /** @see https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html */
    ListTopics: ({ NextToken }, context) => {
        const { shown, token } = paginate(context.table(topics).list(), pageSize, NextToken);
        return { Topics: shown.map(({ arn }) => ({ TopicArn: arn })), NextToken: token };
    },
};
