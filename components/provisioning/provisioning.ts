import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as pulumi from "@pulumi/pulumi";
import type { ReadProvisioningSettings } from "../../config/provisioning";
import { provisioningNames, type ProvisioningNames } from "../../config/provisioningContext";
import { formatFinding, type Finding } from "../../rules/finding";
import { claimBundles, type ClaimBundle } from "./claimBundles";
import { ClaimCertificates } from "./claimCertificates";

/** What {@link Provisioning} needs to know. */
export interface ProvisioningArgs {
    readonly settings: ReadProvisioningSettings;
    /** What is not as it should be but stops nothing; it is told as warnings. */
    readonly findings: readonly Finding[];
    /** The stack's name, from which names follow that the settings leave open. */
    readonly stack: string;
    /** The names that devices connect to, for the bundles. */
    readonly domainNames: readonly string[];
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * How a stack's devices get their identity: what is the same in every region, since a device does not know where it will
 * connect. Each region makes the rest of it its own.
 */
export class Provisioning extends pulumi.ComponentResource {
    public readonly settings: ReadProvisioningSettings;
    public readonly names: ProvisioningNames;
    public readonly accountId: pulumi.Output<string>;
    public readonly tags: Readonly<Record<string, string>>;
    /** Absent where devices come without claims. */
    public readonly claimCertificates?: ClaimCertificates;
    /** What device makers need, by the names of the active claim certificates; empty without claims. */
    public readonly claimBundles: Readonly<Record<string, pulumi.Output<ClaimBundle>>>;

    public constructor(name: string, args: ProvisioningArgs, options?: pulumi.ComponentResourceOptions) {
        super("iot-domains:index:Provisioning", name, {}, options);
        const { settings, domainNames } = args;
        const child = { parent: this };
        for (const each of args.findings) {
            void pulumi.log.warn(formatFinding(each), this);
        }

        this.settings = settings;
        this.names = provisioningNames(settings, args.stack);
        this.accountId = getCallerIdentityOutput({}, child).accountId;
        this.tags = args.tags;
        this.claimBundles = {};
        if (settings.claim) {
            this.claimCertificates = new ClaimCertificates(`${name}-claim`, settings.claim, child);
            this.claimBundles = claimBundles(this.claimCertificates, settings.claim, {
                endpoints: [...domainNames],
                templateName: this.names.provisioningTemplate,
            });
        }
        this.registerOutputs();
    }
}
