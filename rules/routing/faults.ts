import type { Finding } from "../finding";

/** A fault of a domain's routing. */
export function fault(
    rule: string,
    path: string,
    got: string,
    expected: string,
    remedy: string,
    reference: string,
): Finding {
    return { rule, severity: "high", path, got, expected, remedy, reference };
}

/** Faults of a text that must be one of the regions that serve the domain. */
export function regionFindings(region: string, regions: readonly string[], path: string): Finding[] {
    return regions.includes(region)
        ? []
        : [
              fault(
                  "routing-region",
                  path,
                  JSON.stringify(region),
                  `one of the regions that serve the domain: ${regions.join(", ") || "none"}`,
                  "correct the region, or add it to regions",
                  "https://docs.aws.amazon.com/general/latest/gr/iot-core.html",
              ),
          ];
}

/** Faults of the keys of a mapping by region. */
export function regionMapFindings(
    byRegion: Readonly<Record<string, unknown>>,
    regions: readonly string[],
    path: string,
): Finding[] {
    return Object.keys(byRegion).flatMap((region) => regionFindings(region, regions, `${path}.${region}`));
}

/** Faults of a list of regions: each one must serve the domain, and stand there once. */
export function regionListFindings(list: readonly string[], regions: readonly string[], path: string): Finding[] {
    return list.flatMap((region, index) => [
        ...regionFindings(region, regions, `${path}[${index}]`),
        ...(list.indexOf(region) === index
            ? []
            : [
                  fault(
                      "routing-region-twice",
                      `${path}[${index}]`,
                      `${region} for the second time`,
                      "each region once",
                      "remove it; the first one decides",
                      "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-failover.html",
                  ),
              ]),
    ]);
}
