import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { daysBeforeAlarm, expiryEventPattern, renewalAdvice, type Renewal } from "../rules/certificateRenewal";
import { expiryAlarm } from "../rules/expiryAlarms";

/** A certificate whose end somebody is told of before it comes. */
export interface WatchedCertificate {
    readonly region: string;
    readonly certificateArn: pulumi.Output<string>;
    /** Who gives it a successor: what can be done about its end, and when its nearing means trouble. */
    readonly renewal: Renewal;
    /** Days left from which on somebody is told; fewer where ACM renews it, which it begins late. */
    readonly daysBeforeExpiry: number;
    readonly topicArn: pulumi.Input<string>;
    /** What the certificate is and serves, for the person who is told: `server certificate of iot.example.com`. */
    readonly subject: string;
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * Has somebody told before a certificate ends: by an alarm on the days left, and by ACM's own events.
 *
 * The alarm says so once and comes from a metric that ACM sends twice a day; the events come each day, and say why.
 */
export function watchExpiry(name: string, watched: WatchedCertificate, options: pulumi.CustomResourceOptions): void {
    const days = daysBeforeAlarm(watched.renewal, watched.daysBeforeExpiry);
    alarmBeforeExpiry(`${name}-expiry-alarm`, watched, days, options);
    forwardExpiryEvents(`${name}-expiry-events`, watched, days, options);
}

/** @see https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html */
function alarmBeforeExpiry(
    name: string,
    { region, certificateArn, topicArn, subject, renewal, tags }: WatchedCertificate,
    days: number,
    options: pulumi.CustomResourceOptions,
): void {
    const { dimension, ...metric } = expiryAlarm;
    new cloudwatch.MetricAlarm(
        name,
        {
            ...metric,
            region,
            dimensions: { [dimension]: certificateArn },
            threshold: days,
            alarmDescription: `The ${subject} ends in ${days} days or less, or has ended. ` + renewalAdvice(renewal),
            alarmActions: [topicArn],
            okActions: [topicArn],
            tags,
        },
        options,
    );
}

/** @see https://docs.aws.amazon.com/acm/latest/userguide/supported-events.html */
function forwardExpiryEvents(
    name: string,
    { region, certificateArn, topicArn, subject, renewal, tags }: WatchedCertificate,
    days: number,
    options: pulumi.CustomResourceOptions,
): void {
    const rule = new cloudwatch.EventRule(
        name,
        {
            region,
            description: `What ACM says of the end of the ${subject}`,
            eventPattern: pulumi.jsonStringify(certificateArn.apply((arn) => expiryEventPattern(arn, days))),
            tags,
        },
        options,
    );
    new cloudwatch.EventTarget(
        `${name}-target`,
        {
            region,
            rule: rule.name,
            arn: topicArn,
            inputTransformer: {
                inputPaths: { event: "$.detail-type", days: "$.detail.DaysToExpiry", certificate: "$.resources[0]" },
                inputTemplate: JSON.stringify(
                    `<event>, days left: <days>. Certificate <certificate>: ${subject}. ${renewalAdvice(renewal)}`,
                ),
            },
        },
        options,
    );
}
