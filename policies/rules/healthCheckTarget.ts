import { parseIotEndpoint } from "../../rules/dataEndpoints";
import { awsDefaultSecurityPolicy, findSecurityPolicy } from "../../rules/securityPolicies";
import { domainConfiguration } from "../examples";
import { knownRegionOf, type ResourceView, type StackView } from "../framework/resources";
import { defineRule, type ExampleResource, type StackFault } from "../framework/rule";
import { isUnknown, knownTextAt, quote, textAt } from "../framework/values";
import { iotLens } from "../frameworks";
import { comparableName, configurationsByDomain, recordsByName, recordTargets, routingPolicyOf } from "../records";
import { resourceTypes } from "../resourceTypes";

/** A health check looks at one region, in a way in which that region can answer. */
export const healthCheckTarget = defineRule({
    name: "health-check-target",
    title: "Target of a health check",
    description: "A health check looks at a region's own endpoint, and speaks a TLS version that is spoken there.",
    rationale:
        "The shared name is answered by whichever region is healthy, so a check of it says nothing about one region. Route 53's " +
        "HTTPS checks speak TLS 1.0 to 1.2 and never pass on a domain with TLS 1.3 alone.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference:
        "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html",
    frameworks: [...iotLens("IOTREL14-BP02")],
    remediation: {
        code: 'new aws.route53.HealthCheck("eu-central-1", { type: "TCP", fqdn: endpoint, port: 8883, requestInterval: 30, failureThreshold: 3 })',
        cli: "aws route53 create-health-check --caller-reference REFERENCE --health-check-config Type=TCP,FullyQualifiedDomainName=ENDPOINT,Port=8883",
        console:
            "Route 53 > Health checks > Create health check > Endpoint > Domain name: the region's data endpoint, Protocol: TCP",
    },
    examples: {
        compliant: [
            domainConfiguration(),
            healthCheck({ type: "TCP", fqdn: "a1b2c3d4e5f6g7-ats.iot.eu-central-1.amazonaws.com" }),
        ],
        violating: [domainConfiguration(), healthCheck({ type: "HTTPS", fqdn: "iot.example.com" })],
    },
    stack: (stack) => {
        const domains = configurationsByDomain(stack);
        return stack.resources(resourceTypes.healthCheck).flatMap((check) => {
            const host = comparableName(knownTextAt(check.properties, "fqdn") ?? "");
            const configurations = domains.get(host);
            return configurations === undefined
                ? []
                : [
                      ...(isOneRegions(stack, host, configurations) ? [] : sharedNameFaults(check, host)),
                      ...tlsVersionFaults(check, configurations),
                  ];
        });
    },
});

function healthCheck(properties: ExampleResource["properties"]): ExampleResource {
    return {
        type: resourceTypes.healthCheck,
        name: "eu-central-1",
        properties: { port: 8883, requestInterval: 30, failureThreshold: 3, ...properties },
    };
}

/** Whether a name is one region's own: it is configured there alone, and its one record leads there whatever happens. */
function isOneRegions(stack: StackView, host: string, configurations: readonly ResourceView[]): boolean {
    const [record, ...others] = recordsByName(stack).get(host) ?? [];
    const [{ target } = { target: "" }] = record === undefined ? [] : recordTargets(record);
    return (
        configurations.length === 1 &&
        others.length === 0 &&
        record !== undefined &&
        routingPolicyOf(record) === "simple" &&
        parseIotEndpoint(target)?.region === configurations.map(knownRegionOf)[0]
    );
}

function sharedNameFaults(resource: ResourceView, host: string): StackFault[] {
    return [
        {
            resource,
            path: "fqdn",
            got: `${host}, which every region answers`,
            expected: "a host that one region answers, such as its iot:Data-ATS endpoint",
            remedy: "check each region by its own name",
        },
    ];
}

function tlsVersionFaults(resource: ResourceView, configurations: readonly ResourceView[]): StackFault[] {
    const type = knownTextAt(resource.properties, "type");
    const tls13 = configurations.map(policyName).find((policy) => policy !== undefined && !speaksTls12(policy));
    return type?.startsWith("HTTPS") === true && tls13 !== undefined
        ? [
              {
                  resource,
                  path: "type",
                  got: quote(type),
                  expected: `TCP, for the domain speaks TLS 1.3 alone (${tls13})`,
                  remedy: "use a TCP check; Route 53's HTTPS checks speak TLS 1.0 to 1.2",
              },
          ]
        : [];
}

function policyName({ properties }: ResourceView): string | undefined {
    const name = textAt(properties, "tlsConfig", "securityPolicy");
    return isUnknown(name) ? undefined : (name ?? awsDefaultSecurityPolicy);
}

function speaksTls12(policy: string): boolean {
    return findSecurityPolicy(policy)?.tlsVersions.includes("1.2") ?? true;
}
