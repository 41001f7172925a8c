import type * as pulumi from "@pulumi/pulumi";
import { provisionedResources } from "../../config/provisioningContext";
import { Authorizer } from "./authorizer";
import { ClaimProvisioning } from "./claimProvisioning";
import { FleetRegistry } from "./fleetRegistry";
import { JustInTimeProvisioning } from "./justInTimeProvisioning";
import type { Provisioning } from "./provisioning";
import { ProvisioningRole } from "./provisioningRole";

/** What provisioning made in one region. */
export interface RegionalProvisioning {
    /** Absent where there is no template. */
    readonly role?: ProvisioningRole;
    /** Absent where there is no template. */
    readonly registry?: FleetRegistry;
    readonly claim?: ClaimProvisioning;
    readonly justInTime?: JustInTimeProvisioning;
    readonly authorizer?: Authorizer;
}

/** Makes in one region what devices need to be let in, the same as in every other one. */
export function provisionRegion(
    name: string,
    region: string,
    provisioning: Provisioning,
    child: pulumi.ComponentResourceOptions,
): RegionalProvisioning {
    const { settings, names, accountId, tags } = provisioning;
    const { authorizer } = settings;
    return {
        ...withTemplates(name, region, provisioning, child),
        authorizer:
            authorizer &&
            new Authorizer(
                `${name}-authorizer`,
                { region, accountId, tags, settings: authorizer, authorizerName: names.authorizer },
                child,
            ),
    };
}

/** The templates, and what they need: the role that they act under and the registry that they name. */
function withTemplates(
    name: string,
    region: string,
    { settings, names, accountId, tags, claimCertificates }: Provisioning,
    child: pulumi.ComponentResourceOptions,
): RegionalProvisioning {
    const { claim, justInTime } = settings;
    if (claim === undefined && justInTime === undefined) {
        return {};
    }
    const resources = provisionedResources(settings, names);
    const regional = { region, accountId, names, tags };
    // Each region has a role of its own, although IAM is global: so a region comes and goes without touching the others.
    const role = new ProvisioningRole(
        `${name}-registration`,
        { accountId, regions: [region], resources, managedPolicy: settings.role.managedPolicy, tags },
        child,
    );
    const registry = new FleetRegistry(
        `${name}-registry`,
        { ...regional, ...resources, devicePolicyName: names.devicePolicy, topics: settings.devicePolicy },
        child,
    );
    return {
        role,
        registry,
        claim:
            claim &&
            claimCertificates &&
            new ClaimProvisioning(
                `${name}-claim`,
                { ...regional, role, registry, settings: claim, certificates: claimCertificates },
                child,
            ),
        justInTime:
            justInTime &&
            new JustInTimeProvisioning(
                `${name}-just-in-time`,
                { ...regional, role, registry, settings: justInTime },
                child,
            ),
    };
}
