import { domainRecord } from "../examples";
import { defineRule } from "../framework/rule";
import { knownTextAt } from "../framework/values";
import { comparableName, recordName } from "../records";
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
    stack: (stack) => {
        const zones = stack.resources(resourceTypes.hostedZone);
        return stack
            .resources(resourceTypes.record)
            .filter(({ properties }) => knownTextAt(properties, "type") === "CNAME")
            .flatMap((resource) => {
                const zoneId = knownTextAt(resource.properties, "zoneId");
                const sources = resource.sourcesOf("zoneId").map(({ urn }) => urn);
                const zone = zones.find(
                    ({ urn, properties }) =>
                        sources.includes(urn) || (zoneId !== undefined && knownTextAt(properties, "zoneId") === zoneId),
                );
                const zoneName =
                    zone === undefined ? undefined : comparableName(knownTextAt(zone.properties, "name") ?? "");
                const written = knownTextAt(resource.properties, "name");
                // Route 53 takes an empty name and "@" for the zone's own.
                const name = written === "" || written === "@" ? zoneName : recordName(resource);
                return zoneName === undefined || zoneName === "" || name !== zoneName
                    ? []
                    : [
                          {
                              resource,
                              path: "name",
                              got: `${zoneName}, which is the zone's own name`,
                              expected: "a name below the zone's",
                              remedy: "give the domain a name of its own, such as iot." + zoneName,
                          },
                      ];
            });
    },
});
