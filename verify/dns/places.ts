import { parseCidrBlock } from "../../rules/routing/cidrBlocks";
import { continentOf, parseLocation } from "../../rules/routing/locations";
import { samplePlaces } from "../../rules/routing/samplePlaces";
import type { RoutingSettings } from "../../rules/routing/settings";
import type { Place } from "../../rules/routing/simulator";
import type { Subnet } from "./message";

/** A place that DNS is asked for. */
export interface AskedPlace {
    readonly name: string;
    /** What the simulator is told of it. */
    readonly place: Place;
    /** What the server is told of it. */
    readonly subnet: Subnet;
}

/** Bits of a client's address that resolvers tell at most. @see https://datatracker.ietf.org/doc/html/rfc7871#section-11.1 */
const toldPrefixLengths = { ipv4: 24, ipv6: 56 } as const;

/** The places to ask for: every network that the routing names, and places all over the world, one of them unknown. */
export function askedPlaces(routing: RoutingSettings): AskedPlace[] {
    return [
        ...namedNetworks(routing),
        ...samplePlaces.flatMap(({ name, country, subdivision, network }) =>
            askedPlace(name, network, { country, subdivision }),
        ),
    ];
}

/** The place whose answer is the default's, and nobody else's. */
export const unknownPlace: string | undefined = samplePlaces.find(({ country }) => country === undefined)?.name;

function namedNetworks(routing: RoutingSettings): AskedPlace[] {
    return routing.policy !== "ip-based"
        ? []
        : Object.values(routing.locations).flatMap((locations) =>
              Object.entries(locations).flatMap(([location, blocks]) =>
                  blocks.flatMap((block) => askedPlace(`${location} (${block})`, block, {})),
              ),
          );
}

function askedPlace(name: string, text: string, known: Place): AskedPlace[] {
    const block = parseCidrBlock(text);
    if (block === undefined) {
        return [];
    }
    const address = block.network.toString();
    const prefixLength = Math.max(block.prefixLength, toldPrefixLengths[block.network.kind()]);
    return [{ name, place: { ...known, sourceIp: address }, subnet: { address, prefixLength } }];
}

/** The locations of a routing for which there is no network to ask from. */
export function unaskedLocations(routing: RoutingSettings): string[] {
    return routing.policy !== "geolocation"
        ? []
        : Object.values(routing.locations)
              .flat()
              .filter((text) => !samplePlaces.some((place) => liesIn(place, text)));
}

function liesIn({ country, subdivision }: Place, text: string): boolean {
    const { ContinentCode, CountryCode, SubdivisionCode } = parseLocation(text) ?? {};
    return ContinentCode !== undefined
        ? ContinentCode === continentOf(country ?? "")
        : CountryCode === country && (SubdivisionCode === undefined || SubdivisionCode === subdivision);
}
