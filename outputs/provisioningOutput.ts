import type * as pulumi from "@pulumi/pulumi";
import { contractVersion } from "./contract";

/** What a region's provisioning made, as its components expose it. */
export interface ProvisioningFacts {
    readonly claimBundles: Readonly<Record<string, unknown>>;
    readonly byRegion: ReadonlyMap<
        string,
        {
            readonly claim?: {
                readonly templateArn: pulumi.Output<string>;
                readonly certificateIds: ReadonlyMap<string, pulumi.Output<string>>;
            };
            readonly justInTime?: { readonly certificateAuthorityArns: ReadonlyMap<string, pulumi.Output<string>> };
            readonly authorizer?: {
                readonly authorizerName: pulumi.Output<string>;
                readonly authorizerArn: pulumi.Output<string>;
            };
        }
    >;
}

/** Puts the output `provisioning` together as the contract wants it; the private keys in its bundles are secrets. */
export function provisioningOutput(facts: ProvisioningFacts) {
    return {
        version: contractVersion,
        claimBundles: facts.claimBundles,
        regions: Object.fromEntries(
            [...facts.byRegion].map(([region, { claim, justInTime, authorizer }]) => [
                region,
                {
                    claim: claim && {
                        templateArn: claim.templateArn,
                        certificateIds: Object.fromEntries(claim.certificateIds),
                    },
                    justInTime: justInTime && {
                        certificateAuthorityArns: Object.fromEntries(justInTime.certificateAuthorityArns),
                    },
                    authorizer: authorizer && {
                        authorizerName: authorizer.authorizerName,
                        authorizerArn: authorizer.authorizerArn,
                    },
                },
            ]),
        ),
    };
}
