import { domainRecord } from "../examples";
import { defineRule, type Fault } from "../framework/rule";
import type { ResourceView } from "../framework/resources";
import { isSet, isUnknown, knownTextAt, listAt, valueAt } from "../framework/values";
import { iotLens } from "../frameworks";
import { routingPolicyOf } from "../records";
import { resourceTypes } from "../resourceTypes";

/** Advice: Route 53 knows when a region is down. */
export const recordHealthCheck = defineRule({
    name: "record-health-check",
    title: "Health check of a record",
    description: "A record among which Route 53 chooses has a health check, or follows the health of what it leads to.",
    rationale:
        "Route 53 takes a record without a health check for healthy and goes on to lead devices to a region that is down.",
    severity: "medium",
    enforcementLevel: "advisory",
    reference: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-complex-configs.html",
    frameworks: [...iotLens("IOTREL14-BP02")],
    remediation: {
        code: "healthCheckId: healthCheck.id",
        cli: 'aws route53 change-resource-record-sets, with "HealthCheckId"',
        console: "Route 53 > Hosted zones > the zone > the record > Edit > Health check ID",
    },
    examples: {
        compliant: [
            domainRecord({
                setIdentifier: "eu",
                failoverRoutingPolicies: [{ type: "PRIMARY" }],
                healthCheckId: "11111111-2222-3333-4444-555555555555",
            }),
        ],
        violating: [domainRecord({ setIdentifier: "eu", failoverRoutingPolicies: [{ type: "PRIMARY" }] })],
    },
    resource: {
        types: [resourceTypes.record],
        check: (record) => healthFaults(record),
    },
});

function healthFaults(record: ResourceView): Fault[] {
    const policy = routingPolicyOf(record);
    const { properties } = record;
    const isNameRecord = knownTextAt(properties, "type") === "CNAME";
    if (!isNameRecord || policy === undefined || policy === "simple" || isLastResort(record)) {
        return [];
    }
    if (isSet(properties, "healthCheckId") || followsHealth(record)) {
        return [];
    }
    return [
        {
            path: "healthCheckId",
            got: `nothing, on a ${policy} record`,
            expected: "a health check, or an alias that evaluates its target's health",
            remedy: "check the region's own data endpoint, and name the health check here",
        },
    ];
}

/** What is answered when all else has failed needs no check of its own. */
function isLastResort({ properties }: ResourceView): boolean {
    const policies = listAt(properties, "failoverRoutingPolicies");
    const type = isUnknown(policies) ? policies : valueAt(policies[0], "type");
    return type === "SECONDARY" || isUnknown(type);
}

function followsHealth({ properties }: ResourceView): boolean {
    const aliases = listAt(properties, "aliases");
    return (
        isUnknown(aliases) ||
        aliases.some((alias) =>
            [true, ...(isUnknown(alias) ? [alias] : [])].includes(valueAt(alias, "evaluateTargetHealth") as true),
        )
    );
}
