import * as iot from "@pulumi/aws/iot";
import * as pulumi from "@pulumi/pulumi";
import { devicePolicy, type DeviceTopics } from "../../rules/provisioning/devicePolicy";

/** What {@link FleetRegistry} needs to know. */
export interface FleetRegistryArgs {
    readonly region: string;
    readonly accountId: pulumi.Input<string>;
    readonly devicePolicyName: string;
    readonly topics: DeviceTopics;
    readonly thingTypeNames: readonly string[];
    readonly thingGroupNames: readonly string[];
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * What templates in a region name: the policy of devices, thing types and thing groups.
 *
 * Provisioning fails where one of them is missing, so templates depend on this component.
 */
export class FleetRegistry extends pulumi.ComponentResource {
    public readonly devicePolicyArn: pulumi.Output<string>;

    public constructor(name: string, args: FleetRegistryArgs, options?: pulumi.ComponentResourceOptions) {
        super("iot-domains:index:FleetRegistry", name, {}, options);
        const { region, tags, topics } = args;
        const child = { parent: this };

        const policy = new iot.Policy(
            `${name}-device-policy`,
            {
                region,
                name: args.devicePolicyName,
                policy: pulumi
                    .output(args.accountId)
                    .apply((account) => JSON.stringify(devicePolicy({ region, account }, topics))),
                tags,
            },
            child,
        );
        for (const thingTypeName of args.thingTypeNames) {
            new iot.ThingType(`${name}-type-${thingTypeName}`, { region, name: thingTypeName, tags }, child);
        }
        for (const thingGroupName of args.thingGroupNames) {
            new iot.ThingGroup(`${name}-group-${thingGroupName}`, { region, name: thingGroupName, tags }, child);
        }

        this.devicePolicyArn = policy.arn;
        this.registerOutputs({ devicePolicyArn: this.devicePolicyArn });
    }
}
