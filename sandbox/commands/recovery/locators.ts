import { partitionOf } from "../../../rules/regions";
import { sandboxAccount, type Cloud, type CloudRequest } from "../../cloud";

/** A thing in the cloud that a creation may have made. */
export interface Candidate {
    readonly id: string;
    /** What removes it, where it turns out to be one too many. */
    readonly removal: CloudRequest;
}

/** How to learn what a creation that was cut off has made. */
export type Locator =
    /** The identifier follows from the inputs: the thing has this one or does not exist. */
    | { readonly kind: "named"; readonly id: (inputs: Inputs) => string }
    /** AWS made the identifier up: the thing is known by what it was created with. */
    | { readonly kind: "searched"; readonly find: (cloud: Cloud, inputs: Inputs) => Promise<Candidate[]> }
    /** Nothing is left over in the cloud. */
    | { readonly kind: "nothing"; readonly because: string };

/** A resource's inputs. By the time that a resource is created, all of them are known. */
export type Inputs = Readonly<Record<string, unknown>>;

const text = (inputs: Inputs, name: string): string => String(inputs[name]);

/** How to find what was created, by Pulumi's resource type; docs/recovery.md says the same for an AWS account. */
export const locators: Readonly<Record<string, Locator>> = {
    "aws:acm/certificate:Certificate": { kind: "searched", find: findCertificates },
    "aws:acm/certificateValidation:CertificateValidation": {
        kind: "nothing",
        because: "it waits for a certificate and makes nothing",
    },
    "aws:cloudwatch/metricAlarm:MetricAlarm": { kind: "named", id: (inputs) => text(inputs, "name") },
    "aws:iot/domainConfiguration:DomainConfiguration": { kind: "named", id: (inputs) => text(inputs, "name") },
    "aws:route53/record:Record": {
        kind: "named",
        id: (inputs) =>
            [inputs.zoneId, text(inputs, "name").toLowerCase(), inputs.type, inputs.setIdentifier]
                .filter((part) => part !== undefined && part !== "")
                .join("_"),
    },
    "aws:route53/zone:Zone": { kind: "searched", find: findZones },
    "aws:sns/topic:Topic": { kind: "named", id: topicArn },
    "aws:sns/topicPolicy:TopicPolicy": { kind: "named", id: (inputs) => text(inputs, "arn") },
    "aws:sns/topicSubscription:TopicSubscription": { kind: "searched", find: findSubscriptions },
};

function topicArn(inputs: Inputs): string {
    const region = text(inputs, "region");
    return `arn:${partitionOf(region)}:sns:${region}:${sandboxAccount}:${text(inputs, "name")}`;
}

/** By domain name and tags: the program tags each certificate with its stack and its domain. */
async function findCertificates(cloud: Cloud, inputs: Inputs): Promise<Candidate[]> {
    const region = text(inputs, "region");
    const call = (operation: string, parameters: Record<string, unknown>) => ({
        service: "acm",
        operation,
        region,
        parameters,
    });
    // Without a filter ACM lists RSA certificates of up to 2048 bits alone.
    const keyTypes = ["RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"];
    const { CertificateSummaryList: certificates } = (await cloud.call(
        call("ListCertificates", { Includes: { keyTypes }, MaxItems: 1000 }),
    )) as { CertificateSummaryList: { CertificateArn: string; DomainName: string }[] };
    const found: Candidate[] = [];
    for (const { CertificateArn, DomainName } of certificates) {
        const { Tags = [] } = (await cloud.call(call("ListTagsForCertificate", { CertificateArn }))) as {
            Tags?: { Key: string; Value: string }[];
        };
        const tags = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
        const sameName = inputs.domainName === undefined || inputs.domainName === DomainName;
        if (sameName && sameTags(tags, (inputs.tagsAll ?? inputs.tags ?? {}) as Record<string, string>)) {
            found.push({ id: CertificateArn, removal: call("DeleteCertificate", { CertificateArn }) });
        }
    }
    return found;
}

function sameTags(first: Readonly<Record<string, string>>, second: Readonly<Record<string, string>>): boolean {
    const names = Object.keys(first);
    return names.length === Object.keys(second).length && names.every((name) => first[name] === second[name]);
}

/** By name; the provider marks what it creates, and the account's own zones bear another mark. */
async function findZones(cloud: Cloud, inputs: Inputs): Promise<Candidate[]> {
    const region = "us-east-1";
    const name = text(inputs, "name").replace(/\.?$/, ".");
    const { HostedZones: zones } = (await cloud.call({
        service: "route53",
        operation: "ListHostedZonesByName",
        region,
        parameters: { DNSName: name },
    })) as { HostedZones: { Id: string; Name: string; CallerReference: string }[] };
    return zones
        .filter((zone) => zone.Name === name && zone.CallerReference.startsWith("pulumi-"))
        .map(({ Id }) => ({
            id: Id.replace("/hostedzone/", ""),
            removal: { service: "route53", operation: "DeleteHostedZone", region, parameters: { Id } },
        }));
}

/**
 * By topic, protocol and endpoint. One that nobody has confirmed yet has no identifier in the list: AWS removes it by
 * itself, and subscribing again is the same subscription.
 */
async function findSubscriptions(cloud: Cloud, inputs: Inputs): Promise<Candidate[]> {
    const region = text(inputs, "region");
    const { Subscriptions: subscriptions } = (await cloud.call({
        service: "sns",
        operation: "ListSubscriptionsByTopic",
        region,
        parameters: { TopicArn: inputs.topic },
    })) as { Subscriptions: { SubscriptionArn: string; Protocol: string; Endpoint: string }[] };
    return subscriptions
        .filter(({ Protocol, Endpoint }) => Protocol === inputs.protocol && Endpoint === inputs.endpoint)
        .filter(({ SubscriptionArn }) => SubscriptionArn.startsWith("arn:"))
        .map(({ SubscriptionArn }) => ({
            id: SubscriptionArn,
            removal: { service: "sns", operation: "Unsubscribe", region, parameters: { SubscriptionArn } },
        }));
}
