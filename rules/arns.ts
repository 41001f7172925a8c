/** The parts of an Amazon Resource Name. */
export interface Arn {
    readonly partition: string;
    readonly service: string;
    /** Empty for global services. */
    readonly region: string;
    /** Empty where AWS leaves it out. */
    readonly account: string;
    readonly resource: string;
}

/**
 * Takes an ARN apart; `undefined` where the text is none.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function parseArn(text: unknown): Arn | undefined {
    if (typeof text !== "string") {
        return undefined;
    }
    const match = /^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|aws)?:(.+)$/.exec(text);
    if (match === null) {
        return undefined;
    }
    const [, partition = "", service = "", region = "", account = "", resource = ""] = match;
    return { partition, service, region, account, resource };
}

/** Whether a text is the ARN of an ACM certificate. */
export function isCertificateArn(text: unknown): boolean {
    const arn = parseArn(text);
    return arn?.service === "acm" && arn.resource.startsWith("certificate/");
}
