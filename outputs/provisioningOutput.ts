import type * as pulumi from "@pulumi/pulumi";
import type { ClaimBundleOutput, ProvisioningOutput } from "./provisioningContract";
import { contractVersion } from "./version";

type Regional = ProvisioningOutput["regions"][string];
type Deployed<Value> = { readonly [Key in keyof Value]: pulumi.Input<Value[Key]> };
type Authority = NonNullable<NonNullable<Regional["justInTime"]>["certificateAuthorities"]>[string];

/** What a region's provisioning made, as its components expose it. */
export interface RegionalProvisioningFacts {
    readonly role?: { readonly arn: pulumi.Output<string> };
    readonly registry?: { readonly devicePolicyArn: pulumi.Output<string> };
    readonly claim?: {
        readonly templateArn: pulumi.Output<string>;
        readonly certificateIds: ReadonlyMap<string, pulumi.Output<string>>;
        readonly preProvisioningHookArn?: string;
    };
    readonly justInTime?: { readonly certificateAuthorities: ReadonlyMap<string, Deployed<Authority>> };
    readonly authorizer?: Deployed<NonNullable<Regional["authorizer"]>>;
}

/** What a stack's provisioning made. */
export interface ProvisioningFacts {
    /** The private keys in them are secrets. */
    readonly claimBundles: Readonly<Record<string, pulumi.Input<ClaimBundleOutput>>>;
    readonly byRegion: ReadonlyMap<string, RegionalProvisioningFacts>;
}

/** Puts the output `provisioning` together as the contract wants it. */
export function provisioningOutput({ claimBundles, byRegion }: ProvisioningFacts) {
    return {
        version: contractVersion,
        claimBundles,
        regions: Object.fromEntries([...byRegion].map(([region, facts]) => [region, regionalOutput(facts)])),
    };
}

function regionalOutput({ role, registry, claim, justInTime, authorizer }: RegionalProvisioningFacts) {
    return {
        claim: claim && {
            templateArn: claim.templateArn,
            certificateIds: Object.fromEntries(claim.certificateIds),
            preProvisioningHookArn: claim.preProvisioningHookArn,
        },
        justInTime: justInTime && {
            certificateAuthorityArns: Object.fromEntries(
                [...justInTime.certificateAuthorities].map(([key, { arn }]) => [key, arn]),
            ),
            certificateAuthorities: Object.fromEntries(justInTime.certificateAuthorities),
        },
        authorizer: authorizer && {
            authorizerName: authorizer.authorizerName,
            authorizerArn: authorizer.authorizerArn,
            functionArn: authorizer.functionArn,
            tokenKeyName: authorizer.tokenKeyName,
            signingDisabled: authorizer.signingDisabled,
        },
        roleArn: role?.arn,
        devicePolicyArn: registry?.devicePolicyArn,
    };
}
