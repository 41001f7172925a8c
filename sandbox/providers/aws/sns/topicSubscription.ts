import { flag, integer, json, text } from "../../framework/properties";
import { during } from "../../framework/failures";
import { ApiError, type Aws } from "../client";
import { defineResource } from "../resource";
import { arnFault } from "../validation";
import { attributesOf, propertiesOf, type AttributeNames, type Attributes } from "./attributes";

/** Minutes that a subscription may take to be confirmed where it confirms itself. */
const confirmationMinutes = 2;

const attributeNames: AttributeNames = {
    deliveryPolicy: "DeliveryPolicy",
    filterPolicy: "FilterPolicy",
    filterPolicyScope: "FilterPolicyScope",
    rawMessageDelivery: "RawMessageDelivery",
    redrivePolicy: "RedrivePolicy",
    replayPolicy: "ReplayPolicy",
    subscriptionRoleArn: "SubscriptionRoleArn",
};

const outputNames: AttributeNames = {
    arn: "SubscriptionArn",
    confirmationWasAuthenticated: "ConfirmationWasAuthenticated",
    endpoint: "Endpoint",
    ownerId: "Owner",
    pendingConfirmation: "PendingConfirmation",
    protocol: "Protocol",
    topic: "TopicArn",
};

const properties = {
    topic: text({ required: true, replaces: true, refuse: arnFault }),
    protocol: text({
        required: true,
        replaces: true,
        oneOf: ["application", "email-json", "email", "firehose", "http", "https", "lambda", "sms", "sqs"],
    }),
    endpoint: text({ required: true, replaces: true }),
    confirmationTimeoutInMinutes: integer({ default: 1 }),
    deliveryPolicy: json(),
    endpointAutoConfirms: flag({ default: false }),
    filterPolicy: json(),
    filterPolicyScope: text({ computed: true, oneOf: ["MessageAttributes", "MessageBody"] }),
    rawMessageDelivery: flag({ default: false }),
    redrivePolicy: json(),
    replayPolicy: json(),
    subscriptionRoleArn: text({ refuse: arnFault }),
    arn: text({ readOnly: true }),
    confirmationWasAuthenticated: flag({ readOnly: true }),
    ownerId: text({ readOnly: true }),
    pendingConfirmation: flag({ readOnly: true }),
};

export const topicSubscription = defineResource({
    title: "SNS Topic Subscription",
    appearsWithin: 2,
    properties,
    async create(aws, inputs) {
        const { SubscriptionArn } = await during(
            "creating SNS Topic Subscription",
            aws.call("sns", "Subscribe", {
                TopicArn: inputs.topic,
                Protocol: inputs.protocol,
                Endpoint: inputs.endpoint,
                Attributes: attributesOf(attributeNames, inputs),
                ReturnSubscriptionArn: true,
            }),
        );
        return { id: SubscriptionArn };
    },
    async settle(aws, SubscriptionArn, { protocol, endpointAutoConfirms, confirmationTimeoutInMinutes }) {
        const overHttp = protocol.includes("http");
        // A person confirms by clicking a link, and a web server unless it is said to do so itself.
        if (protocol.includes("email") || (overHttp && !endpointAutoConfirms)) {
            return;
        }
        await during(
            `waiting for SNS Topic Subscription (${SubscriptionArn}) confirmation`,
            aws.wait(overHttp ? confirmationTimeoutInMinutes : confirmationMinutes, async () => {
                const attributes = await findAttributes(aws, SubscriptionArn);
                return attributes?.PendingConfirmation === "false"
                    ? { done: undefined }
                    : { pending: "timeout while waiting for state to become 'false' (last state: 'true')" };
            }),
        );
    },
    async read(aws, SubscriptionArn, state) {
        const found = await findAttributes(aws, SubscriptionArn);
        return (
            found && {
                ...propertiesOf({ ...attributeNames, ...outputNames }, properties, found),
                confirmationTimeoutInMinutes: state.confirmationTimeoutInMinutes ?? 1,
                endpointAutoConfirms: state.endpointAutoConfirms ?? false,
            }
        );
    },
    async update(aws, SubscriptionArn, { inputs, changed }) {
        const values: Readonly<Record<string, unknown>> = inputs;
        for (const [property, AttributeName] of Object.entries(attributeNames)) {
            if (changed(property as keyof typeof properties)) {
                const AttributeValue = values[property] === undefined ? undefined : String(values[property]);
                const request = { SubscriptionArn, AttributeName, AttributeValue };
                await aws.call("sns", "SetSubscriptionAttributes", request);
            }
        }
    },
    async delete(aws, SubscriptionArn) {
        try {
            await aws.find("sns", "Unsubscribe", { SubscriptionArn }, ["NotFound", "NotFoundException"]);
        } catch (error) {
            // AWS removes a subscription that nobody confirms by itself, and by itself alone.
            if (!(error instanceof ApiError && /pending confirmation/.test(error.message))) {
                throw error;
            }
        }
    },
});

async function findAttributes(aws: Aws, SubscriptionArn: string): Promise<Attributes | undefined> {
    const missing = ["NotFound", "NotFoundException"];
    return (await aws.find("sns", "GetSubscriptionAttributes", { SubscriptionArn }, missing))?.Attributes;
}
