import { randomUUID } from "node:crypto";
import type { OperationsOf } from "../../context";
import { parseJsonObject } from "../../json";
import type { OperationTypes, PublishInput } from "../../models/sns";
import { isFifo } from "./topicAttributes";
import { findTopic, invalidParameter, type StoredTopic } from "./topicTable";

/** Greatest size of a message, in bytes. @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const maximumMessage = 262_144;

/** What is wrong with a message, in words that follow "Invalid parameter:". @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const checks: ReadonlyArray<(message: PublishInput, topic: StoredTopic) => string | false> = [
    ({ Message }) => Message === "" && "Empty message",
    ({ Message }) => Buffer.byteLength(Message) > maximumMessage && "Message too long",
    ({ Subject }) => Subject !== undefined && !/^[\x21-\x7e][\x20-\x7e]{0,99}$/.test(Subject) && "Subject",
    ({ MessageStructure }) => MessageStructure !== undefined && MessageStructure !== "json" && "MessageStructure",
    ({ Message, MessageStructure }) =>
        MessageStructure === "json" &&
        typeof parseJsonObject(Message)?.default !== "string" &&
        "Message Structure - No default entry in JSON message body",
    ({ MessageGroupId }, { attributes }) =>
        isFifo(attributes) &&
        MessageGroupId === undefined &&
        "The MessageGroupId parameter is required for FIFO topics",
    ({ MessageDeduplicationId }, { attributes }) =>
        isFifo(attributes) &&
        MessageDeduplicationId === undefined &&
        attributes.ContentBasedDeduplication !== "true" &&
        "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
];

/** Messages. */
export const publishingOperations: OperationsOf<OperationTypes> = {
    /**
     * Takes a message for a topic, as SNS does before it delivers; nothing leaves this machine.
     *
     * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
     */
    Publish: (message, context) => {
        const topic = findTopic(context, message.TopicArn ?? message.TargetArn ?? "");
        const fault = checks.map((check) => check(message, topic)).find((found) => found !== false);
        if (fault !== undefined) {
            throw invalidParameter(fault);
        }
        return { MessageId: randomUUID() };
    },
};
