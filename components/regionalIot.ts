import * as iot from "@pulumi/aws/iot";
import * as pulumi from "@pulumi/pulumi";
import { dataEndpointType } from "../rules/dataEndpoints";
import { ExpiryAlerts } from "./expiryAlerts";
import type { Provisioning } from "./provisioning/provisioning";
import { provisionRegion, type RegionalProvisioning } from "./provisioning/regionalProvisioning";

/** What {@link RegionalIot} needs to know. */
export interface RegionalIotArgs {
    readonly region: string;
    /** Whether traffic is to go elsewhere while everything stays in place. */
    readonly drained: boolean;
    /** Who is told of what is about to expire. */
    readonly emails: readonly string[];
    /** How devices get their identity. @default nothing that this stack makes */
    readonly provisioning?: Provisioning;
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * Everything that a region has once, whatever domains it serves: its data endpoint, a topic for alarms, and what devices need
 * to be let in.
 *
 * A region shares nothing with the others, so that one more creates and touches nothing. What serves a domain there depends
 * on this component as a whole: devices are sent to a region only when it can let them in.
 */
export class RegionalIot extends pulumi.ComponentResource {
    public readonly region: string;
    public readonly drained: boolean;
    /** Host name of the region's `iot:Data-ATS` endpoint. */
    public readonly dataEndpoint: pulumi.Output<string>;
    /** Where alarms go. */
    public readonly alertTopicArn: pulumi.Output<string>;
    /** Empty where the stack provisions nothing. */
    public readonly provisioning: RegionalProvisioning;

    public constructor(name: string, args: RegionalIotArgs, options?: pulumi.ComponentResourceOptions) {
        super("iot-domains:index:RegionalIot", name, {}, options);
        const { region, emails, provisioning, tags } = args;
        const child = { parent: this };

        this.region = region;
        this.drained = args.drained;
        this.dataEndpoint = iot.getEndpointOutput({ endpointType: dataEndpointType, region }, child).endpointAddress;
        this.alertTopicArn = new ExpiryAlerts(`${name}-alerts`, { region, emails, tags }, child).topicArn;
        this.provisioning = provisioning === undefined ? {} : provisionRegion(name, region, provisioning, child);
        this.registerOutputs({ dataEndpoint: this.dataEndpoint, alertTopicArn: this.alertTopicArn });
    }
}
