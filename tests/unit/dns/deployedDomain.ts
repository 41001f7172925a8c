import pLimit from "p-limit";
import type { DomainOutput } from "../../../outputs/contract";
import { planRouting } from "../../../rules/routing/plan";
import { recordSetOf } from "../../../rules/routing/recordSets";
import type { Question } from "../../../rules/routing/simulator";
import type { ResourceRecordSet } from "../../../rules/routing/resourceRecordSet";
import { lookAtDns, type DnsSettings } from "../../../verify/dns";
import type { LookResult } from "../../../verify/look";
import type { Reach } from "../../../verify/reach";
import { dataEndpointOf, domainName, settings } from "../routing/domain";
import type { Target } from "./exchange";
import type { TestZone } from "./zone";

/** What a domain of a test is. */
export interface TestDomain {
    readonly routing: object;
    readonly regions: readonly string[];
    readonly drained?: string;
}

/** A domain in a zone, and what its stack's outputs would say of it. */
export interface DeployedDomain {
    readonly output: DomainOutput;
    readonly recordSets: readonly ResourceRecordSet[];
    readonly cidrCollections: NonNullable<Question["cidrCollections"]>;
}

let collections = 0;

/** Puts a domain's records into a zone, as the stack would, in the place of whatever is there. */
export async function deployDomain(zone: TestZone, domain: TestDomain): Promise<DeployedDomain> {
    await zone.empty();
    const { regions, drained } = domain;
    const routing = settings(domain.routing);
    const { records, cidrLocations } = planRouting({
        domainName,
        routing,
        regions: regions.map((name) => ({ name, drained: name === drained })),
    });
    const Name = `collection-${collections++}`;
    const { Collection } = await zone.call("CreateCidrCollection", { Name, CallerReference: Name });
    const Changes = cidrLocations.map(({ name, cidrBlocks }) => ({
        Action: "PUT",
        LocationName: name,
        CidrList: cidrBlocks,
    }));
    if (Changes.length > 0) {
        await zone.call("ChangeCidrCollection", { Id: Collection.Id, Changes });
    }
    const healthCheckIds: Record<string, string> = {};
    for (const region of regions) {
        healthCheckIds[region] = await zone.healthCheck(dataEndpointOf(region));
    }
    const dataEndpoints = Object.fromEntries(regions.map((region) => [region, dataEndpointOf(region)]));
    const parts = { hostedZoneId: zone.id, dataEndpoints, healthCheckIds, cidrCollectionId: Collection.Id };
    const recordSets = records.map((record) => recordSetOf(record, parts));
    await zone.put(...recordSets);
    const { DelegationSet } = await zone.call("GetHostedZone", { Id: zone.id });
    const output: DomainOutput = {
        version: "1.2.0",
        domainName,
        securityPolicy: "IoTSecurityPolicy_TLS13_1_2_2022_10",
        hostedZone: { name: "example.com", zoneId: zone.id, nameServers: DelegationSet.NameServers },
        cidrCollectionId: Collection.Id,
        routing: routing as DomainOutput["routing"],
        connections: [],
        regions: Object.fromEntries(
            regions.map((region) => [
                region,
                {
                    domainConfigurationArn: "",
                    domainConfigurationName: "",
                    certificateArn: "",
                    certificateExpiry: "",
                    cnameTarget: dataEndpointOf(region),
                    drained: region === drained,
                    healthCheckId: healthCheckIds[region],
                },
            ]),
        ),
    };
    const cidrBlocks = Object.fromEntries(cidrLocations.map(({ name, cidrBlocks }) => [name, cidrBlocks]));
    return { output, recordSets, cidrCollections: { [Collection.Id]: cidrBlocks } };
}

/** Where the data endpoints of a test are. */
export const hostsOf = (regions: readonly string[]) =>
    Object.fromEntries(regions.map((region) => [dataEndpointOf(region), ["127.0.0.1", "::1"]]));

/** Looks at a domain's DNS through the given servers. */
export function look(
    output: DomainOutput,
    servers: readonly Target[],
    settings: DnsSettings & { readonly timeout?: number; readonly connectTo?: Reach["connectTo"] } = {},
): Promise<LookResult> {
    const reach: Reach = {
        dnsServers: servers.map(({ address, port }) => ({ address, port })),
        connectTo: settings.connectTo ?? [],
        families: [4, 6],
        timeouts: { dns: settings.timeout ?? 20_000, connect: 20_000, handshake: 20_000, answer: 20_000 },
        limit: pLimit(32),
        now: () => new Date(),
    };
    const subject = { key: "telemetry", domain: output, regions: Object.keys(output.regions) };
    return lookAtDns(subject, reach, () => {}, settings);
}
