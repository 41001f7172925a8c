import type { ClaimBundleOutput, ProvisioningOutput } from "../../outputs/provisioningContract";

/** A CA whose devices are registered when they first connect. */
export interface DeviceAuthority {
    /** In words: `the registered CA`. */
    readonly title: string;
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
    /** Why no device is really provisioned, and AWS only asked; absent where some are. */
    readonly withheld?: string;
    /** What a device sends of a template's parameters; one that is not here and has no default is made up. */
    readonly parameters: Readonly<Record<string, string>>;
    /** What simulated devices bring along in a region. */
    readonly material: (region: string) => ProvisioningMaterial;
    /** What a provisioned device publishes and subscribes to, with `{thingName}` in it. */
    readonly topic: string;
    /** Told of everything that was made in a region, so that somebody can remove it. */
    readonly made: (region: string, thing: MadeDevice) => void;
    /** Runs what makes a device, so that whoever removes devices waits for one that is just being made. */
    readonly during: <Result>(exchange: () => Promise<Result>) => Promise<Result>;
}

/** What provisioning made. */
export interface MadeDevice {
    readonly thingName?: string;
    readonly certificateId: string;
}

/** What simulated devices bring along to be provisioned. */
export interface ProvisioningMaterial {
    readonly claims: readonly Claim[];
    /** Absent where nobody has the private key of a registered CA. */
    readonly authority?: DeviceAuthority;
}

/** A claim certificate with its private key, and what the maker of a device is told with it. */
export interface Claim {
    /** In words: `the claim 2026`. */
    readonly title: string;
    readonly bundle: UsableBundle;
}

/** A claim bundle with its private key, which is secret. */
export type UsableBundle = ClaimBundleOutput & { readonly privateKeyPem: string };

/** The claims of which the outputs hold the private key. */
export function claimsIn({ claimBundles }: ProvisioningOutput): Claim[] {
    return Object.entries(claimBundles).flatMap(([name, bundle]) =>
        bundle.privateKeyPem === undefined
            ? []
            : [{ title: `the claim ${name}`, bundle: { ...bundle, privateKeyPem: bundle.privateKeyPem } }],
    );
}

/** What stands for provisioning in the table, beside the keys of domains. */
export const provisioningKey = "provisioning";

/** Where a part of provisioning stands in the outputs: the path of findings. */
export function provisioningPath(region: string, part: "claim" | "justInTime"): string {
    return `${provisioningKey}.regions.${region}.${part}`;
}
