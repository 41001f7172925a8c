import * as pulumi from "@pulumi/pulumi";
import { connectionsUnder, type AuthenticationSettings } from "../rules/authentication";
import { connections } from "../rules/connections";
import type { DomainOutput, RegionalDomainOutput } from "./contract";
import { contractVersion } from "./version";

type Certificate = NonNullable<DomainOutput["certificate"]>;
type Deployed<Value> = { readonly [Key in keyof Value]: pulumi.Input<Value[Key]> };

/** The parts of the contract that come from the configuration and from what was deployed. */
export interface DomainFacts {
    readonly settings: AuthenticationSettings &
        Pick<DomainOutput, "domainName" | "securityPolicy" | "status" | "routing"> & {
            readonly certificate: Pick<Certificate, "source">;
        };
    readonly renewal: Certificate["renewal"];
    readonly hostedZone: Deployed<NonNullable<DomainOutput["hostedZone"]>>;
    readonly cidrCollectionId?: pulumi.Input<string>;
    readonly byRegion: ReadonlyMap<string, Deployed<RegionalDomainOutput>>;
}

/** Puts one domain's outputs together as the contract wants them. */
export function domainOutput(facts: DomainFacts): pulumi.Output<DomainOutput> {
    const { settings, renewal, hostedZone, cidrCollectionId, byRegion } = facts;
    return pulumi.output({
        version: contractVersion,
        domainName: settings.domainName,
        securityPolicy: settings.securityPolicy,
        authenticationType: settings.authenticationType,
        applicationProtocol: settings.applicationProtocol,
        authorizerConfig: settings.authorizerConfig,
        status: settings.status,
        certificate: { source: settings.certificate.source, renewal },
        regions: Object.fromEntries(byRegion),
        hostedZone,
        routing: settings.routing,
        cidrCollectionId,
        connections: connectionsUnder(settings, connections),
    }) as pulumi.Output<DomainOutput>;
}
