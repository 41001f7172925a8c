import type * as pulumi from "@pulumi/pulumi";
import type { CertificateSettings, DomainSettings } from "../../config";

/** Everything that a source needs to make the certificate of one region. */
export interface CertificateRequest<Settings extends CertificateSettings = CertificateSettings> {
    /** Name of the resource; what a source makes beside the certificate has names that begin with it. */
    readonly name: string;
    /** Where the settings stand in the configuration, for errors. */
    readonly path: string;
    readonly region: string;
    readonly domain: DomainSettings;
    readonly settings: Settings;
    /** Every name that the certificate is to hold, the domain name first. */
    readonly names: readonly string[];
    readonly options: pulumi.CustomResourceOptions;
    readonly tags: Readonly<Record<string, string>>;
}
