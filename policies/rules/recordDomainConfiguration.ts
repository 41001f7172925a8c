import { parseIotEndpoint } from "../../rules/dataEndpoints";
import { domainConfiguration, domainRecord } from "../examples";
import { knownRegionOf, oncePerStack, type ResourceView, type StackView } from "../framework/resources";
import { defineRule, type StackFault } from "../framework/rule";
import { isUnknown, knownTextAt, textAt } from "../framework/values";
import {
    beginningsOf,
    comparableName,
    configurationsByDomain,
    isNamePending,
    possibleNames,
    recordName,
    recordTargets,
} from "../records";
import { resourceTypes } from "../resourceTypes";

/** Advice: a region knows the names that are led to it. */
export const recordDomainConfiguration = defineRule({
    name: "record-domain-configuration",
    title: "Domain behind a record",
    description: "A record that leads to a region's data endpoint has a domain configuration in that region.",
    rationale:
        "A region that does not know the name answers with AWS's own certificate, and devices refuse to connect. Names that lead " +
        "to the domain through another record are left alone.",
    severity: "medium",
    enforcementLevel: "advisory",
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html",
    remediation: {
        code: 'new aws.iot.DomainConfiguration("telemetry", { region, domainName: "iot.example.com", serverCertificateArns: [arn] })',
        cli: "aws iot create-domain-configuration --region REGION --domain-name iot.example.com --server-certificate-arns ARN",
        console: "AWS IoT > Connect > Domain configurations > Create domain configuration, in the record's region",
    },
    examples: {
        compliant: [domainConfiguration(), domainRecord()],
        violating: [domainConfiguration(), domainRecord({ name: "mqtt.example.com" })],
    },
    stack: (stack) => {
        const records = stack.resources(resourceTypes.record);
        const targets = records.flatMap(recordTargets).map(({ target }) => comparableName(target));
        const names = new Set(targets);
        const beginnings = new Set(targets.flatMap(beginningsOf));
        return records
            .filter((record) => !(isNamePending(record) ? beginnings : names).has(recordName(record) ?? ""))
            .flatMap((record) => unservedFaults(stack, record));
    },
});

function unservedFaults(stack: StackView, record: ResourceView): StackFault[] {
    const name = recordName(record);
    if (knownTextAt(record.properties, "type") !== "CNAME" || name === undefined) {
        return [];
    }
    return recordTargets(record).flatMap(({ path, target }) => {
        const endpoint = parseIotEndpoint(target);
        if (endpoint === undefined || isServed(stack, possibleNames(stack, record), endpoint.region)) {
            return [];
        }
        return [
            {
                resource: record,
                path,
                got: `the endpoint of ${endpoint.region}, where the stack configures no ${name}`,
                expected: `a domain configuration of ${name} in ${endpoint.region}`,
                remedy: "configure the domain there, or take the record away",
            },
        ];
    });
}

/** Whether the stack serves one of some names in a region, or may: what is not known yet is not held against anybody. */
function isServed(stack: StackView, names: readonly string[], region: string): boolean {
    const domains = configurationsByDomain(stack);
    const wildcards = names.map((name) => `*${name.slice(name.indexOf("."))}`);
    const configurations = [...names, ...wildcards].flatMap((domain) => domains.get(domain) ?? []);
    return [...configurations, ...configurationsOfUnknownDomains(stack)].some((configuration) =>
        [region, undefined].includes(knownRegionOf(configuration)),
    );
}

const configurationsOfUnknownDomains = oncePerStack((stack) =>
    stack
        .resources(resourceTypes.domainConfiguration)
        .filter(({ properties }) => isUnknown(textAt(properties, "domainName"))),
);
