import { domainRecord } from "../examples";
import { groupedBy, oncePerStack, type ResourceView, type StackView } from "../framework/resources";
import { defineRule, type StackFault } from "../framework/rule";
import { knownTextAt } from "../framework/values";
import { comparableName, recordName, zoneNameBehind } from "../records";
import { resourceTypes } from "../resourceTypes";

/** A zone's own name is no CNAME. */
export const recordZoneApex = defineRule({
    name: "record-zone-apex",
    title: "CNAME at the zone apex",
    description: "No CNAME record has the name of its zone.",
    rationale:
        "The zone's own name has SOA and NS records, beside which DNS allows no CNAME; so a domain for devices needs a name of " +
        "its own below the zone.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html",
    remediation: {
        code: 'name: "iot.example.com"',
        cli: "aws route53 change-resource-record-sets, with a name below the zone's",
        console: "Route 53 > Hosted zones > the zone > Create record > Record name",
    },
    examples: {
        compliant: [
            { type: resourceTypes.hostedZone, name: "zone", properties: { name: "example.com", zoneId: "Z1" } },
            domainRecord({ zoneId: "Z1" }),
        ],
        violating: [
            { type: resourceTypes.hostedZone, name: "zone", properties: { name: "example.com", zoneId: "Z1" } },
            domainRecord({ zoneId: "Z1", name: "example.com" }),
        ],
    },
    stack: (stack) =>
        stack
            .resources(resourceTypes.record)
            .filter(({ properties }) => knownTextAt(properties, "type") === "CNAME")
            .flatMap((record) => apexFaults(record, zoneNameOf(stack, record))),
});

const zonesById = oncePerStack((stack) =>
    groupedBy(stack.resources(resourceTypes.hostedZone), ({ properties }) => [knownTextAt(properties, "zoneId")]),
);

/** The name of the zone that a record lies in, where the stack has that zone. */
function zoneNameOf(stack: StackView, record: ResourceView): string | undefined {
    const [zone] = zonesById(stack).get(knownTextAt(record.properties, "zoneId") ?? "") ?? [];
    const name = zone && knownTextAt(zone.properties, "name");
    return zoneNameBehind(record) ?? (name === undefined || name === "" ? undefined : comparableName(name));
}

function apexFaults(resource: ResourceView, zoneName: string | undefined): StackFault[] {
    const written = knownTextAt(resource.properties, "name");
    // Route 53 takes an empty name and "@" for the zone's own.
    const name = written === "" || written === "@" ? zoneName : recordName(resource);
    return zoneName === undefined || name !== zoneName
        ? []
        : [
              {
                  resource,
                  path: "name",
                  got: `${zoneName}, which is the zone's own name`,
                  expected: "a name below the zone's",
                  remedy: `give the domain a name of its own, such as iot.${zoneName}`,
              },
          ];
}
