import { domainRecord } from "../examples";
import type { ResourceView } from "../framework/resources";
import { defineRule, type StackFault } from "../framework/rule";
import { isUnknown, listAt, quote, valueAt, type Value } from "../framework/values";
import { iotLens } from "../frameworks";
import { recordGroups, routingPolicyOf, type RecordGroup } from "../records";

/** A failover has somewhere to fail over to. */
export const recordFailoverSides = defineRule({
    name: "record-failover-sides",
    title: "Both sides of a failover",
    description: "Failover records of a name are a PRIMARY and a SECONDARY.",
    rationale: "A primary alone is answered even when it is unhealthy; a secondary alone is not what anybody meant.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-failover.html",
    frameworks: [...iotLens("IOTREL14-BP02")],
    remediation: {
        code: 'failoverRoutingPolicies: [{ type: "SECONDARY" }], setIdentifier: "us-east-1"',
        cli: 'aws route53 change-resource-record-sets, with "Failover": "SECONDARY"',
        console: "Route 53 > Hosted zones > the zone > Create record > Failover > Failover record type: Secondary",
    },
    examples: {
        compliant: [
            domainRecord({ setIdentifier: "eu", failoverRoutingPolicies: [{ type: "PRIMARY" }] }, "eu"),
            domainRecord({ setIdentifier: "us", failoverRoutingPolicies: [{ type: "SECONDARY" }] }, "us"),
        ],
        violating: [domainRecord({ setIdentifier: "eu", failoverRoutingPolicies: [{ type: "PRIMARY" }] }, "eu")],
    },
    stack: (stack) => recordGroups(stack).flatMap(sideFaults),
});

function sideFaults({ name, records }: RecordGroup): StackFault[] {
    const sides = records.filter((record) => routingPolicyOf(record) === "failover");
    const types = sides.map(typeOf);
    const [first] = sides;
    const isPending = types.some(isUnknown) || records.some((record) => routingPolicyOf(record) === undefined);
    if (first === undefined || isPending) {
        return [];
    }
    return ["PRIMARY", "SECONDARY"]
        .filter((side) => types.filter((type) => type === side).length !== 1)
        .map((side) => ({
            resource: first,
            path: "failoverRoutingPolicies",
            got: `${types.map(quote).join(" and ")} of ${name}`,
            expected: `exactly one ${side}`,
            remedy: "have one record of each side, in different regions",
        }));
}

function typeOf({ properties }: ResourceView): Value {
    const policies = listAt(properties, "failoverRoutingPolicies");
    return isUnknown(policies) ? policies : valueAt(policies[0], "type");
}
