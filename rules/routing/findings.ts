import type { Finding } from "../finding";
import { fault, regionListFindings, regionMapFindings } from "./faults";
import { uncheckedFindings } from "./fallbackFindings";
import { geolocationFindings } from "./geolocationFindings";
import { healthCheckFindings } from "./healthChecks";
import { ipBasedFindings } from "./ipBasedFindings";
import { servingRegions, type RoutedDomain } from "./plan";
import { planSizeFindings } from "./planSize";
import { references } from "./references";
import type { RoutingSettings } from "./settings";

/** What is judged: a domain with its routing, and where that stands in the configuration. */
export interface JudgedRouting extends RoutedDomain {
    /** The name of the domain's TLS security policy. */
    readonly securityPolicy: string;
    /** Where the routing stands: `domains.telemetry.routing`. */
    readonly path: string;
}

type FindingsByPolicy = {
    readonly [Policy in RoutingSettings["policy"]]: (
        routing: Extract<RoutingSettings, { policy: Policy }>,
        judged: JudgedRouting,
        /** The names of all regions that serve the domain, drained ones included. */
        regions: readonly string[],
    ) => Finding[];
};

const findingsByPolicy: FindingsByPolicy = {
    simple: (_, { path }, regions) =>
        regions.length <= 1
            ? []
            : [
                  fault(
                      "routing-simple",
                      `${path}.policy`,
                      `simple with ${regions.length} regions (${regions.join(", ")})`,
                      "one region",
                      "choose a policy that answers with several regions, such as latency or geolocation, or keep one region",
                      references.simple,
                  ),
              ],
    weighted: ({ weights }, { path, regions: routed }, regions) => {
        const serving = servingRegions(routed);
        const weighing = serving.filter((region) => (weights[region] ?? 0) > 0);
        return [
            ...regionMapFindings(weights, regions, `${path}.weights`),
            ...regions
                .filter((region) => weights[region] === undefined)
                .map((region) =>
                    fault(
                        "routing-weight",
                        `${path}.weights.${region}`,
                        "nothing",
                        "a weight from 0 to 255",
                        "give the region a weight; 0 keeps it for when every other one is unhealthy",
                        references.weighted,
                    ),
                ),
            ...(weighing.length > 0 || serving.length === 0
                ? []
                : [
                      fault(
                          "routing-weights-zero",
                          `${path}.weights`,
                          "no weight above 0 on any region that is not drained",
                          "one at least",
                          "raise one; where all weights are 0, Route 53 answers with every region alike",
                          references.weighted,
                      ),
                  ]),
        ];
    },
    latency: () => [],
    failover: ({ order, healthCheck }, { path }, regions) => [
        ...regionListFindings(order, regions, `${path}.order`),
        ...regions
            .filter((region) => !order.includes(region))
            .map((region) =>
                fault(
                    "routing-region-unused",
                    `${path}.order`,
                    `an order without ${region}`,
                    "every region that serves the domain",
                    `add ${region}; no device ever reaches it otherwise`,
                    references.failover,
                ),
            ),
        ...uncheckedFindings(healthCheck, path, "a failover order"),
    ],
    geolocation: geolocationFindings,
    geoproximity: ({ bias }, { path }, regions) => regionMapFindings(bias, regions, `${path}.bias`),
    "ip-based": ipBasedFindings,
};

/** Faults of a domain's routing, all at once. */
export function routingFindings(judged: JudgedRouting): Finding[] {
    const { routing, path, domainName, securityPolicy } = judged;
    const regions = judged.regions.map(({ name }) => name);
    const ofPolicy = findingsByPolicy[routing.policy] as FindingsByPolicy[keyof FindingsByPolicy];
    const findings = [
        ...drainedFindings(judged),
        ...ofPolicy(routing as never, judged, regions),
        ...(routing.policy === "simple"
            ? []
            : healthCheckFindings(routing.healthCheck, { domainName, securityPolicy, regions }, `${path}.healthCheck`)),
    ];
    // How large the plan gets can only be told of one that is sound.
    return findings.length > 0 ? findings : planSizeFindings(judged, path);
}

function drainedFindings({ regions }: JudgedRouting): Finding[] {
    return regions.length === 0 || regions.some(({ drained }) => !drained)
        ? []
        : [
              fault(
                  "routing-drained",
                  "regions",
                  `every region drained (${regions.map(({ name }) => name).join(", ")})`,
                  "one region at least that is not",
                  "take drained away from a region; devices would get no answer",
                  references.routingPolicies,
              ),
          ];
}
