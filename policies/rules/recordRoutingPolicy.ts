import { domainRecord } from "../examples";
import { defineRule, type StackFault } from "../framework/rule";
import { recordGroups, routingPolicyOf, type RecordGroup } from "../records";

/** A name has one routing policy. */
export const recordRoutingPolicy = defineRule({
    name: "record-routing-policy",
    title: "One routing policy a name",
    description: "All records of one name and type have the same routing policy, and simple ones stand alone.",
    rationale:
        "Route 53 refuses to mix policies on one name; policies are combined by records that lead to other records.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html",
    remediation: {
        code: "Give the records a name each, and lead to them from one record with an alias.",
        cli: "aws route53 list-resource-record-sets --hosted-zone-id ZONE",
        console: "Route 53 > Hosted zones > the zone > the record > Edit > Routing policy",
    },
    examples: {
        compliant: [
            domainRecord({ setIdentifier: "eu", weightedRoutingPolicies: [{ weight: 1 }] }, "eu"),
            domainRecord({ setIdentifier: "us", weightedRoutingPolicies: [{ weight: 1 }] }, "us"),
        ],
        violating: [
            domainRecord({ setIdentifier: "eu", weightedRoutingPolicies: [{ weight: 1 }] }, "eu"),
            domainRecord({ setIdentifier: "us", latencyRoutingPolicies: [{ region: "us-east-1" }] }, "us"),
        ],
    },
    stack: (stack) => recordGroups(stack).flatMap(mixedFaults),
});

function mixedFaults({ name, records }: RecordGroup): StackFault[] {
    const known = records.flatMap((resource) => {
        const policy = routingPolicyOf(resource);
        return policy === undefined ? [] : [{ resource, policy }];
    });
    const [first, ...others] = known;
    return others
        .filter(({ policy }) => policy !== first?.policy || policy === "simple")
        .map(({ resource, policy }) => ({
            resource,
            path: "name",
            got: `a ${policy} record beside a ${first?.policy} one of ${name}`,
            expected: "one routing policy a name, and one record where it is simple",
            remedy: "give all records of the name the same policy, or this one another name",
        }));
}
