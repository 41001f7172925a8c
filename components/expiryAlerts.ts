import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import { parseArn } from "../rules/arns";

/** What {@link ExpiryAlerts} needs to know. */
export interface ExpiryAlertsArgs {
    /** The region whose certificates are watched; alarms and topics are regional, like the certificates. */
    readonly region: string;
    /** Who is told; each address must confirm its subscription once. */
    readonly emails: readonly string[];
    readonly tags: Readonly<Record<string, string>>;
}

/** A region's topic for everything that is about to expire, with its subscriptions. */
export class ExpiryAlerts extends pulumi.ComponentResource {
    public readonly topicArn: pulumi.Output<string>;

    public constructor(name: string, args: ExpiryAlertsArgs, options?: pulumi.ComponentResourceOptions) {
        super("iot-domains:index:ExpiryAlerts", name, {}, options);
        const { region } = args;
        const child = { parent: this };

        const topic = new sns.Topic(`${name}-topic`, { region, tags: args.tags }, child);
        new sns.TopicPolicy(
            `${name}-topic-policy`,
            { region, arn: topic.arn, policy: publishPolicy(topic.arn) },
            child,
        );
        for (const email of args.emails) {
            new sns.TopicSubscription(
                `${name}-${email}`,
                { region, topic: topic.arn, protocol: "email", endpoint: email },
                child,
            );
        }

        this.topicArn = topic.arn;
        this.registerOutputs({ topicArn: this.topicArn });
    }
}

/**
 * Lets CloudWatch alarms and EventBridge rules of this account publish, and nobody else.
 *
 * EventBridge sends no aws:SourceAccount along: under a condition on that, its messages would be lost without a word. So
 * its statement names the rules.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/US_SetupSNS.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 */
function publishPolicy(topicArn: pulumi.Output<string>): pulumi.Output<string> {
    const arn = topicArn.apply((text) => parseArn(text));
    const publisher = (Sid: string, Service: string, Condition: object) => ({
        Sid,
        Effect: "Allow",
        Principal: { Service },
        Action: "sns:Publish",
        Resource: topicArn,
        Condition,
    });
    return pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            publisher("AlarmsOfThisAccount", "cloudwatch.amazonaws.com", {
                StringEquals: { "aws:SourceAccount": arn.apply((parts) => parts?.account ?? "") },
            }),
            publisher("RulesOfThisAccount", "events.amazonaws.com", {
                ArnLike: {
                    "aws:SourceArn": arn.apply(
                        (parts) => `arn:${parts?.partition}:events:${parts?.region}:${parts?.account}:rule/*`,
                    ),
                },
            }),
        ],
    });
}
