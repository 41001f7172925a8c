import type { Finding } from "../finding";
import { fallbacksOf } from "./audiences";
import { fault, regionFindings, regionListFindings } from "./faults";
import { servingRegions, type RoutedDomain } from "./plan";
import { references } from "./references";
import { defaultFallbacks, type GeolocationRouting, type IpBasedRouting } from "./settings";

/** What policies with locations, fallbacks and a default have in common, ready to be judged. */
export interface LocatedRouting {
    readonly routing: GeolocationRouting | IpBasedRouting;
    readonly domain: RoutedDomain;
    /** The names of all regions that serve the domain, drained ones included. */
    readonly regions: readonly string[];
    /** The region of each location. */
    readonly regionByLocation: ReadonlyMap<string, string>;
    readonly path: string;
    /** AWS's page on the policy. */
    readonly reference: string;
}

/** Faults of the default, of the fallbacks, and of regions that nobody would reach. */
export function locatedFindings(located: LocatedRouting): Finding[] {
    const { routing, regions, path } = located;
    return [
        ...regionFindings(routing.default, regions, `${path}.default`),
        ...fallbackFindings(located),
        ...unreachableFindings(located),
        ...drainedDefaultFindings(located),
        ...(Object.keys(routing.fallbacks).length === 0
            ? []
            : uncheckedFindings(routing.healthCheck, path, "fallbacks")),
    ];
}

/** Faults of a policy that moves on from an unhealthy region, without anything that would see one. */
export function uncheckedFindings(check: { readonly type: string }, path: string, what: string): Finding[] {
    return check.type !== "none"
        ? []
        : [
              fault(
                  "routing-health-check-missing",
                  `${path}.healthCheck.type`,
                  `none with ${what}`,
                  "a health check",
                  "use type tcp; without a health check every region counts as healthy and nothing is ever moved",
                  references.healthCheckedRecords,
              ),
          ];
}

function fallbackFindings({ routing, regions, regionByLocation, path, reference }: LocatedRouting): Finding[] {
    return Object.entries(routing.fallbacks).flatMap(([key, list]) => {
        const at = `${path}.fallbacks.${key}`;
        const own = key === defaultFallbacks ? routing.default : (regionByLocation.get(key) ?? key);
        const isKnown = key === defaultFallbacks || regionByLocation.has(key) || regions.includes(key);
        return [
            ...(isKnown
                ? []
                : [
                      fault(
                          "routing-fallback-key",
                          at,
                          JSON.stringify(key),
                          `a region (${regions.join(", ")}), a location that stands in locations, or ${defaultFallbacks}`,
                          "correct the key",
                          reference,
                      ),
                  ]),
            ...regionListFindings(list, regions, at),
            ...list.flatMap((region, index) =>
                region === own
                    ? [
                          fault(
                              "routing-fallback-itself",
                              `${at}[${index}]`,
                              `${region}, which it is to stand in for`,
                              "other regions",
                              "remove it",
                              reference,
                          ),
                      ]
                    : [],
            ),
        ];
    });
}

function unreachableFindings({ routing, regions, regionByLocation, path, reference }: LocatedRouting): Finding[] {
    const reached = new Set([
        routing.default,
        ...regionByLocation.values(),
        ...Object.values(routing.fallbacks).flat(),
    ]);
    return regions
        .filter((region) => !reached.has(region))
        .map((region) =>
            fault(
                "routing-region-unused",
                `${path}.locations.${region}`,
                "nothing",
                "a location, the default or a fallback for every region that serves the domain",
                `give ${region} a location; no device ever reaches it otherwise`,
                reference,
            ),
        );
}

function drainedDefaultFindings({ routing, domain, regions, path, reference }: LocatedRouting): Finding[] {
    const serving = servingRegions(domain.regions);
    const list = [routing.default, ...fallbacksOf(routing, defaultFallbacks, routing.default)];
    return serving.length === 0 || !regions.includes(routing.default) || list.some((region) => serving.includes(region))
        ? []
        : [
              fault(
                  "routing-default-drained",
                  `${path}.default`,
                  `${list.join(", ")}, all of them drained`,
                  "a default, or a fallback of it, that is not drained",
                  `name another default, or a fallback in fallbacks.${defaultFallbacks}; places without a location would get no answer`,
                  reference,
              ),
          ];
}
