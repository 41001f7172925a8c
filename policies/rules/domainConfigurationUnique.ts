import { domainConfiguration } from "../examples";
import { knownRegionOf, type ResourceView } from "../framework/resources";
import { defineRule, type StackFault } from "../framework/rule";
import { configurationsByDomain } from "../records";

/** A region has one domain configuration for a domain name. */
export const domainConfigurationUnique = defineRule({
    name: "domain-configuration-unique",
    title: "One domain configuration a name and region",
    description: "No two domain configurations of one region have the same domain name.",
    rationale: "AWS refuses the second one when it is made; another region may have the name as well.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html",
    remediation: {
        code: "Leave one of the domain configurations out, or give it another domainName or region.",
        cli: "aws iot list-domain-configurations --region REGION",
        console: "AWS IoT > Connect > Domain configurations, in each region",
    },
    examples: {
        compliant: [domainConfiguration(), domainConfiguration({ region: "us-east-1" }, "telemetry-us")],
        violating: [domainConfiguration(), domainConfiguration({ name: "again" }, "again")],
    },
    stack: (stack) => [...configurationsByDomain(stack)].flatMap(([domain, same]) => repeatedFaults(domain, same)),
});

function repeatedFaults(domain: string, configurations: readonly ResourceView[]): StackFault[] {
    return configurations.flatMap((resource, index) => {
        const region = knownRegionOf(resource);
        const first = configurations.findIndex((other) => region !== undefined && knownRegionOf(other) === region);
        return first < 0 || first === index
            ? []
            : [
                  {
                      resource,
                      path: "domainName",
                      got: `${domain} a second time in ${region}, after ${configurations[first]?.name}`,
                      expected: "one domain configuration a name and region",
                      remedy: "leave one of them out",
                  },
              ];
    });
}
