import * as pulumi from "@pulumi/pulumi";
import { amazonRootCertificates, type RootCertificate } from "../../rules/provisioning/rootCertificates";
import type { ClaimCertificates } from "./claimCertificates";

/** What a device maker needs to put into a device. */
export interface ClaimBundle {
    /** Names to connect to; each is the same everywhere, and leads to the region that serves the device. */
    readonly endpoints: readonly string[];
    readonly templateName: string;
    readonly certificatePem: string;
    /** Secret; `undefined` where the stack was not given it. */
    readonly privateKeyPem?: string;
    /** What the device has to trust, where ACM has issued the domain's certificate. */
    readonly rootCertificates: readonly RootCertificate[];
}

/** One bundle for each active claim certificate, by their names; the private keys in them are secrets. */
export function claimBundles(
    { byName }: ClaimCertificates,
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
                    rootCertificates: amazonRootCertificates,
                }) as pulumi.Output<ClaimBundle>,
            ]),
    );
}
