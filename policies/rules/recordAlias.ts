import { parseIotEndpoint } from "../../rules/dataEndpoints";
import { domainRecord } from "../examples";
import { defineRule } from "../framework/rule";
import { quote } from "../framework/values";
import { recordTargets } from "../records";
import { resourceTypes } from "../resourceTypes";

/** An IoT endpoint is reached by a CNAME. */
export const recordAlias = defineRule({
    name: "record-alias",
    title: "Aliases of IoT endpoints",
    description: "No alias record points to an endpoint of AWS IoT Core.",
    rationale:
        "Route 53 knows aliases of some AWS services and of records in the same zone; AWS IoT Core is not among them.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference:
        "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html",
    remediation: {
        code: 'type: "CNAME", ttl: 60, records: [endpoint]',
        cli: 'aws route53 change-resource-record-sets, with "Type": "CNAME" and "ResourceRecords"',
        console: "Route 53 > Hosted zones > the zone > the record > Edit > Alias off, Record type: CNAME",
    },
    examples: {
        compliant: [domainRecord()],
        violating: [
            domainRecord({
                ttl: undefined,
                records: undefined,
                aliases: [
                    {
                        name: "a1b2c3d4e5f6g7-ats.iot.eu-central-1.amazonaws.com",
                        zoneId: "Z1",
                        evaluateTargetHealth: true,
                    },
                ],
            }),
        ],
    },
    resource: {
        types: [resourceTypes.record],
        check: (record) =>
            recordTargets(record)
                .filter(({ path, target }) => path.startsWith("aliases") && parseIotEndpoint(target) !== undefined)
                .map(({ path, target }) => ({
                    path,
                    got: quote(target),
                    expected: "another record of the zone, or a CNAME in the place of the alias",
                    remedy: "make it a CNAME record with the endpoint as its value",
                })),
    },
});
