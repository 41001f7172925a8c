import { domainConfiguration, domainRecord } from "../examples";
import { defineRule, type StackFault } from "../framework/rule";
import { holdsUnknown, valueAt } from "../framework/values";
import { configurationsByDomain, recordsByName } from "../records";
import { resourceTypes } from "../resourceTypes";

/** Advice: devices find a domain. */
export const domainConfigurationRecord = defineRule({
    name: "domain-configuration-record",
    title: "Record of a domain",
    description: "A stack that manages records has one for each of its domain configurations.",
    rationale:
        "Without a record the name leads nowhere. A stack without any record is left alone: its DNS is elsewhere.",
    severity: "medium",
    enforcementLevel: "advisory",
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html",
    remediation: {
        code: 'new aws.route53.Record("telemetry", { zoneId, name: "iot.example.com", type: "CNAME", ttl: 60, records: [endpoint] })',
        cli: "aws route53 change-resource-record-sets --hosted-zone-id ZONE --change-batch file://record.json",
        console: "Route 53 > Hosted zones > the zone > Create record > CNAME",
    },
    examples: {
        compliant: [domainConfiguration(), domainRecord()],
        violating: [domainConfiguration(), domainRecord({ name: "mqtt.example.com" })],
    },
    stack: (stack) => {
        const records = stack.resources(resourceTypes.record);
        const isJudged =
            records.length > 0 && !records.some(({ properties }) => holdsUnknown(valueAt(properties, "name")));
        const named = recordsByName(stack);
        return !isJudged
            ? []
            : [...configurationsByDomain(stack)]
                  .filter(([domain]) => !named.has(domain))
                  .flatMap(([domain, configurations]) =>
                      configurations.map((resource): StackFault => ({
                          resource,
                          path: "domainName",
                          got: `${domain} without a record`,
                          expected: "a CNAME record of that name",
                          remedy: "add one that leads to the region's iot:Data-ATS endpoint",
                      })),
                  );
    },
});
