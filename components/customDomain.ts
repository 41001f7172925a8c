import * as pulumi from "@pulumi/pulumi";
import { minutesUntilServed } from "../rules/domainReplacement";
import { DomainRecords } from "./domainRecords";
import { HealthChecks } from "./healthChecks";
import { serveInRegion, type DomainInRegion, type ServedDomain } from "./regionalDomain";
import type { RegionalIot } from "./regionalIot";

/** What {@link CustomDomain} needs to know. */
export interface CustomDomainArgs extends ServedDomain {
    readonly zoneId: pulumi.Input<string>;
    /** What Route 53 is spoken to with, where the hosted zone lives in another account. @default the stack's own account */
    readonly zoneProvider?: pulumi.ProviderResource;
    readonly regions: readonly RegionalIot[];
}

/** One name that devices connect to: what serves it in each region, and the records that send devices there. */
export class CustomDomain extends pulumi.ComponentResource {
    public readonly byRegion: ReadonlyMap<string, DomainInRegion["outputs"]>;
    /** Absent where the routing asks for no networks. */
    public readonly cidrCollectionId?: pulumi.Output<string>;

    public constructor(name: string, args: CustomDomainArgs, options?: pulumi.ComponentResourceOptions) {
        const { domain, tags } = args;
        super("iot-domains:index:CustomDomain", name, {}, options);
        const { routing } = domain;
        if (domain.allowReplacement === true) {
            warnOfReplacement(name, domain.domainName);
        }

        const inZone = { parent: this, provider: args.zoneProvider };
        const serving = args.regions.map((region) => ({
            name: region.region,
            drained: region.drained,
            dataEndpoint: region.dataEndpoint,
            ...serveInRegion(`${name}-${region.region}`, region, args, { parent: this }),
        }));
        const healthCheckIds =
            routing.policy === "simple"
                ? {}
                : new HealthChecks(
                      `${name}-health`,
                      { healthCheck: routing.healthCheck, regions: serving, tags },
                      inZone,
                  ).ids;
        const records = new DomainRecords(
            `${name}-records`,
            { zoneId: args.zoneId, domainName: domain.domainName, routing, regions: serving, healthCheckIds },
            inZone,
        );

        this.cidrCollectionId = records.cidrCollectionId;
        this.byRegion = new Map(
            serving.map((region) => [region.name, { ...region.outputs, healthCheckId: healthCheckIds[region.name] }]),
        );
        this.registerOutputs();
    }
}

function warnOfReplacement(key: string, domainName: string): void {
    void pulumi.log.warn(
        `domains.${key}.allowReplacement: nothing keeps this deployment from replacing or deleting what serves ${domainName}. ` +
            "Each region in which a domain configuration is replaced turns devices away until AWS IoT Core serves the new one, " +
            `which takes up to ${minutesUntilServed} minutes; see docs/rotation.md. Take the setting out when it is done.`,
    );
}
