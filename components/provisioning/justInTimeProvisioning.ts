import * as iot from "@pulumi/aws/iot";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import type { CertificateAuthoritySettings, JustInTimeSettings } from "../../config/provisioning";
import type { ProvisioningNames } from "../../config/provisioningContext";
import { fingerprintOf } from "../../rules/certificates/fingerprint";
import { templateBody } from "../../rules/provisioning/template";
import type { FleetRegistry } from "./fleetRegistry";
import type { ProvisioningRole } from "./provisioningRole";

/** What {@link JustInTimeProvisioning} needs to know. */
export interface JustInTimeProvisioningArgs {
    readonly region: string;
    readonly settings: JustInTimeSettings;
    readonly names: ProvisioningNames;
    readonly role: ProvisioningRole;
    readonly registry: FleetRegistry;
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * How long a verification certificate is valid, in hours: ten years.
 *
 * AWS looks at it once, when the CA is registered. One that expired would be made anew, and the CA registered anew with it.
 */
const verificationValidityHours = 10 * 365 * 24;

/** A CA whose devices a region lets in. */
export interface RegisteredAuthority {
    readonly arn: pulumi.Output<string>;
    readonly certificateFingerprint: string;
    readonly certificateMode: CertificateAuthoritySettings["certificateMode"];
    readonly allowAutoRegistration: boolean;
}

/** Just-in-time provisioning in one region: the CAs whose devices are provisioned when they first connect. */
export class JustInTimeProvisioning extends pulumi.ComponentResource {
    /** By their names in the configuration. */
    public readonly certificateAuthorities: ReadonlyMap<string, RegisteredAuthority>;

    public constructor(name: string, args: JustInTimeProvisioningArgs, options?: pulumi.ComponentResourceOptions) {
        super("iot-domains:index:JustInTimeProvisioning", name, {}, options);
        const { region, settings, role } = args;
        const body = JSON.stringify(templateBody("JITP", settings.template, args.names.devicePolicy));

        this.certificateAuthorities = new Map(
            Object.entries(settings.certificateAuthorities).map(([key, authority]) => {
                const { certificate, certificateMode, allowAutoRegistration } = authority;
                const { arn } = new iot.CaCertificate(
                    `${name}-${key}`,
                    {
                        region,
                        active: true,
                        allowAutoRegistration,
                        caCertificatePem: certificate,
                        certificateMode,
                        verificationCertificatePem: this.verificationCertificate(`${name}-${key}`, region, authority),
                        // The body here and not in a template of its own: those keep no more than five versions.
                        registrationConfig: { roleArn: role.arn, templateBody: body },
                        tags: args.tags,
                    },
                    // A region knows a CA certificate once, so its registration has to end before a new one begins.
                    { parent: this, deleteBeforeReplace: true, dependsOn: [role, args.registry] },
                );
                const certificateFingerprint = fingerprintOf(certificate);
                return [key, { arn, certificateFingerprint, certificateMode, allowAutoRegistration }];
            }),
        );
        this.registerOutputs();
    }

    /** The proof for a region that the CA's key is ours: given, or made with the key; none in mode SNI_ONLY. */
    private verificationCertificate(
        name: string,
        region: string,
        { certificate, certificateMode, privateKey, verificationCertificates }: CertificateAuthoritySettings,
    ): pulumi.Input<string> | undefined {
        if (certificateMode === "SNI_ONLY") {
            return undefined;
        }
        if (privateKey === undefined) {
            return verificationCertificates?.[region];
        }
        const child = { parent: this };
        const { registrationCode } = iot.getRegistrationCodeOutput({ region }, child);
        const key = new tls.PrivateKey(`${name}-verification-key`, { algorithm: "ECDSA", ecdsaCurve: "P256" }, child);
        const request = new tls.CertRequest(
            `${name}-verification-request`,
            { privateKeyPem: key.privateKeyPem, subject: { commonName: registrationCode } },
            child,
        );
        return new tls.LocallySignedCert(
            `${name}-verification-certificate`,
            {
                certRequestPem: request.certRequestPem,
                caCertPem: certificate,
                // Not as a write-only value: Pulumi keeps those in its state as well, encrypted like any secret.
                caPrivateKeyPem: pulumi.secret(privateKey),
                validityPeriodHours: verificationValidityHours,
                allowedUses: ["digital_signature", "client_auth"],
            },
            child,
        ).certPem;
    }
}
