import { domainConfiguration } from "../examples";
import { defineRule } from "../framework/rule";
import { resourceTypes } from "../resourceTypes";
import { isInStack, productionStacks } from "../stacks";

interface ProtectedSettings {
    readonly stacks: readonly string[];
}

/** Advice: nobody replaces a production domain by accident. */
export const domainConfigurationProtected = defineRule<ProtectedSettings>({
    name: "domain-configuration-protected",
    title: "Protection of a production domain",
    description: "A production stack's domain configurations are protected against replacement and deletion.",
    rationale:
        "A new name, certificate ARN, service type or region replaces a domain configuration, and AWS takes up to an hour to " +
        "serve the new one. Pulumi's protect option stops that before it starts.",
    severity: "medium",
    enforcementLevel: "advisory",
    presets: { development: "disabled" },
    reference: "https://www.pulumi.com/docs/iac/concepts/options/protect/",
    remediation: {
        code: 'new aws.iot.DomainConfiguration("telemetry", { domainName: "iot.example.com" }, { protect: true })',
        cli: "pulumi state protect URN",
        console: "Protection is Pulumi's; the AWS console has none for domain configurations.",
    },
    settings: { stacks: productionStacks },
    examples: {
        compliant: [domainConfiguration()],
        violating: [{ ...domainConfiguration(), protect: false }],
    },
    resource: {
        types: [resourceTypes.domainConfiguration],
        check: (resource, { settings }) =>
            resource.isProtected || !isInStack(resource, settings.stacks)
                ? []
                : [
                      {
                          path: "options.protect",
                          got: "false",
                          expected: "true",
                          remedy: "protect the resource; take the protection away for the one deployment that shall replace it",
                      },
                  ],
    },
});
