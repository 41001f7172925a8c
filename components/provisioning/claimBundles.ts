import * as pulumi from "@pulumi/pulumi";
import { amazonRootCertificates, type RootCertificate } from "../../rules/provisioning/rootCertificates";
import type { ClaimSettings } from "../../config/provisioning";
import type { ClaimCertificates } from "./claimCertificates";

/** What a device maker needs to put into a device. */
export interface ClaimBundle {
    /** Names to connect to; each is the same everywhere, and leads to the region that serves the device. */
    readonly endpoints: string[];
    readonly templateName: string;
    readonly certificatePem: string;
    /** Secret; `undefined` where the stack was not given it. */
    readonly privateKeyPem?: string;
    /** What the device has to trust, where ACM has issued the domain's certificate. */
    readonly rootCertificates: RootCertificate[];
    /** How devices get their certificate. */
    readonly operations: string[];
    /** How the client ID of a claiming device begins; absent where any will do. */
    readonly clientIdPrefix?: string;
    /** What a device sends to be registered. */
    readonly parameters: Record<string, { readonly default?: string }>;
    /** The name of its thing, which is its client ID from then on, with parameters to fill in. */
    readonly thingName: string;
}

/** One bundle for each active claim certificate, by their names; the private keys in them are secrets. */
export function claimBundles(
    { byName }: ClaimCertificates,
    { operations, clientIdPrefix, template }: ClaimSettings,
    shared: Pick<ClaimBundle, "endpoints" | "templateName">,
): Record<string, pulumi.Output<ClaimBundle>> {
    return Object.fromEntries(
        [...byName]
            .filter(([, { active }]) => active)
            .map(([name, { certificatePem, privateKeyPem }]) => [
                name,
                pulumi.output({
                    ...shared,
                    certificatePem,
                    ...(privateKeyPem !== undefined && { privateKeyPem }),
                    rootCertificates: [...amazonRootCertificates],
                    operations,
                    ...(clientIdPrefix !== undefined && { clientIdPrefix }),
                    parameters: template.parameters,
                    thingName: template.thingName,
                }) as pulumi.Output<ClaimBundle>,
            ]),
    );
}
