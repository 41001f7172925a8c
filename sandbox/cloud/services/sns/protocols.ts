import { parseArn } from "../../../../rules/arns";

/** What SNS asks of a subscription's endpoint, and does with it. */
export interface Protocol {
    /** What is wrong with an endpoint, in words that follow "Invalid parameter:". */
    readonly endpointFault: (endpoint: string) => string | false;
    /** Whether somebody must confirm a subscription even in the topic's own account. */
    readonly asksForConfirmation: boolean;
    /** Whether messages can be sent without SNS's envelope. */
    readonly rawDelivery: boolean;
}

const arnOf =
    (service: string, fault: string) =>
    (endpoint: string): string | false =>
        parseArn(endpoint)?.service !== service && fault;

const email: Protocol = {
    endpointFault: (endpoint) => !/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(endpoint) && "Email address",
    asksForConfirmation: true,
    rawDelivery: false,
};

const web = (scheme: string): Protocol => ({
    endpointFault: (endpoint) =>
        (!endpoint.startsWith(`${scheme}://`) || !URL.canParse(endpoint)) &&
        "Endpoint must match the specified protocol",
    asksForConfirmation: true,
    rawDelivery: true,
});

const protocols: Readonly<Record<string, Protocol>> = {
    http: web("http"),
    https: web("https"),
    email,
    "email-json": email,
    sms: {
        // https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html
        endpointFault: (endpoint) => !/^\+[1-9]\d{1,14}$/.test(endpoint) && `Invalid SMS endpoint: ${endpoint}`,
        asksForConfirmation: false,
        rawDelivery: false,
    },
    sqs: {
        endpointFault: arnOf("sqs", "SQS endpoint ARN"),
        asksForConfirmation: false,
        rawDelivery: true,
    },
    application: {
        endpointFault: arnOf("sns", "ApplicationEndpoint endpoint ARN"),
        asksForConfirmation: false,
        rawDelivery: false,
    },
    lambda: {
        endpointFault: arnOf("lambda", "Lambda endpoint ARN"),
        asksForConfirmation: false,
        rawDelivery: false,
    },
    firehose: {
        endpointFault: arnOf("firehose", "Firehose endpoint ARN"),
        asksForConfirmation: false,
        rawDelivery: true,
    },
};

/** The protocol of that name, if SNS has it. @see https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
export function findProtocol(name: string): Protocol | undefined {
    return Object.hasOwn(protocols, name) ? protocols[name] : undefined;
}
