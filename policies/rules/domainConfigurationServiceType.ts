import { serviceTypeFindings } from "../../rules/domainConfigurations";
import { domainConfiguration } from "../examples";
import { defineRule } from "../framework/rule";
import { isSet, knownTextAt } from "../framework/values";
import { resourceTypes } from "../resourceTypes";

/** A customer-managed domain serves data. */
export const domainConfigurationServiceType = defineRule({
    name: "domain-configuration-service-type",
    title: "Service type of a domain configuration",
    description: "A domain configuration of a domain of your own has the service type DATA.",
    rationale:
        "The API names other service types as well, but AWS IoT Core supports only DATA for customer-managed domains.",
    severity: "medium",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html",
    remediation: {
        code: 'serviceType: "DATA"',
        cli: "aws iot create-domain-configuration --service-type DATA ...",
        console:
            "AWS IoT > Connect > Domain configurations > Create domain configuration; the console offers no other type",
    },
    examples: {
        compliant: [domainConfiguration()],
        violating: [domainConfiguration({ serviceType: "JOBS" })],
    },
    resource: {
        types: [resourceTypes.domainConfiguration],
        check: ({ properties }) => {
            const serviceType = knownTextAt(properties, "serviceType");
            const isCustomDomain = isSet(properties, "domainName") || isSet(properties, "serverCertificateArns");
            return serviceType === undefined || !isCustomDomain ? [] : serviceTypeFindings(serviceType, "serviceType");
        },
    },
});
