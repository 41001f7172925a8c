import { parseJsonObject } from "../../json";
import { findProtocol } from "./protocols";
import type { StoredSubscription } from "./subscriptionTable";
import { invalidParameter } from "./topicTable";

type Target = Pick<StoredSubscription, "protocol" | "attributes">;

/** What is wrong with an attribute's value, in words that follow "Invalid parameter:". */
type AttributeCheck = (value: string, subscription: Target) => string | false;

const document =
    (name: string): AttributeCheck =>
    (value) =>
        parseJsonObject(value) === undefined && `${name}: failed to parse JSON.`;

/** Greatest number of keys in a filter policy. @see https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
const maximumFilterKeys = 5;

function filterKeys(filter: object = {}): string[] {
    return Object.entries(filter).flatMap(([key, rule]) =>
        typeof rule === "object" && rule !== null && !Array.isArray(rule) ? filterKeys(rule as object) : [key],
    );
}

/** @see https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html */
const checks: Readonly<Record<string, AttributeCheck>> = {
    DeliveryPolicy: document("DeliveryPolicy"),
    FilterPolicy: (value, subscription) =>
        document("FilterPolicy")(value, subscription) ||
        (filterKeys(parseJsonObject(value)).length > maximumFilterKeys &&
            "FilterPolicy: Filter policy can not have more than 5 keys"),
    FilterPolicyScope: (value) =>
        !["MessageAttributes", "MessageBody"].includes(value) &&
        `FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`,
    // https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html
    RawMessageDelivery: (value, { protocol }) =>
        !/^(true|false)$/i.test(value)
            ? `RawMessageDelivery: Invalid value [${value}]. Must be true or false.`
            : value.toLowerCase() === "true" &&
              findProtocol(protocol)?.rawDelivery !== true &&
              `RawMessageDelivery: Delivery protocol [${protocol}] does not support raw message delivery.`,
    RedrivePolicy: document("RedrivePolicy"),
    ReplayPolicy: document("ReplayPolicy"),
    SubscriptionRoleArn: () => false,
};

/** Refuses what SNS does not take as an attribute of a subscription. @throws Refusal InvalidParameterException */
export function refuseInvalidAttribute(name: string, value: string, subscription: Target): void {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (check === undefined) {
        throw invalidParameter("AttributeName");
    }
    const fault = value !== "" && check(value, subscription);
    if (fault !== false) {
        throw invalidParameter(fault);
    }
}

/** All that GetSubscriptionAttributes tells. @see https://docs.aws.amazon.com/sns/latest/api/API_GetSubscriptionAttributes.html */
export function describedAttributes(subscription: StoredSubscription, account: string): Record<string, string> {
    const { arn, topicArn, protocol, endpoint, confirmed, attributes } = subscription;
    return {
        RawMessageDelivery: "false",
        ...(attributes.FilterPolicy !== undefined && { FilterPolicyScope: "MessageAttributes" }),
        ...attributes,
        SubscriptionArn: arn,
        TopicArn: topicArn,
        Protocol: protocol,
        Endpoint: endpoint,
        Owner: account,
        PendingConfirmation: String(!confirmed),
        ConfirmationWasAuthenticated: String(confirmed),
    };
}
