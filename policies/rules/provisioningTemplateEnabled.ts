import { provisioningTemplate } from "../examples";
import { defineRule } from "../framework/rule";
import { isUnknown, quote, valueAt } from "../framework/values";
import { resourceTypes } from "../resourceTypes";

/** Advice: a template that is deployed provisions. */
export const provisioningTemplateEnabled = defineRule({
    name: "provisioning-template-enabled",
    title: "Status of a provisioning template",
    description: "A provisioning template is enabled.",
    rationale: "The default is not, and devices that ask a template that is not enabled are refused.",
    severity: "medium",
    enforcementLevel: "advisory",
    reference: "https://docs.aws.amazon.com/iot/latest/apireference/API_CreateProvisioningTemplate.html",
    remediation: {
        code: "enabled: true",
        cli: "aws iot update-provisioning-template --template-name NAME --enabled",
        console:
            "AWS IoT > Connect > Connect many devices > the template > Edit > Provisioning template status: Active",
    },
    examples: {
        compliant: [provisioningTemplate()],
        violating: [provisioningTemplate({ enabled: undefined })],
    },
    resource: {
        types: [resourceTypes.provisioningTemplate],
        check: ({ properties }) => {
            const enabled = valueAt(properties, "enabled");
            return enabled === true || isUnknown(enabled)
                ? []
                : [{ path: "enabled", got: quote(enabled), expected: "true", remedy: "enable the template" }];
        },
    },
});
