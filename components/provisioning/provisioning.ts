import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as pulumi from "@pulumi/pulumi";
import type { ReadProvisioningSettings } from "../../config/provisioning";
import { provisionedResources, provisioningNames, type ProvisioningNames } from "../../config/provisioningContext";
import { formatFinding, type Finding } from "../../rules/finding";
import { Authorizer } from "./authorizer";
import { claimBundles, type ClaimBundle } from "./claimBundles";
import { ClaimCertificates } from "./claimCertificates";
import { ClaimProvisioning } from "./claimProvisioning";
import { FleetRegistry } from "./fleetRegistry";
import { JustInTimeProvisioning } from "./justInTimeProvisioning";
import { ProvisioningRole } from "./provisioningRole";

/** What {@link Provisioning} needs to know. */
export interface ProvisioningArgs {
    readonly settings: ReadProvisioningSettings;
    /** The stack's name, from which names follow that the settings leave open. */
    readonly stack: string;
    readonly regions: readonly string[];
    /** The names that devices connect to, for the bundles. */
    readonly domainNames: readonly string[];
    /** What is not as it should be but stops nothing; it is told as warnings. */
    readonly advice: readonly Finding[];
    readonly tags: Readonly<Record<string, string>>;
}

/** What provisioning made in one region. */
export interface ProvisioningInRegion {
    /** Absent where there is no template. */
    readonly roleArn?: pulumi.Output<string>;
    /** Absent where there is no template. */
    readonly devicePolicyArn?: pulumi.Output<string>;
    readonly claim?: ClaimProvisioning;
    readonly justInTime?: JustInTimeProvisioning;
    readonly authorizer?: Authorizer;
}

/** How a stack's devices get their identity: by claim, just in time or by a token, the same in every region. */
export class Provisioning extends pulumi.ComponentResource {
    public readonly byRegion: ReadonlyMap<string, ProvisioningInRegion>;
    /** What device makers need, by the names of the active claim certificates; empty without claims. */
    public readonly claimBundles: Readonly<Record<string, pulumi.Output<ClaimBundle>>>;

    public constructor(name: string, args: ProvisioningArgs, options?: pulumi.ComponentResourceOptions) {
        super("iot-domains:index:Provisioning", name, {}, options);
        const { settings, regions, domainNames } = args;
        const child = { parent: this };
        const names = provisioningNames(settings, args.stack);
        const { accountId } = getCallerIdentityOutput({}, child);
        for (const each of args.advice) {
            void pulumi.log.warn(formatFinding(each), this);
        }

        const shared = { ...args, names, accountId };
        const certificates = settings.claim && new ClaimCertificates(`${name}-claim`, settings.claim, child);
        this.byRegion = new Map(
            regions.map((region) => [region, this.provisionIn(region, name, { ...shared, certificates })]),
        );
        this.claimBundles =
            certificates === undefined || settings.claim === undefined
                ? {}
                : claimBundles(certificates, settings.claim, {
                      endpoints: [...domainNames],
                      templateName: names.provisioningTemplate,
                  });
        this.registerOutputs();
    }

    /** Each region has a role of its own, although IAM is global: so a region comes and goes without touching the others. */
    private role(name: string, region: string, { settings, names, accountId, tags }: Shared): ProvisioningRole {
        const resources = provisionedResources(settings, names);
        const { managedPolicy } = settings.role;
        return new ProvisioningRole(
            `${name}-registration-${region}`,
            { accountId, regions: [region], resources, managedPolicy, tags },
            { parent: this },
        );
    }

    private provisionIn(region: string, name: string, shared: Shared & Made): ProvisioningInRegion {
        const { settings, names, accountId, tags, certificates } = shared;
        const child = { parent: this };
        const regional = { region, accountId, names, tags };
        const { claim, justInTime, authorizer } = settings;
        const provisioners = (claim !== undefined || justInTime !== undefined) && {
            role: this.role(name, region, shared),
            registry: new FleetRegistry(
                `${name}-registry-${region}`,
                {
                    ...regional,
                    ...provisionedResources(settings, names),
                    devicePolicyName: names.devicePolicy,
                    topics: settings.devicePolicy,
                },
                child,
            ),
        };
        return {
            ...(provisioners && {
                roleArn: provisioners.role.arn,
                devicePolicyArn: provisioners.registry.devicePolicyArn,
            }),
            ...(claim &&
                certificates &&
                provisioners && {
                    claim: new ClaimProvisioning(
                        `${name}-claim-${region}`,
                        { ...regional, ...provisioners, settings: claim, certificates },
                        child,
                    ),
                }),
            ...(justInTime &&
                provisioners && {
                    justInTime: new JustInTimeProvisioning(
                        `${name}-just-in-time-${region}`,
                        { ...regional, ...provisioners, settings: justInTime },
                        child,
                    ),
                }),
            ...(authorizer && {
                authorizer: new Authorizer(
                    `${name}-authorizer-${region}`,
                    { ...regional, settings: authorizer, authorizerName: names.authorizer },
                    child,
                ),
            }),
        };
    }
}

interface Shared extends ProvisioningArgs {
    readonly names: ProvisioningNames;
    readonly accountId: pulumi.Output<string>;
}

interface Made {
    readonly certificates?: ClaimCertificates;
}
