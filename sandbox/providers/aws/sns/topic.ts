import { flag, integer, json, text } from "../../framework/properties";
import { defineResource } from "../resource";
import { tagList } from "../tagging";
import { arnFault } from "../validation";
import { attributesOf, propertiesOf, type AttributeNames } from "./attributes";

/** Protocols whose deliveries SNS can log. */
const loggedProtocols = ["application", "firehose", "http", "lambda", "sqs"] as const;

const feedback = {
    FailureFeedbackRoleArn: () => text({ refuse: arnFault }),
    SuccessFeedbackRoleArn: () => text({ refuse: arnFault }),
    SuccessFeedbackSampleRate: () =>
        integer({ refuse: (rate) => (rate < 0 || rate > 100 ? "must be between 0 and 100" : undefined) }),
};

const feedbackNames: AttributeNames = Object.fromEntries(
    loggedProtocols.flatMap((protocol) =>
        Object.keys(feedback).map((kind) => [`${protocol}${kind}`, `${capital(protocol)}${kind}`]),
    ),
);

const attributeNames: AttributeNames = {
    ...feedbackNames,
    archivePolicy: "ArchivePolicy",
    contentBasedDeduplication: "ContentBasedDeduplication",
    deliveryPolicy: "DeliveryPolicy",
    displayName: "DisplayName",
    fifoThroughputScope: "FifoThroughputScope",
    fifoTopic: "FifoTopic",
    kmsMasterKeyId: "KmsMasterKeyId",
    policy: "Policy",
    signatureVersion: "SignatureVersion",
    tracingConfig: "TracingConfig",
};

const outputNames: AttributeNames = {
    arn: "TopicArn",
    beginningArchiveTime: "BeginningArchiveTime",
    owner: "Owner",
};

/** What SNS takes only while it makes a topic. */
const creationAttributes = ["FifoTopic", "FifoThroughputScope"];

const properties = {
    name: text({
        replaces: true,
        automaticName: { maximumLength: 256, suffix: ({ fifoTopic }) => (fifoTopic === true ? ".fifo" : "") },
    }),
    namePrefix: text({ replaces: true, computed: true }),
    displayName: text(),
    policy: json({ computed: true }),
    deliveryPolicy: json(),
    archivePolicy: json(),
    contentBasedDeduplication: flag({ default: false }),
    fifoTopic: flag({ default: false, replaces: true }),
    fifoThroughputScope: text({ computed: true, oneOf: ["Topic", "MessageGroup"] }),
    kmsMasterKeyId: text(),
    signatureVersion: integer({ computed: true }),
    tracingConfig: text({ computed: true, oneOf: ["Active", "PassThrough"] }),
    ...Object.fromEntries(
        loggedProtocols.flatMap((protocol) =>
            Object.entries(feedback).map(([kind, declare]) => [`${protocol}${kind}`, declare()]),
        ),
    ),
    arn: text({ readOnly: true }),
    beginningArchiveTime: text({ readOnly: true }),
    owner: text({ readOnly: true }),
};

export const topic = defineResource({
    title: "SNS Topic",
    tagging: { tagger: "sns" },
    properties,
    relations: { conflicts: { name: ["namePrefix"] } },
    async create(aws, inputs) {
        const attributes = Object.entries(attributesOf(attributeNames, inputs));
        const { TopicArn } = await aws.call("sns", "CreateTopic", {
            Name: inputs.name,
            Attributes: Object.fromEntries(attributes.filter(([name]) => creationAttributes.includes(name))),
            Tags: tagList(inputs.tagsAll),
        });
        return { id: TopicArn };
    },
    async settle(aws, TopicArn, inputs) {
        for (const [AttributeName, AttributeValue] of Object.entries(attributesOf(attributeNames, inputs))) {
            if (!creationAttributes.includes(AttributeName)) {
                await aws.call("sns", "SetTopicAttributes", { TopicArn, AttributeName, AttributeValue });
            }
        }
    },
    async read(aws, TopicArn) {
        const missing = ["NotFound", "NotFoundException"];
        const found = await aws.find("sns", "GetTopicAttributes", { TopicArn }, missing);
        return (
            found && {
                ...propertiesOf({ ...attributeNames, ...outputNames }, properties, found.Attributes),
                name: TopicArn.split(":").at(-1),
                namePrefix: "",
            }
        );
    },
    async update(aws, TopicArn, { inputs, changed }) {
        const values: Readonly<Record<string, unknown>> = inputs;
        for (const [property, AttributeName] of Object.entries(attributeNames)) {
            if (changed(property as keyof typeof properties)) {
                const AttributeValue = String(values[property] ?? "");
                await aws.call("sns", "SetTopicAttributes", { TopicArn, AttributeName, AttributeValue });
            }
        }
    },
    async delete(aws, TopicArn) {
        await aws.find("sns", "DeleteTopic", { TopicArn }, ["NotFound", "NotFoundException"]);
    },
});

function capital(name: string): string {
    // SNS writes the protocols' names itself in capitals, all but the first letter in lower case.
    const spelling: Readonly<Record<string, string>> = { http: "HTTP", sqs: "SQS" };
    return spelling[name] ?? name.charAt(0).toUpperCase() + name.slice(1);
}
