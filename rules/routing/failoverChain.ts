import { aliasOf, endpointOf, type PlannedRecord, type RecordTarget } from "./plannedRecord";
import type { RoutingSettings } from "./settings";

/** The label above every chain: with its underscore it is no host's name, so it cannot take one's place. */
const chainLabel = "_failover";

/**
 * The name at which the first healthy region of a list answers.
 *
 * A chain's name ends in the name of its remainder, so that lists with the same end share records.
 */
export function chainName(domainName: string, regions: readonly string[]): string {
    return [...regions, chainLabel, domainName].join(".");
}

/** What the first healthy region of a list answers through: itself, or the list's chain. */
export function firstHealthyOf(regions: readonly string[], domainName: string, routing: RoutingSettings): RecordTarget {
    const [only = "", ...others] = regions;
    return others.length === 0 ? endpointOf(only, routing) : aliasOf(chainName(domainName, regions));
}

/**
 * The records behind {@link firstHealthyOf}, targets before the aliases that point to them; none for a single region.
 *
 * Route 53's failover knows a primary and a secondary record only, so a longer list is a chain: the secondary record is an
 * alias to the chain of the remaining regions. The last region has its health check as well: where a whole chain is
 * unhealthy, whoever points to it can look further, and if nobody has anything better, Route 53 answers with the primary.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html
 */
export function failoverChain(
    regions: readonly string[],
    domainName: string,
    routing: RoutingSettings,
): PlannedRecord[] {
    const [first, second, ...rest] = regions;
    if (first === undefined || second === undefined) {
        return [];
    }
    const remainder = [second, ...rest];
    const half = (failover: "PRIMARY" | "SECONDARY", region: string, target: RecordTarget): PlannedRecord => ({
        key: `failover-${regions.join("-then-")}-${failover.toLowerCase()}`,
        name: chainName(domainName, regions),
        type: "CNAME",
        setIdentifier: region,
        routing: { Failover: failover },
        target,
    });
    return [
        ...failoverChain(remainder, domainName, routing),
        half("PRIMARY", first, endpointOf(first, routing)),
        half("SECONDARY", second, firstHealthyOf(remainder, domainName, routing)),
    ];
}
