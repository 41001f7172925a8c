import type { Finding } from "../finding";
import { locatedFindings } from "./fallbackFindings";
import { fault, regionMapFindings } from "./faults";
import { locationFindings } from "./locations";
import type { RoutedDomain } from "./plan";
import { references } from "./references";
import type { GeolocationRouting } from "./settings";

/** Faults of geolocation routing. */
export function geolocationFindings(
    routing: GeolocationRouting,
    judged: RoutedDomain & { readonly path: string },
    regions: readonly string[],
): Finding[] {
    const { path } = judged;
    const placed = Object.entries(routing.locations).flatMap(([region, locations]) =>
        locations.map((location, index) => ({ region, location, path: `${path}.locations.${region}[${index}]` })),
    );
    const first = new Map([...placed].reverse().map((each) => [each.location, each]));
    return [
        ...regionMapFindings(routing.locations, regions, `${path}.locations`),
        ...placed.flatMap((each) => locationFindings(each.location, each.path)),
        ...placed
            .filter((each) => first.get(each.location) !== each)
            .map((each) =>
                fault(
                    "routing-location-twice",
                    each.path,
                    `${each.location}, as in ${first.get(each.location)?.path}`,
                    "each location once",
                    "remove one of them; Route 53 takes one record for a location",
                    references.geolocation,
                ),
            ),
        ...locatedFindings({
            routing,
            domain: judged,
            regions,
            regionByLocation: new Map([...first].map(([location, { region }]) => [location, region])),
            path,
            reference: references.geolocation,
        }),
    ];
}
