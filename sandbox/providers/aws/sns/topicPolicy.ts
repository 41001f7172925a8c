import { defaultTopicPolicy } from "../../../cloud/services/sns/defaultTopicPolicy";
import { json, text } from "../../framework/properties";
import { parseArn } from "../../../../rules/arns";
import { during } from "../../framework/failures";
import { defineResource } from "../resource";
import { arnFault } from "../validation";

const missing = ["NotFound", "NotFoundException"];

/** Not a thing of its own: the policy that stands on a topic. */
export const topicPolicy = defineResource({
    title: "SNS Topic Policy",
    properties: {
        arn: text({ required: true, replaces: true, refuse: arnFault }),
        policy: json({ required: true }),
        owner: text({ readOnly: true }),
    },
    async create(aws, { arn, policy }) {
        await during(
            `setting SNS Topic (${arn}) attribute (Policy)`,
            aws.call("sns", "SetTopicAttributes", {
                TopicArn: arn,
                AttributeName: "Policy",
                AttributeValue: policy,
            }),
        );
        return { id: arn };
    },
    async read(aws, TopicArn) {
        const found = await aws.find("sns", "GetTopicAttributes", { TopicArn }, missing);
        return found && { arn: TopicArn, policy: found.Attributes.Policy, owner: found.Attributes.Owner };
    },
    async update(aws, TopicArn, { inputs }) {
        const request = { TopicArn, AttributeName: "Policy", AttributeValue: inputs.policy };
        await aws.call("sns", "SetTopicAttributes", request);
    },
    async delete(aws, TopicArn) {
        // A topic cannot be without a policy, so it gets the one that SNS gives a new topic.
        const account = parseArn(TopicArn)?.account ?? "";
        const AttributeValue = JSON.stringify(defaultTopicPolicy(TopicArn, account));
        await aws.find("sns", "SetTopicAttributes", { TopicArn, AttributeName: "Policy", AttributeValue }, missing);
    },
});
