import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import {
    managedProvisioningPolicyArn,
    provisioningPermissions,
    provisioningTrustPolicy,
    type ProvisionedResources,
} from "../../rules/provisioning/role";
import { partitionOf } from "../../rules/regions";

/** What {@link ProvisioningRole} needs to know. */
export interface ProvisioningRoleArgs {
    readonly accountId: pulumi.Input<string>;
    /** Every region in which templates use the role. */
    readonly regions: readonly string[];
    /** What the templates make and touch. */
    readonly resources: ProvisionedResources;
    /** Gives the role AWS's wide policy instead of one that is limited to `resources`. */
    readonly managedPolicy: boolean;
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * The role that AWS IoT Core takes to provision devices.
 *
 * A template should depend on this component and not only on its ARN: without the permissions the role is of no use.
 */
export class ProvisioningRole extends pulumi.ComponentResource {
    public readonly arn: pulumi.Output<string>;

    public constructor(name: string, args: ProvisioningRoleArgs, options?: pulumi.ComponentResourceOptions) {
        super("iot-domains:index:ProvisioningRole", name, {}, options);
        const child = { parent: this };
        const { regions } = args;
        const scope = pulumi.output(args.accountId).apply((account) => ({ account, regions }));

        const role = new iam.Role(
            `${name}-role`,
            {
                description: "Lets AWS IoT Core provision devices.",
                assumeRolePolicy: scope.apply((known) => JSON.stringify(provisioningTrustPolicy(known))),
                tags: args.tags,
            },
            child,
        );
        if (args.managedPolicy) {
            const policyArn = managedProvisioningPolicyArn(partitionOf(regions[0] ?? ""));
            new iam.RolePolicyAttachment(`${name}-managed-policy`, { role: role.name, policyArn }, child);
        } else {
            const policy = scope.apply((known) => JSON.stringify(provisioningPermissions(known, args.resources)));
            new iam.RolePolicy(`${name}-permissions`, { role: role.id, policy }, child);
        }

        this.arn = role.arn;
        this.registerOutputs({ arn: this.arn });
    }
}
