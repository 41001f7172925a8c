import * as pulumi from "@pulumi/pulumi";
import { connectionsUnder, type AuthenticationSettings } from "../rules/authentication";
import { connections } from "../rules/connections";
import { contractVersion, type DomainOutput } from "./contract";

/** The parts of the contract that come from the configuration and from what was deployed. */
export interface DomainFacts extends AuthenticationSettings {
    readonly domainName: string;
    readonly securityPolicy: string;
    readonly routing: DomainOutput["routing"];
    readonly byRegion: ReadonlyMap<string, pulumi.Inputs>;
    readonly regions: Readonly<Record<string, { readonly drained: boolean }>>;
}

/** Puts one domain's outputs together as the contract wants them. */
export function domainOutput(facts: DomainFacts): pulumi.Output<DomainOutput> {
    return pulumi.output({
        version: contractVersion,
        domainName: facts.domainName,
        securityPolicy: facts.securityPolicy,
        routing: facts.routing,
        regions: Object.fromEntries(
            [...facts.byRegion].map(([region, outputs]) => [
                region,
                { ...outputs, drained: facts.regions[region]?.drained },
            ]),
        ) as Record<string, DomainOutput["regions"][string]>,
        connections: connectionsUnder(facts, connections),
    });
}
