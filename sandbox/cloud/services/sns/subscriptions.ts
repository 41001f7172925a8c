import { randomUUID } from "node:crypto";
import type { OperationContext, OperationsOf } from "../../context";
import type { OperationTypes } from "../../models/sns";
import { paginate } from "../../pagination";
import { findProtocol } from "./protocols";
import { describedAttributes, refuseInvalidAttribute } from "./subscriptionAttributes";
import {
    deleteSubscription,
    findSubscription,
    putSubscription,
    subscriptionsOf,
    type StoredSubscription,
} from "./subscriptionTable";
import { isFifo } from "./topicAttributes";
import { findTopic, invalidParameter, pageSize, putTopic, type StoredTopic } from "./topicTable";

type Draft = Pick<StoredSubscription, "protocol" | "endpoint" | "attributes">;

/** @throws Refusal InvalidParameterException for what SNS would not subscribe to the topic */
function refuseInvalid(topic: StoredTopic, draft: Draft): void {
    const protocol = findProtocol(draft.protocol);
    if (protocol === undefined) {
        throw invalidParameter(`Amazon SNS does not support this protocol string: ${draft.protocol}`);
    }
    const fault = protocol.endpointFault(draft.endpoint);
    if (fault !== false) {
        throw invalidParameter(fault);
    }
    // https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html
    if (draft.protocol === "sqs" && draft.endpoint.endsWith(".fifo") && !isFifo(topic.attributes)) {
        throw invalidParameter("Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics");
    }
    for (const [name, value] of Object.entries(draft.attributes)) {
        refuseInvalidAttribute(name, value, draft);
    }
    // https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html (SubscriptionRoleArn)
    if (draft.protocol === "firehose" && draft.attributes.SubscriptionRoleArn === undefined) {
        throw invalidParameter("SubscriptionRoleArn is required for subscriptions of the firehose protocol");
    }
}

/** The subscription that the topic has already of that protocol and endpoint. */
function existingSubscription(
    context: OperationContext,
    topic: StoredTopic,
    draft: Draft,
): StoredSubscription | undefined {
    const existing = subscriptionsOf(context, topic).find(
        ({ protocol, endpoint }) => protocol === draft.protocol && endpoint === draft.endpoint,
    );
    const current = existing && describedAttributes(existing, context.account);
    if (current && Object.entries(draft.attributes).some(([name, value]) => (current[name] ?? "") !== value)) {
        throw invalidParameter("Attributes Reason: Subscription already exists with different attributes");
    }
    return existing;
}

function createSubscription(context: OperationContext, topic: StoredTopic, draft: Draft): StoredSubscription {
    const subscription = {
        ...draft,
        arn: `${topic.arn}:${randomUUID()}`,
        topicArn: topic.arn,
        confirmed: findProtocol(draft.protocol)?.asksForConfirmation === false,
        createdAt: context.now,
    };
    putSubscription(context, subscription);
    return subscription;
}

/** Subscriptions. */
export const subscriptionOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
    Subscribe: ({ TopicArn, Protocol, Endpoint = "", Attributes = {}, ReturnSubscriptionArn }, context) => {
        const topic = findTopic(context, TopicArn);
        const draft = { protocol: Protocol, endpoint: Endpoint, attributes: Attributes };
        refuseInvalid(topic, draft);
        const { arn, confirmed } =
            existingSubscription(context, topic, draft) ?? createSubscription(context, topic, draft);
        return { SubscriptionArn: confirmed || ReturnSubscriptionArn === true ? arn : "pending confirmation" };
    },

    /** @see https://docs.aws.amazon.com/sns/latest/api/API_Unsubscribe.html */
    Unsubscribe: ({ SubscriptionArn }, context) => {
        const subscription = findSubscription(context, SubscriptionArn);
        // https://docs.aws.amazon.com/sns/latest/dg/sns-delete-subscription-topic.html
        if (!subscription.confirmed) {
            throw invalidParameter(
                "SubscriptionArn Reason: Cannot unsubscribe a subscription that is pending confirmation",
            );
        }
        const topic = findTopic(context, subscription.topicArn);
        deleteSubscription(context, subscription);
        putTopic(context, { ...topic, deletedSubscriptions: topic.deletedSubscriptions + 1 });
    },

    /** @see https://docs.aws.amazon.com/sns/latest/api/API_GetSubscriptionAttributes.html */
    GetSubscriptionAttributes: ({ SubscriptionArn }, context) => ({
        Attributes: describedAttributes(findSubscription(context, SubscriptionArn), context.account),
    }),

    /** @see https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html */
    SetSubscriptionAttributes: ({ SubscriptionArn, AttributeName, AttributeValue = "" }, context) => {
        const subscription = findSubscription(context, SubscriptionArn);
        refuseInvalidAttribute(AttributeName, AttributeValue, subscription);
        const changed = Object.entries({ ...subscription.attributes, [AttributeName]: AttributeValue });
        const attributes = Object.fromEntries(changed.filter(([, value]) => value !== ""));
        putSubscription(context, { ...subscription, attributes });
    },

    /** @see https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html */
    ListSubscriptionsByTopic: ({ TopicArn, NextToken }, context) => {
        const { shown, token } = paginate(subscriptionsOf(context, findTopic(context, TopicArn)), pageSize, NextToken);
        return {
            Subscriptions: shown.map(({ arn, protocol, endpoint, confirmed }) => ({
                SubscriptionArn: confirmed ? arn : "PendingConfirmation",
                Owner: context.account,
                Protocol: protocol,
                Endpoint: endpoint,
                TopicArn,
            })),
            NextToken: token,
        };
    },
};
