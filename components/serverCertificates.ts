import * as acm from "@pulumi/aws/acm";
import * as pulumi from "@pulumi/pulumi";
import type { DomainSettings } from "../config";

/** What {@link ServerCertificates} needs to know. */
export interface ServerCertificatesArgs {
    readonly domain: DomainSettings;
    /** The regions that serve the domain: ACM certificates never leave their region, so each has its own. */
    readonly regions: readonly string[];
    /** Refuses to replace or delete a certificate: in use by a live domain, it takes the domain's identity with it. */
    readonly protect: boolean;
    readonly tags: Readonly<Record<string, string>>;
}

/** A domain's server certificates, one a region, requested but not yet validated. */
export class ServerCertificates extends pulumi.ComponentResource {
    /** Every name that the certificates hold, the domain name first. */
    public readonly names: readonly string[];
    private readonly byRegion: ReadonlyMap<string, acm.Certificate>;

    public constructor(name: string, args: ServerCertificatesArgs, options?: pulumi.ComponentResourceOptions) {
        super("iot-domains:index:ServerCertificates", name, {}, options);
        const { domainName, certificate } = args.domain;

        this.names = [domainName, ...certificate.subjectAlternativeNames];
        this.byRegion = new Map(
            args.regions.map((region) => [
                region,
                new acm.Certificate(
                    `${name}-${region}`,
                    {
                        region,
                        domainName,
                        subjectAlternativeNames: [...this.names],
                        keyAlgorithm: certificate.keyAlgorithm,
                        validationMethod: "DNS",
                        tags: args.tags,
                    },
                    { parent: this, protect: args.protect },
                ),
            ]),
        );
        this.registerOutputs();
    }

    /**
     * The certificate of one region.
     *
     * @throws {Error} when the region is none of those that the component was made for.
     */
    public in(region: string): acm.Certificate {
        const certificate = this.byRegion.get(region);
        if (certificate === undefined) {
            throw new Error(
                `no certificate was requested in ${region}, only in ${[...this.byRegion.keys()].join(", ")}`,
            );
        }
        return certificate;
    }

    /** Any one of them: what ACM says of the names is the same in every region. */
    public any(): acm.Certificate {
        const [region = ""] = this.byRegion.keys();
        return this.in(region);
    }
}
