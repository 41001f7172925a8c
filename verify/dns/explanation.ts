import type { ExpectedAnswers } from "./expectation";
import type { Sighting } from "./sighting";

/** What a server's answers come to, on the most favourable view of which regions Route 53 takes for unhealthy. */
export interface Explanation {
    /** The regions that Route 53 must take for unhealthy to answer so. */
    readonly unhealthy: ReadonlySet<string>;
    /** Answers that are wrong all the same. */
    readonly unexplained: readonly Sighting[];
}

/** The region of a host that a name leads to; `undefined` where the host is none of the domain's. */
export type RegionOf = (target: string) => string | undefined;

/**
 * Explains answers by the health of the regions: as few as possible unhealthy, and as many answers as possible right.
 *
 * A region that is down is one fault, and that DNS leads its devices elsewhere is right; so all answers together must agree
 * with one state of health, and only what agrees with none is a fault of DNS. Who is answered anywhere is taken for healthy,
 * unless only the contrary explains everything: where all that suits a place is unhealthy, Route 53 answers all the same.
 *
 * @param known The regions that are unhealthy, where somebody knows
 */
export function explain(
    sightings: readonly Sighting[],
    expected: ExpectedAnswers,
    regionOf: RegionOf,
    known?: ReadonlySet<string>,
): Explanation {
    const under = (unhealthy: ReadonlySet<string>): Explanation => ({
        unhealthy,
        unexplained: sightings.filter((sighting) => !isRight(sighting, expected, regionOf, unhealthy)),
    });
    if (known !== undefined) {
        return under(known);
    }
    const answered = new Set(sightings.flatMap(({ target = "" }) => regionOf(target) ?? []));
    const likely = leastUnexplained(
        subsetsOf(expected.checkedRegions.filter((region) => !answered.has(region))),
        under,
    );
    if (likely.unexplained.length === 0) {
        return likely;
    }
    const any = leastUnexplained(subsetsOf(expected.checkedRegions), under);
    return any.unexplained.length === 0 ? any : likely;
}

function leastUnexplained(
    states: readonly ReadonlySet<string>[],
    under: (unhealthy: ReadonlySet<string>) => Explanation,
): Explanation {
    let best = under(new Set());
    for (const unhealthy of states) {
        if (best.unexplained.length === 0) {
            break;
        }
        const explanation = under(unhealthy);
        best = explanation.unexplained.length < best.unexplained.length ? explanation : best;
    }
    return best;
}

/** Whether one answer is right; a server that takes no notice of places may answer as for any of them. */
export function isRight(
    { place, target, scopePrefixLength }: Sighting,
    { regionsFor, isByPlace }: ExpectedAnswers,
    regionOf: RegionOf,
    unhealthy: ReadonlySet<string>,
): boolean {
    const region = target === undefined ? undefined : regionOf(target);
    if (region === undefined) {
        return false;
    }
    return (isByPlace && scopePrefixLength === undefined) || regionsFor(place.place, unhealthy).has(region);
}

/** Most regions of which every state of health is tried; beyond them only so many as are likely to fail at once. */
const exhaustive = 6;

/** Every subset, the smaller ones first. */
function subsetsOf(regions: readonly string[]): ReadonlySet<string>[] {
    const most = regions.length <= exhaustive ? regions.length : 2;
    let ofSize: ReadonlyArray<readonly string[]> = [[]];
    const all: ReadonlySet<string>[] = [new Set()];
    for (let size = 1; size <= most; size++) {
        ofSize = ofSize.flatMap((subset) =>
            regions.slice(regions.indexOf(subset.at(-1) ?? "") + 1).map((region) => [...subset, region]),
        );
        all.push(...ofSize.map((subset) => new Set(subset)));
    }
    return all;
}
