import { domainRecord } from "../examples";
import { defineRule, type StackFault } from "../framework/rule";
import { quote, textAt } from "../framework/values";
import { recordGroups, routingPolicyOf, type RecordGroup } from "../records";

/** Records among which Route 53 chooses are told apart by their set identifiers. */
export const recordSetIdentifier = defineRule({
    name: "record-set-identifier",
    title: "Set identifiers",
    description: "Records of one name and type with a routing policy have set identifiers, each its own.",
    rationale: "Route 53 refuses a record without one and overwrites one of the same identifier.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html",
    remediation: {
        code: 'setIdentifier: "eu-central-1"',
        cli: "aws route53 list-resource-record-sets --hosted-zone-id ZONE",
        console: "Route 53 > Hosted zones > the zone > the record > Edit > Record ID",
    },
    examples: {
        compliant: [
            domainRecord({ setIdentifier: "eu", weightedRoutingPolicies: [{ weight: 1 }] }, "eu"),
            domainRecord({ setIdentifier: "us", weightedRoutingPolicies: [{ weight: 1 }] }, "us"),
        ],
        violating: [
            domainRecord({ setIdentifier: "eu", weightedRoutingPolicies: [{ weight: 1 }] }, "eu"),
            domainRecord({ setIdentifier: "eu", weightedRoutingPolicies: [{ weight: 1 }] }, "us"),
        ],
    },
    stack: (stack) => recordGroups(stack).flatMap(identifierFaults),
});

function identifierFaults({ name, records }: RecordGroup): StackFault[] {
    const routed = records.filter((record) => !["simple", undefined].includes(routingPolicyOf(record)));
    const seen = new Map<string, string>();
    return routed.flatMap((resource): StackFault[] => {
        const identifier = textAt(resource.properties, "setIdentifier");
        const expected = `a set identifier that no other record of ${name} has`;
        const remedy = "give each record an identifier of its own and keep it, for a change is refused";
        if (identifier === undefined || identifier === "") {
            return [{ resource, path: "setIdentifier", got: "nothing", expected, remedy }];
        }
        const first = typeof identifier === "string" ? seen.get(identifier) : undefined;
        if (typeof identifier === "string" && first === undefined) {
            seen.set(identifier, resource.name);
        }
        return first === undefined
            ? []
            : [{ resource, path: "setIdentifier", got: `${quote(identifier)}, which ${first} has`, expected, remedy }];
    });
}
