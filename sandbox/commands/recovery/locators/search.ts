import { X509Certificate } from "node:crypto";
import { AwsError, type Cloud } from "../../../cloud";
import { textOf, type Inputs } from "./locator";

type Tags = Readonly<Record<string, string>>;

interface TagList {
    readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
    readonly tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** Services without regions are called in this one. */
const globalRegion = "us-east-1";

/** Everything that a list operation lists, page after page. */
async function listAll<Item>(
    cloud: Cloud,
    request: { service: string; operation: string; region: string; parameters?: Record<string, unknown> },
    paging: { items: string; next: string; marker: string },
): Promise<Item[]> {
    const items: Item[] = [];
    let marker: unknown;
    do {
        const parameters = { ...request.parameters, ...(marker !== undefined && { [paging.marker]: marker }) };
        const page = (await cloud.call({ ...request, parameters })) as Record<string, unknown>;
        items.push(...((page[paging.items] ?? []) as Item[]));
        marker = page[paging.next] ?? undefined;
    } while (marker !== undefined && marker !== "");
    return items;
}

function tagsOf({ Tags: upper, tags: lower }: TagList): Tags {
    return Object.fromEntries((upper ?? lower ?? []).map(({ Key, Value }) => [Key, Value]));
}

function hasSameTags(tags: Tags, inputs: Inputs): boolean {
    const expected = (inputs.tagsAll ?? inputs.tags ?? {}) as Tags;
    const names = Object.keys(tags);
    return names.length === Object.keys(expected).length && names.every((name) => tags[name] === expected[name]);
}

/** By domain name and tags: the program tags each certificate with its stack and its domain. */
export async function findCertificates(cloud: Cloud, inputs: Inputs): Promise<string[]> {
    const call = { service: "acm", region: textOf(inputs, "region") };
    // Without a filter ACM lists RSA certificates of up to 2048 bits alone.
    const keyTypes = ["RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"];
    const certificates = await listAll<{ CertificateArn: string; DomainName: string }>(
        cloud,
        { ...call, operation: "ListCertificates", parameters: { Includes: { keyTypes } } },
        { items: "CertificateSummaryList", next: "NextToken", marker: "NextToken" },
    );
    const found: string[] = [];
    for (const { CertificateArn, DomainName } of certificates) {
        const sameName = inputs.domainName === undefined || inputs.domainName === DomainName;
        const operation = "ListTagsForCertificate";
        if (
            sameName &&
            hasSameTags(tagsOf(await cloud.call({ ...call, operation, parameters: { CertificateArn } })), inputs)
        ) {
            found.push(CertificateArn);
        }
    }
    return found;
}

/** By tags: the certificate itself is a secret of the state. */
export async function findCaCertificates(cloud: Cloud, inputs: Inputs): Promise<string[]> {
    const call = { service: "iot", region: textOf(inputs, "region") };
    const certificates = await listAll<{ certificateId: string; certificateArn: string }>(
        cloud,
        { ...call, operation: "ListCACertificates" },
        { items: "certificates", next: "nextMarker", marker: "marker" },
    );
    const found: string[] = [];
    for (const { certificateId, certificateArn } of certificates) {
        const parameters = { resourceArn: certificateArn };
        if (hasSameTags(tagsOf(await cloud.call({ ...call, operation: "ListTagsForResource", parameters })), inputs)) {
            found.push(certificateId);
        }
    }
    return found;
}

/**
 * By the certificate itself: AWS IoT Core takes each one once in a region, and gives one that it makes no mark to know it by.
 *
 * @see https://docs.aws.amazon.com/iot/latest/apireference/API_RegisterCertificateWithoutCA.html
 */
export async function findDeviceCertificates(cloud: Cloud, inputs: Inputs): Promise<string[]> {
    const { certificatePem } = inputs;
    if (typeof certificatePem !== "string") {
        return [];
    }
    const call = { service: "iot", region: textOf(inputs, "region") };
    const certificates = await listAll<{ certificateId: string }>(
        cloud,
        { ...call, operation: "ListCertificates" },
        { items: "certificates", next: "nextMarker", marker: "marker" },
    );
    const { fingerprint256 } = new X509Certificate(certificatePem);
    const found: string[] = [];
    for (const { certificateId } of certificates) {
        const parameters = { certificateId };
        const { certificateDescription } = await cloud.call({ ...call, operation: "DescribeCertificate", parameters });
        if (new X509Certificate(certificateDescription.certificatePem).fingerprint256 === fingerprint256) {
            found.push(certificateId);
        }
    }
    return found;
}

/** By name; the provider marks what it creates, and the account's own zones bear another mark. */
export async function findZones(cloud: Cloud, inputs: Inputs): Promise<string[]> {
    const name = textOf(inputs, "name").replace(/\.?$/, ".");
    const { HostedZones: zones } = (await cloud.call({
        service: "route53",
        operation: "ListHostedZonesByName",
        region: globalRegion,
        parameters: { DNSName: name },
    })) as { HostedZones: { Id: string; Name: string; CallerReference: string }[] };
    return zones
        .filter((zone) => zone.Name === name && zone.CallerReference.startsWith("pulumi-"))
        .map(({ Id }) => Id.replace("/hostedzone/", ""));
}

/** By name, which is unique in an account. */
export async function findCidrCollections(cloud: Cloud, inputs: Inputs): Promise<string[]> {
    const collections = await listAll<{ Id: string; Name: string }>(
        cloud,
        { service: "route53", operation: "ListCidrCollections", region: globalRegion },
        { items: "CidrCollections", next: "NextToken", marker: "NextToken" },
    );
    return collections.filter(({ Name }) => Name === inputs.name).map(({ Id }) => Id);
}

/** By what is checked. */
export async function findHealthChecks(cloud: Cloud, inputs: Inputs): Promise<string[]> {
    const checks = await listAll<{ Id: string; HealthCheckConfig: Record<string, unknown> }>(
        cloud,
        { service: "route53", operation: "ListHealthChecks", region: globalRegion },
        { items: "HealthChecks", next: "NextMarker", marker: "Marker" },
    );
    const compared = { Type: "type", FullyQualifiedDomainName: "fqdn", IPAddress: "ipAddress", Port: "port" };
    return checks
        .filter(({ HealthCheckConfig: config }) =>
            Object.entries(compared).every(
                ([field, input]) => inputs[input] === undefined || config[field] === inputs[input],
            ),
        )
        .map(({ Id }) => Id);
}

/** By name, which is unique in a region. */
export async function findSecrets(cloud: Cloud, inputs: Inputs): Promise<string[]> {
    const region = textOf(inputs, "region");
    const parameters = { SecretId: inputs.name };
    try {
        return [(await cloud.call({ service: "secretsmanager", operation: "DescribeSecret", region, parameters })).ARN];
    } catch (error) {
        if (error instanceof AwsError && error.name === "ResourceNotFoundException") {
            return [];
        }
        throw error;
    }
}

/**
 * By topic, protocol and endpoint. One that nobody has confirmed yet has no identifier in the list: AWS removes it by
 * itself, and subscribing again is the same subscription.
 */
export async function findSubscriptions(cloud: Cloud, inputs: Inputs): Promise<string[]> {
    const subscriptions = await listAll<{ SubscriptionArn: string; Protocol: string; Endpoint: string }>(
        cloud,
        {
            service: "sns",
            operation: "ListSubscriptionsByTopic",
            region: textOf(inputs, "region"),
            parameters: { TopicArn: inputs.topic },
        },
        { items: "Subscriptions", next: "NextToken", marker: "NextToken" },
    );
    return subscriptions
        .filter(({ Protocol, Endpoint }) => Protocol === inputs.protocol && Endpoint === inputs.endpoint)
        .map(({ SubscriptionArn }) => SubscriptionArn)
        .filter((arn) => arn.startsWith("arn:"));
}
