import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import type { ClaimCertificateSettings } from "../../config/provisioning";

/** What {@link ClaimCertificates} needs to know. */
export interface ClaimCertificatesArgs {
    /** By names of your own. */
    readonly certificates: Readonly<Record<string, ClaimCertificateSettings>>;
}

/** A claim certificate, given or generated. */
export interface ClaimCertificate {
    readonly certificatePem: pulumi.Output<string>;
    /** Always a secret; absent where the stack was not given it. */
    readonly privateKeyPem?: pulumi.Output<string>;
    readonly active: boolean;
}

/**
 * The claim certificates of a stack, the same ones for every region: a device does not know where it will connect.
 *
 * A generated key stands in the stack's state, encrypted. Whoever wants it nowhere but in the factory gives a certificate.
 */
export class ClaimCertificates extends pulumi.ComponentResource {
    public readonly byName: ReadonlyMap<string, ClaimCertificate>;

    public constructor(name: string, args: ClaimCertificatesArgs, options?: pulumi.ComponentResourceOptions) {
        super("iot-domains:index:ClaimCertificates", name, {}, options);
        this.byName = new Map(
            Object.entries(args.certificates).map(([key, settings]) => [
                key,
                settings.certificate === undefined
                    ? this.generate(`${name}-${key}`, settings)
                    : given(settings.certificate, settings),
            ]),
        );
        this.registerOutputs();
    }

    private generate(name: string, { validityDays, active }: ClaimCertificateSettings): ClaimCertificate {
        const child = { parent: this };
        const key = new tls.PrivateKey(`${name}-key`, { algorithm: "ECDSA", ecdsaCurve: "P256" }, child);
        const certificate = new tls.SelfSignedCert(
            `${name}-certificate`,
            {
                privateKeyPem: key.privateKeyPem,
                subject: { commonName: name },
                validityPeriodHours: validityDays * 24,
                allowedUses: ["digital_signature", "client_auth"],
            },
            child,
        );
        return { certificatePem: certificate.certPem, privateKeyPem: pulumi.secret(key.privateKeyPem), active };
    }
}

function given(certificatePem: string, { privateKey, active }: ClaimCertificateSettings): ClaimCertificate {
    return {
        certificatePem: pulumi.output(certificatePem),
        ...(privateKey !== undefined && { privateKeyPem: pulumi.secret(privateKey) }),
        active,
    };
}
