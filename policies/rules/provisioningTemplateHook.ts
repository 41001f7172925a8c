import { provisioningTemplate } from "../examples";
import { defineRule } from "../framework/rule";
import { isSet, valueAt } from "../framework/values";
import { nist } from "../frameworks";
import { resourceTypes } from "../resourceTypes";

/** Advice: somebody looks at a device before it is provisioned. */
export const provisioningTemplateHook = defineRule({
    name: "provisioning-template-hook",
    title: "Pre-provisioning hook",
    description: "A template for provisioning by claim has a pre-provisioning hook.",
    rationale:
        "Whoever has a claim certificate can provision as many devices as they like; the hook is where a serial number is held " +
        "against a list. Templates for just-in-time provisioning take no hook.",
    severity: "medium",
    enforcementLevel: "advisory",
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/pre-provisioning-hook.html",
    frameworks: [...nist("IA-3")],
    remediation: {
        code: "preProvisioningHook: { targetArn: hook.arn }",
        cli: "aws iot update-provisioning-template --template-name NAME --pre-provisioning-hook targetArn=FUNCTION",
        console: "AWS IoT > Connect > Connect many devices > the template > Edit > Pre-provisioning actions",
    },
    examples: {
        compliant: [provisioningTemplate()],
        violating: [provisioningTemplate({ preProvisioningHook: undefined })],
    },
    resource: {
        types: [resourceTypes.provisioningTemplate],
        check: ({ properties }) => {
            const isByClaim = (valueAt(properties, "type") ?? "FLEET_PROVISIONING") === "FLEET_PROVISIONING";
            return !isByClaim || isSet(properties, "preProvisioningHook")
                ? []
                : [
                      {
                          path: "preProvisioningHook",
                          got: "nothing",
                          expected: "a Lambda function that says which devices may be provisioned",
                          remedy: "add a hook that knows the devices, by their serial numbers for example",
                      },
                  ];
        },
    },
});
