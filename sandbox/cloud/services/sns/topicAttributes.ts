import { parseJsonObject } from "../../json";
import { actionsOf, policyFault } from "../iam/policyDocuments";
import { defaultTopicPolicy } from "./defaultTopicPolicy";
import { invalidParameter, type StoredTopic } from "./topicTable";

/** What is wrong with an attribute's value, in words that follow "Invalid parameter:". */
type AttributeCheck = (value: string) => string | false;

const oneOf =
    (name: string, ...values: string[]): AttributeCheck =>
    (value) =>
        !values.includes(value) && `${name} Reason: must be one of ${values.join(", ")}`;

const document =
    (name: string): AttributeCheck =>
    (value) =>
        parseJsonObject(value) === undefined && `${name}: failed to parse JSON.`;

const anything: AttributeCheck = () => false;

/** Actions that a topic's policy can name. @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html */
const topicActions = (
    "AddPermission DeleteTopic GetDataProtectionPolicy GetTopicAttributes ListSubscriptionsByTopic ListTagsForResource " +
    "Publish PutDataProtectionPolicy Receive RemovePermission SetTopicAttributes Subscribe"
).split(" ");

function isTopicAction(action: string): boolean {
    const [service = "", name = ""] = action.split(":");
    const pattern = new RegExp(`^${name.replaceAll("*", ".*").replaceAll("?", ".")}$`, "i");
    return action === "*" || (service.toLowerCase() === "sns" && topicActions.some((known) => pattern.test(known)));
}

function policyCheck(value: string): string | false {
    const fault = policyFault(value, "resource");
    if (fault !== undefined) {
        return `Policy Error: ${fault}`;
    }
    return !actionsOf(value).every(isTopicAction) && "Policy statement action out of service scope!";
}

/** Protocols whose deliveries can be logged. @see https://docs.aws.amazon.com/sns/latest/dg/sns-topic-attributes.html */
const feedbackChecks = ["Application", "Firehose", "HTTP", "Lambda", "SQS"].flatMap((protocol) => [
    [`${protocol}SuccessFeedbackRoleArn`, anything] as const,
    [`${protocol}FailureFeedbackRoleArn`, anything] as const,
    [`${protocol}SuccessFeedbackSampleRate`, sampleRate(`${protocol}SuccessFeedbackSampleRate`)] as const,
]);

function sampleRate(name: string): AttributeCheck {
    return (value) => !/^(100|\d{1,2})$/.test(value) && `${name} Reason: must be a whole number from 0 to 100`;
}

/** Attributes that any topic takes. @see https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
const standardChecks: Readonly<Record<string, AttributeCheck>> = {
    DeliveryPolicy: document("DeliveryPolicy"),
    // https://docs.aws.amazon.com/sns/latest/dg/sns-create-topic.html
    DisplayName: (value) => [...value].length > 100 && "DisplayName Reason: must be at most 100 characters long",
    KmsMasterKeyId: anything,
    Policy: policyCheck,
    SignatureVersion: oneOf("SignatureVersion", "1", "2"),
    TracingConfig: oneOf("TracingConfig", "PassThrough", "Active"),
    ...Object.fromEntries(feedbackChecks),
};

/** Attributes that FIFO topics alone take. @see https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
const fifoChecks: Readonly<Record<string, AttributeCheck>> = {
    ArchivePolicy: document("ArchivePolicy"),
    ContentBasedDeduplication: oneOf("ContentBasedDeduplication", "true", "false"),
    FifoThroughputScope: oneOf("FifoThroughputScope", "Topic", "MessageGroup"),
};

/** Attributes for which an empty text is a value like any other, and not the same as none. */
const keptWhenEmpty: ReadonlySet<string> = new Set(["Policy", "SignatureVersion", "TracingConfig"]);

/** Whether a topic with these attributes is a FIFO topic. */
export function isFifo(attributes: Readonly<Record<string, string>>): boolean {
    return attributes.FifoTopic === "true";
}

/** Refuses what SNS does not take as an attribute of a topic. @throws Refusal InvalidParameterException */
export function refuseInvalidAttribute(name: string, value: string, fifo: boolean): void {
    const check = standardChecks[name] ?? (fifo ? fifoChecks[name] : undefined);
    if (check === undefined) {
        throw invalidParameter(
            fifoChecks[name] === undefined
                ? "AttributeName"
                : `${name} Reason: ${name} is supported on FIFO topics only`,
        );
    }
    const fault = (value !== "" || keptWhenEmpty.has(name)) && check(value);
    if (fault !== false) {
        throw invalidParameter(fault);
    }
}

/** What SNS does with failed deliveries where nothing else is said. @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
const defaultDeliveryPolicy = {
    http: {
        defaultHealthyRetryPolicy: {
            minDelayTarget: 20,
            maxDelayTarget: 20,
            numRetries: 3,
            numMaxDelayRetries: 0,
            numNoDelayRetries: 0,
            numMinDelayRetries: 0,
            backoffFunction: "linear",
        },
        disableSubscriptionOverrides: false,
        defaultRequestPolicy: { headerContentType: "text/plain; charset=UTF-8" },
    },
};

/** All that GetTopicAttributes tells of a topic itself. @see https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html */
export function describedAttributes({ arn, attributes }: StoredTopic, account: string): Record<string, string> {
    const fifo = isFifo(attributes) && { ContentBasedDeduplication: "false", FifoThroughputScope: "Topic" };
    return {
        DisplayName: "",
        Policy: JSON.stringify(defaultTopicPolicy(arn, account)),
        ...fifo,
        ...attributes,
        TopicArn: arn,
        Owner: account,
        EffectiveDeliveryPolicy: attributes.DeliveryPolicy ?? JSON.stringify(defaultDeliveryPolicy),
    };
}
