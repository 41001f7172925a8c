import { parseArn } from "../../../../rules/arns";
import type { OperationContext } from "../../context";
import { Refusal } from "../../errors";
import { defineTable } from "../../tables";
import { invalidParameter, topicName, type StoredTopic } from "./topicTable";

/** A subscription as it is kept. */
export interface StoredSubscription {
    readonly arn: string;
    readonly topicArn: string;
    readonly protocol: string;
    readonly endpoint: string;
    readonly confirmed: boolean;
    /** What was set, under SNS's names; what SNS fills in is not here. */
    readonly attributes: Readonly<Record<string, string>>;
    readonly createdAt: number;
}

/** Subscriptions by the topic's name and an identifier. */
export const subscriptions = defineTable<StoredSubscription>("sns", "subscription");

/** How long SNS keeps a subscription that nobody confirms. @see https://docs.aws.amazon.com/sns/latest/dg/sns-delete-subscription-topic.html */
const pendingMilliseconds = 48 * 3_600_000;

function isKept(context: OperationContext, { confirmed, createdAt }: StoredSubscription): boolean {
    return confirmed || context.now - createdAt < pendingMilliseconds;
}

/** The topic's name and the identifier in a subscription's ARN. */
function keyOf(context: OperationContext, subscriptionArn: string): [topic: string, id: string] {
    const [topic, id, ...more] = parseArn(subscriptionArn)?.resource.split(":") ?? [];
    if (topic === undefined || id === undefined || more.length > 0) {
        throw invalidParameter("SubscriptionArn");
    }
    topicName(context, subscriptionArn.slice(0, -id.length - 1));
    return [topic, id];
}

/** The subscription of that ARN. @throws Refusal NotFoundException, also for one that nobody confirmed in time */
export function findSubscription(context: OperationContext, subscriptionArn: string): StoredSubscription {
    const subscription = context.table(subscriptions).get(...keyOf(context, subscriptionArn));
    if (subscription === undefined || !isKept(context, subscription)) {
        throw new Refusal("NotFoundException", "Subscription does not exist");
    }
    return subscription;
}

/** Keeps a subscription, new or changed. */
export function putSubscription(context: OperationContext, subscription: StoredSubscription): void {
    context.table(subscriptions).put(keyOf(context, subscription.arn), subscription);
}

export function deleteSubscription(context: OperationContext, subscription: StoredSubscription): void {
    context.table(subscriptions).delete(...keyOf(context, subscription.arn));
}

/** The subscriptions of a topic. */
export function subscriptionsOf(context: OperationContext, topic: StoredTopic): StoredSubscription[] {
    return context
        .table(subscriptions)
        .list(topicName(context, topic.arn))
        .filter((subscription) => isKept(context, subscription));
}

export function subscriptionCounts(
    context: OperationContext,
    topic: StoredTopic,
): { confirmed: number; pending: number } {
    const all = subscriptionsOf(context, topic);
    const confirmed = all.filter((subscription) => subscription.confirmed).length;
    return { confirmed, pending: all.length - confirmed };
}

/** To be called when a topic is deleted: its subscriptions go with it, pending ones too. */
export function clearSubscriptions(context: OperationContext, topic: string): void {
    for (const subscription of context.table(subscriptions).list(topic)) {
        deleteSubscription(context, subscription);
    }
}
