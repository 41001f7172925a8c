/**
 * Who gives a certificate a successor: ACM by itself, a person, or the stack's next deployment.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html
 */
export type Renewal = "acm" | "person" | "deployment";

/** ACM begins to renew this many days before expiry. @see https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html */
const acmRenewsAt = 60;

/** Days that ACM is given for a renewal before its not being done counts as trouble. */
const daysForRenewal = 15;

/**
 * Days left at which somebody is told.
 *
 * Of a certificate that ACM renews, more days left than these mean nothing: ACM may still be at it.
 */
export function daysBeforeAlarm(renewal: Renewal, daysBeforeExpiry: number): number {
    return renewal === "acm" ? Math.min(daysBeforeExpiry, acmRenewsAt - daysForRenewal) : daysBeforeExpiry;
}

const advice: Readonly<Record<Renewal, string>> = {
    acm:
        "ACM was to renew it by itself and has not. Look at its renewal status in ACM; the record that validates it has " +
        "to be in DNS.",
    person:
        "Nobody renews it but you. Have it issued anew for the same names and type of key, and deploy it under the same " +
        "ARN; see docs/rotation.md.",
    deployment: "The stack made it itself. Deploy the stack once it has ended, for a new one.",
};

/** What the person who gets the alarm has to do. */
export function renewalAdvice(renewal: Renewal): string {
    return advice[renewal];
}

/**
 * An EventBridge pattern for what ACM says of one certificate's end.
 *
 * ACM sends an event each day from 45 days before expiry; those of more days left than `days` are left out.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/supported-events.html
 */
export function expiryEventPattern(certificateArn: string, days: number) {
    return {
        source: ["aws.acm"],
        resources: [certificateArn],
        $or: [
            {
                "detail-type": ["ACM Certificate Approaching Expiration"],
                detail: { DaysToExpiry: [{ numeric: ["<=", days] }] },
            },
            {
                "detail-type": [
                    "ACM Certificate Expired",
                    "ACM Certificate Renewal Action Required",
                    "ACM Certificate Revoked",
                ],
            },
        ],
    };
}
