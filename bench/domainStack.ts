import type { JudgedResource } from "../policies/client/judgedResource";
import { acmCertificate, domainConfiguration, domainRecord, expiryAlarm } from "../policies/examples";
import type { ExampleResource } from "../policies/framework/rule";
import { resourceTypes } from "../policies/resourceTypes";

const region = "eu-central-1";
const endpoint = `a1b2c3d4e5f6g7-ats.iot.${region}.amazonaws.com`;

/**
 * Domains as the engine describes them to a pack: five resources each, which refer to one another and keep every rule.
 *
 * @param count Number of resources, rounded up to whole domains.
 */
export function domainStack(count: number): JudgedResource[] {
    return Array.from({ length: Math.ceil(count / 5) }, (_, index) => domain(index)).flat();
}

function domain(index: number): JudgedResource[] {
    const name = `domain-${index}`;
    const domainName = `${name}.example.com`;
    const id = index.toString(16).padStart(12, "0");
    const arn = `arn:aws:acm:${region}:123456789012:certificate/11111111-2222-3333-4444-${id}`;
    const certificate = judged(acmCertificate({ domainName, arn }, name));
    const healthCheck = judged({
        type: resourceTypes.healthCheck,
        name,
        properties: { type: "TCP", fqdn: endpoint, port: 8883, requestInterval: 30, failureThreshold: 3 },
    });
    return [
        certificate,
        {
            ...judged(domainConfiguration({ name, domainName, serverCertificateArns: [arn] }, name)),
            propertyDependencies: { serverCertificateArns: [certificate.urn] },
        },
        healthCheck,
        {
            ...judged(
                domainRecord(
                    {
                        name: domainName,
                        records: [endpoint],
                        setIdentifier: region,
                        latencyRoutingPolicies: [{ region }],
                        healthCheckId: id,
                    },
                    name,
                ),
            ),
            propertyDependencies: { healthCheckId: [healthCheck.urn] },
        },
        {
            ...judged(expiryAlarm({ dimensions: { CertificateArn: arn } }, name)),
            propertyDependencies: { dimensions: [certificate.urn] },
        },
    ];
}

function judged({ type, name, properties, protect }: ExampleResource): JudgedResource {
    return { urn: `urn:pulumi:prod::bench::${type}::${name}`, type, name, properties, protect };
}
