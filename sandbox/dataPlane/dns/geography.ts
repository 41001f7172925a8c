import { continentOf } from "../../../rules/routing/locations";
import { contains, parseCidrBlock, type CidrBlock } from "../../../rules/routing/cidrBlocks";
import { samplePlaces, type Coordinates, type SamplePlace } from "../../../rules/routing/samplePlaces";
import { regionCoordinates } from "./regionCoordinates";

/** Where a network is in the sandbox's world. */
export interface LocatedNetwork {
    readonly place: SamplePlace;
    readonly continent: string | undefined;
    readonly prefixLength: number;
}

const networks: ReadonlyArray<{ readonly block: CidrBlock; readonly place: SamplePlace }> = samplePlaces.flatMap(
    (place) => {
        const block = parseCidrBlock(place.network);
        return block === undefined || place.country === undefined ? [] : [{ block, place }];
    },
);

/**
 * Where an address is: the world of the sandbox has the networks of the sample places and no others, and everybody else
 * asks from an unknown place, as some do on the Internet.
 */
export function locate(address: string): LocatedNetwork | undefined {
    const found = networks.find(({ block }) => contains(block, address));
    return (
        found && {
            place: found.place,
            continent: continentOf(found.place.country ?? ""),
            prefixLength: found.block.prefixLength,
        }
    );
}

const kilometresPerDegree = 111.2;

/** Kilometres on the globe between two points, by the spherical law of cosines. */
export function distanceBetween([latitude, longitude]: Coordinates, [toLatitude, toLongitude]: Coordinates): number {
    const radians = (degrees: number) => (degrees * Math.PI) / 180;
    const degrees = (angle: number) => (angle * 180) / Math.PI;
    const cosine =
        Math.sin(radians(latitude)) * Math.sin(radians(toLatitude)) +
        Math.cos(radians(latitude)) * Math.cos(radians(toLatitude)) * Math.cos(radians(toLongitude - longitude));
    return degrees(Math.acos(Math.min(1, Math.max(-1, cosine)))) * kilometresPerDegree;
}

/** Kilometres to an AWS region; `undefined` where the place or the region is unknown. */
export function distanceToRegion(from: Coordinates | undefined, region: string): number | undefined {
    const to = regionCoordinates[region];
    return from === undefined || to === undefined ? undefined : distanceBetween(from, to);
}

/**
 * Milliseconds to an AWS region and back in the sandbox's world: light in fibre, with a detour of a half, and five to start.
 *
 * On the Internet Route 53 has measured them, and the nearest region is not always the fastest.
 */
export function latencyToRegion(from: Coordinates | undefined, region: string): number | undefined {
    const distance = distanceToRegion(from, region);
    return distance === undefined ? undefined : 5 + (distance * 1.5) / 100;
}
