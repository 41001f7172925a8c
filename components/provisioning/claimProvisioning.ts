import * as iot from "@pulumi/aws/iot";
import * as pulumi from "@pulumi/pulumi";
import type { ClaimSettings } from "../../config/provisioning";
import type { ProvisioningNames } from "../../config/provisioningContext";
import { provisioningTemplateArn } from "../../rules/provisioning/arns";
import { claimPolicy } from "../../rules/provisioning/claimPolicy";
import { templateBody } from "../../rules/provisioning/template";
import type { ClaimCertificates } from "./claimCertificates";
import type { FleetRegistry } from "./fleetRegistry";
import { allowInvocation } from "./invokePermission";
import type { ProvisioningRole } from "./provisioningRole";

/** What {@link ClaimProvisioning} needs to know. */
export interface ClaimProvisioningArgs {
    readonly region: string;
    readonly accountId: pulumi.Input<string>;
    readonly settings: ClaimSettings;
    readonly names: ProvisioningNames;
    readonly certificates: ClaimCertificates;
    readonly role: ProvisioningRole;
    readonly registry: FleetRegistry;
    readonly tags: Readonly<Record<string, string>>;
}

/** The version of what a hook is told; AWS knows no other. */
const hookPayloadVersion = "2020-04-01";

/** Fleet provisioning by claim in one region: the claim certificates with their policy, and the template. */
export class ClaimProvisioning extends pulumi.ComponentResource {
    public readonly templateArn: pulumi.Output<string>;
    /** IDs of the claim certificates in AWS IoT Core, by their names in the configuration. */
    public readonly certificateIds: ReadonlyMap<string, pulumi.Output<string>>;
    /** Absent where no function is asked before a device is provisioned. */
    public readonly preProvisioningHookArn?: string;

    public constructor(name: string, args: ClaimProvisioningArgs, options?: pulumi.ComponentResourceOptions) {
        super("iot-domains:index:ClaimProvisioning", name, {}, options);
        const { region, settings, names, tags } = args;
        const child = { parent: this };
        const location = pulumi.output(args.accountId).apply((account) => ({ region, account }));

        const hook = this.hook(name, args);
        const template = new iot.ProvisioningTemplate(
            `${name}-template`,
            {
                region,
                name: names.provisioningTemplate,
                description: "Provisions devices that come with a claim certificate.",
                type: "FLEET_PROVISIONING",
                enabled: true,
                provisioningRoleArn: args.role.arn,
                templateBody: JSON.stringify(templateBody("FLEET_PROVISIONING", settings.template, names.devicePolicy)),
                ...(hook && {
                    preProvisioningHook: { targetArn: hook.functionArn, payloadVersion: hookPayloadVersion },
                }),
                tags,
            },
            // Its name is in the devices' firmware and unique in the region: a successor can only come after it.
            {
                ...child,
                deleteBeforeReplace: true,
                dependsOn: [args.role, args.registry, ...(hook ? [hook.permission] : [])],
            },
        );
        const policy = new iot.Policy(
            `${name}-policy`,
            {
                region,
                name: names.claimPolicy,
                policy: location.apply((known) =>
                    JSON.stringify(claimPolicy(known, { ...settings, templateName: names.provisioningTemplate })),
                ),
                tags,
            },
            child,
        );

        this.certificateIds = new Map(
            [...args.certificates.byName].map(([key, { certificatePem, active }]) => {
                // Without a CA the same certificate can be registered in every region.
                const certificate = new iot.Certificate(`${name}-${key}`, { region, certificatePem, active }, child);
                // The attachment refers to both, so it goes before them: AWS deletes neither while they hold together.
                new iot.PolicyAttachment(
                    `${name}-${key}-policy`,
                    { region, policy: policy.name, target: certificate.arn },
                    child,
                );
                return [key, certificate.id];
            }),
        );
        this.templateArn = template.arn;
        this.preProvisioningHookArn = hook?.functionArn;
        this.registerOutputs({ templateArn: this.templateArn });
    }

    /** The function that is asked before a device is provisioned, and the right to ask it. */
    private hook(name: string, args: ClaimProvisioningArgs): Hook | undefined {
        const { region, accountId, names } = args;
        const functionArn = args.settings.hook?.[region];
        if (functionArn === undefined) {
            return undefined;
        }
        const sourceArn = pulumi
            .output(accountId)
            .apply((account) => provisioningTemplateArn({ region, account }, names.provisioningTemplate));
        const permission = allowInvocation(
            `${name}-hook-permission`,
            { region, functionArn, sourceArn, accountId },
            { parent: this },
        );
        return { functionArn, permission };
    }
}

interface Hook {
    readonly functionArn: string;
    readonly permission: pulumi.Resource;
}
