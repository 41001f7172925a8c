import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { expiryEventPattern } from "../rules/certificateRenewal";

/** What {@link forwardExpiryEvents} needs to know. */
export interface ExpiryEventsArgs {
    readonly region: string;
    readonly certificateArn: pulumi.Output<string>;
    /** Days left from which on ACM's daily events are passed on. */
    readonly daysBeforeExpiry: number;
    readonly topicArn: pulumi.Input<string>;
    /** What the certificate serves. */
    readonly serves: string;
    /** What to do about it. */
    readonly advice: string;
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * Passes on what ACM says of a certificate's end: each day that it comes nearer, and at once when a renewal needs somebody.
 *
 * The alarm on the days left says so once and comes from a metric that ACM sends twice a day; these say why.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/supported-events.html
 */
export function forwardExpiryEvents(name: string, args: ExpiryEventsArgs, options: pulumi.CustomResourceOptions): void {
    const { region, tags } = args;
    const rule = new cloudwatch.EventRule(
        name,
        {
            region,
            description: `What ACM says of the end of the server certificate of ${args.serves}`,
            eventPattern: pulumi.jsonStringify(
                args.certificateArn.apply((arn) => expiryEventPattern(arn, args.daysBeforeExpiry)),
            ),
            tags,
        },
        options,
    );
    new cloudwatch.EventTarget(
        `${name}-target`,
        {
            region,
            rule: rule.name,
            arn: args.topicArn,
            inputTransformer: {
                inputPaths: { event: "$.detail-type", days: "$.detail.DaysToExpiry", certificate: "$.resources[0]" },
                inputTemplate: JSON.stringify(
                    `<event>, days left: <days>. Certificate <certificate> of ${args.serves}. ${args.advice}`,
                ),
            },
        },
        options,
    );
}
