import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as pulumi from "@pulumi/pulumi";
import { expiryAlarm } from "../rules/expiryAlarms";

/** What {@link alarmBeforeExpiry} needs to know. */
export interface ExpiryAlarmArgs {
    readonly region: string;
    readonly certificateArn: pulumi.Input<string>;
    /** Days left at which the alarm goes off. */
    readonly daysBeforeExpiry: number;
    readonly topicArn: pulumi.Input<string>;
    /** What the certificate serves, for the person who gets the alarm. */
    readonly serves: string;
    /** What to do about it. */
    readonly advice: string;
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * An alarm on the days that a certificate has left.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html
 */
export function alarmBeforeExpiry(
    name: string,
    args: ExpiryAlarmArgs,
    options: pulumi.CustomResourceOptions,
): cloudwatch.MetricAlarm {
    const { dimension, ...metric } = expiryAlarm;
    return new cloudwatch.MetricAlarm(
        name,
        {
            ...metric,
            region: args.region,
            dimensions: { [dimension]: args.certificateArn },
            threshold: args.daysBeforeExpiry,
            alarmDescription:
                `The server certificate of ${args.serves} ends in ${args.daysBeforeExpiry} days or less, or has ended. ` +
                args.advice,
            alarmActions: [args.topicArn],
            okActions: [args.topicArn],
            tags: args.tags,
        },
        options,
    );
}
