import { isExpiryAlarm } from "../../rules/expiryAlarms";
import { expiryAlarm } from "../examples";
import { groupedBy, oncePerStack, type ResourceView, type StackView } from "../framework/resources";
import { defineRule, type StackFault } from "../framework/rule";
import { knownListAt, knownTextAt } from "../framework/values";
import { resourceTypes } from "../resourceTypes";

const topicArn = "arn:aws:sns:eu-central-1:123456789012:certificate-expiry";

/** Advice: somebody hears of an alarm. */
export const alarmSubscription = defineRule({
    name: "alarm-subscription",
    title: "Subscription of an alarm's topic",
    description: "A topic of the stack that alarms on certificates go to has a subscription.",
    rationale: "A topic without a subscription drops what it gets. Topics of other stacks are left alone.",
    severity: "medium",
    enforcementLevel: "advisory",
    reference: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html",
    remediation: {
        code: 'new aws.sns.TopicSubscription("ops", { topic: topic.arn, protocol: "email", endpoint: "ops@example.com" })',
        cli: "aws sns subscribe --topic-arn ARN --protocol email --notification-endpoint ops@example.com",
        console: "SNS > Topics > the topic > Create subscription",
    },
    examples: {
        compliant: [
            { type: resourceTypes.topic, name: "alerts", properties: { arn: topicArn } },
            {
                type: resourceTypes.topicSubscription,
                name: "ops",
                properties: { topic: topicArn, protocol: "email", endpoint: "ops@example.com" },
            },
            expiryAlarm({ alarmActions: [topicArn] }),
        ],
        violating: [
            { type: resourceTypes.topic, name: "alerts", properties: { arn: topicArn } },
            expiryAlarm({ alarmActions: [topicArn] }),
        ],
    },
    stack: (stack) => {
        const heard = new Set(
            stack
                .resources(resourceTypes.topicSubscription)
                .flatMap((subscription) => topicsOf(stack, subscription, "topic")),
        );
        const alarmed = stack
            .resources(resourceTypes.metricAlarm)
            .filter(({ properties }) => isExpiryAlarm(properties))
            .flatMap((alarm) => topicsOf(stack, alarm, "alarmActions"));
        return [...new Set(alarmed)].filter((topic) => !heard.has(topic)).map(unheardFault);
    },
});

const topicsByArn = oncePerStack((stack) =>
    groupedBy(stack.resources(resourceTypes.topic), ({ properties }) => [knownTextAt(properties, "arn")]),
);

/** The topics of the stack that a property names, by ARN or by where the ARN comes from. */
function topicsOf(stack: StackView, resource: ResourceView, property: string): readonly ResourceView[] {
    const sources = resource.sourcesOf(property).filter(({ type }) => type === resourceTypes.topic);
    const arns = [knownTextAt(resource.properties, property), ...knownListAt(resource.properties, property)];
    const named = arns.flatMap((arn) => (typeof arn === "string" ? (topicsByArn(stack).get(arn) ?? []) : []));
    return [...new Set([...sources, ...named])];
}

function unheardFault(resource: ResourceView): StackFault {
    return {
        resource,
        path: "arn",
        got: "a topic without a subscription",
        expected: "somebody who hears of the alarm",
        remedy: "subscribe an address or a function to the topic",
    };
}
