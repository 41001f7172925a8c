import { answering, audiencesOf, type AudiencePolicy } from "./audiences";
import { failoverChain, firstHealthyOf } from "./failoverChain";
import { aliasOf, type PlannedRecord, type RecordTarget } from "./plannedRecord";
import type { RoutedRegion, RoutingSettings } from "./settings";

/** What is planned for. */
export interface RoutedDomain {
    readonly domainName: string;
    readonly routing: RoutingSettings;
    readonly regions: readonly RoutedRegion[];
}

/** Everything that Route 53 needs for a domain. */
export interface RoutingPlan {
    /** Targets before the aliases that point to them; the record at the domain name is the last. */
    readonly records: readonly PlannedRecord[];
    /** Empty unless the policy is `ip-based`: then the domain needs a CIDR collection of its own. */
    readonly cidrLocations: readonly PlannedCidrLocation[];
}

/** A named list of networks in the domain's CIDR collection. */
export interface PlannedCidrLocation {
    readonly name: string;
    readonly cidrBlocks: readonly string[];
}

/** Which part of a plan a policy decides: what the domain name points to, and the records behind that. */
interface Answer {
    readonly records: readonly PlannedRecord[];
    readonly target: RecordTarget;
}

/**
 * Plans the records of a domain.
 *
 * The record at the domain name has no routing policy: it points to a region, or to the records at a name of the policy's
 * own. Route 53 keeps records of one policy only under a name, and a record's policy cannot be changed in place; so a
 * change of policy creates the new records beside the old ones, updates that one record, and deletes the old ones last.
 *
 * @throws {Error} when every region is drained, which {@link routingFindings} tells before.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-complex-configs.html
 */
export function planRouting({ domainName, routing, regions }: RoutedDomain): RoutingPlan {
    const serving = servingRegions(regions);
    if (serving.length === 0) {
        throw new Error(`${domainName}: expected a region that is not drained, got ${regions.length} drained ones`);
    }
    const { records, target } = answerOf(routing, domainName, serving);
    const atDomainName: PlannedRecord = { key: "domain", name: domainName, type: "CNAME", routing: {}, target };
    return { records: [...records, atDomainName], cidrLocations: cidrLocationsOf(routing) };
}

/** The names of the regions that may answer. */
export function servingRegions(regions: readonly RoutedRegion[]): string[] {
    return regions.filter(({ drained }) => !drained).map(({ name }) => name);
}

/** The name at which the records of a policy stand, beside those of another one. */
export function policyName(domainName: string, policy: AudiencePolicy): string {
    return `_${policy}.${domainName}`;
}

function answerOf(routing: RoutingSettings, domainName: string, serving: readonly string[]): Answer {
    switch (routing.policy) {
        case "simple":
            return inOrder(serving.slice(0, 1), domainName, routing);
        case "failover":
            return inOrder(answering(routing.order, serving, routing), domainName, routing);
        default:
            return byAudience(routing, domainName, serving);
    }
}

function inOrder(regions: readonly string[], domainName: string, routing: RoutingSettings): Answer {
    const [first = "", ...others] = regions;
    return {
        records: failoverChain(regions, domainName, routing),
        target:
            others.length > 0
                ? firstHealthyOf(regions, domainName, routing)
                : // Without a routing policy there is nothing to choose from, so no health check belongs to the record.
                  { region: first, timeToLive: routing.timeToLive },
    };
}

function byAudience(
    routing: Extract<RoutingSettings, { policy: AudiencePolicy }>,
    domainName: string,
    serving: readonly string[],
): Answer {
    const audiences = audiencesOf(routing, serving);
    const name = policyName(domainName, routing.policy);
    const records = [
        ...audiences.flatMap(({ regions }) => failoverChain(regions, domainName, routing)),
        ...audiences.map((audience): PlannedRecord => ({
            key: `${routing.policy}-${audience.key}`,
            name,
            type: "CNAME",
            setIdentifier: audience.setIdentifier,
            routing: audience.routing,
            target: firstHealthyOf(audience.regions, domainName, routing),
        })),
    ];
    // Audiences with the same list, or the same end of one, share its chain.
    const shared = new Map(records.map((record) => [record.key, record]));
    return { records: [...shared.values()], target: aliasOf(name) };
}

function cidrLocationsOf(routing: RoutingSettings): PlannedCidrLocation[] {
    return routing.policy === "ip-based"
        ? Object.values(routing.locations).flatMap((locations) =>
              Object.entries(locations).map(([name, cidrBlocks]) => ({ name, cidrBlocks })),
          )
        : [];
}
