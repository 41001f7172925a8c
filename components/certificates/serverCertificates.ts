import type * as acm from "@pulumi/aws/acm";
import * as pulumi from "@pulumi/pulumi";
import type { CertificateSettings, DomainSettings } from "../../config";
import type { Renewal } from "../../rules/certificateRenewal";
import { replacementGuard, type GuardedInputs } from "../replacementGuard";
import { certificateNames, domainIdentity } from "./identity";
import type { CertificateRequest } from "./request";
import { certificateSources, renewals, type RegionalCertificate } from "./sources";

/** What {@link ServerCertificates} needs to know. */
export interface ServerCertificatesArgs {
    /** Where the certificate's settings stand in the configuration, for errors. */
    readonly path: string;
    readonly domain: DomainSettings;
    /** Unique in every region of the account. */
    readonly domainConfigurationName: string;
    /** The regions that serve the domain: ACM certificates never leave their region, so each has its own. */
    readonly regions: readonly string[];
    /** Refuses to replace or delete a certificate: in use by a live domain, it takes the domain's identity with it. */
    readonly protect: boolean;
    readonly tags: Readonly<Record<string, string>>;
}

/** A domain's server certificates, one a region; those that ACM issues are requested but not yet validated. */
export class ServerCertificates extends pulumi.ComponentResource {
    /** Names that ACM has to see validation records of; none where nothing has to be validated. */
    public readonly validatedNames: readonly string[];
    /** Who gives them successors. */
    public readonly renewal: Renewal;
    private readonly byRegion: ReadonlyMap<string, RegionalCertificate>;

    public constructor(name: string, args: ServerCertificatesArgs, options?: pulumi.ComponentResourceOptions) {
        const { domain } = args;
        const inputs: GuardedInputs = { identity: domainIdentity(domain, args.domainConfigurationName) };
        // Everything that a new identity replaces comes after the certificates, so it is they who have the guard.
        super("iot-domains:index:ServerCertificates", name, inputs, {
            ...options,
            hooks: replacementGuard(`${name}-replacement-guard`, args.protect),
        });
        const settings = domain.certificate;
        const names = certificateNames(domain);
        this.renewal = renewals[settings.source];

        this.byRegion = new Map(
            args.regions.map((region) => [
                region,
                makeCertificate({
                    name: `${name}-${region}`,
                    path: args.path,
                    region,
                    domain,
                    settings,
                    names,
                    options: { parent: this, protect: args.protect },
                    tags: args.tags,
                }),
            ]),
        );
        this.validatedNames = this.anyValidated() === undefined ? [] : names;
        this.registerOutputs();
    }

    /**
     * The certificate of one region.
     *
     * @throws {Error} when the region is none of those that the component was made for.
     */
    public in(region: string): RegionalCertificate {
        const certificate = this.byRegion.get(region);
        if (certificate === undefined) {
            throw new Error(`no certificate was made for ${region}, only for ${[...this.byRegion.keys()].join(", ")}`);
        }
        return certificate;
    }

    /** Any one of those that ACM validates: what it says of the names is the same in every region. */
    public anyValidated(): acm.Certificate | undefined {
        return [...this.byRegion.values()].find(({ validated }) => validated !== undefined)?.validated;
    }
}

function makeCertificate(request: CertificateRequest): RegionalCertificate {
    // The table holds for each source what takes that source's settings; TypeScript cannot follow the two together.
    const make = certificateSources[request.settings.source] as (
        request: CertificateRequest<CertificateSettings>,
    ) => RegionalCertificate;
    return make(request);
}
