import type { ClaimBundleOutput, ProvisioningOutput } from "../../outputs/provisioningContract";

/** A CA whose devices are registered when they first connect. */
export interface DeviceAuthority {
    /** PEM. */
    readonly certificate: string;
    /** PEM. Secret. */
    readonly privateKey: string;
}

/** How provisioning is looked at. */
export interface ProvisioningSettings {
    readonly outputs: ProvisioningOutput;
    /** The key of the domain through which devices come. */
    readonly through: string;
    /** Whether devices are really provisioned, and not only asked AWS about. */
    readonly provisions: boolean;
    /** What a device sends of a template's parameters; one that is not here and has no default is made up. */
    readonly parameters: Readonly<Record<string, string>>;
    readonly authority?: DeviceAuthority;
    /** What a provisioned device publishes and subscribes to, with `{thingName}` in it. */
    readonly topic: string;
    /** Told of everything that was made in a region, so that somebody can remove it. */
    readonly made: (region: string, thing: MadeDevice) => void;
}

/** What provisioning made. */
export interface MadeDevice {
    readonly thingName?: string;
    readonly certificateId: string;
}

/** The claim bundles whose private key is at hand. */
export function usableBundles({ claimBundles }: ProvisioningOutput): [name: string, bundle: UsableBundle][] {
    return Object.entries(claimBundles).flatMap(([name, bundle]): [string, UsableBundle][] =>
        bundle.privateKeyPem === undefined ? [] : [[name, { ...bundle, privateKeyPem: bundle.privateKeyPem }]],
    );
}

/** A claim bundle with its private key. */
export type UsableBundle = ClaimBundleOutput & { readonly privateKeyPem: string };

/** What stands for provisioning in the table, beside the keys of domains. */
export const provisioningKey = "provisioning";

/** Where a part of provisioning stands in the outputs: the path of findings. */
export function provisioningPath(region: string, part: "claim" | "justInTime"): string {
    return `${provisioningKey}.regions.${region}.${part}`;
}
