import { parseCidrBlock, rangeOf } from "./cidrBlocks";
import type { PlannedCidrLocation } from "./plan";

/**
 * Blocks that their new location would be given before the old one has let go of them, in words: `192.0.2.0/24: from office to
 * factory`.
 *
 * Route 53 refuses a block that two locations of a collection would have. Locations are changed one after the other, in the
 * order of the configuration, and those that go are deleted last; so only a block that moves on to a later location moves in
 * one deployment.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeCidrCollection.html
 */
export function collidingMoves(
    previous: readonly PlannedCidrLocation[],
    next: readonly PlannedCidrLocation[],
): readonly string[] {
    const owners = new Map(previous.flatMap(({ name, cidrBlocks }) => cidrBlocks.map((text) => [rangeIn(text), name])));
    const order = next.map(({ name }) => name);
    return next.flatMap(({ name, cidrBlocks }, index) =>
        cidrBlocks.flatMap((text) => {
            const owner = owners.get(rangeIn(text)) ?? name;
            const letsGoBefore = order.includes(owner) && order.indexOf(owner) <= index;
            return letsGoBefore || owner === name ? [] : [`${text}: from ${owner} to ${name}`];
        }),
    );
}

/** The block in one spelling, so that it is known again however it is written. */
function rangeIn(text: string): string {
    const block = parseCidrBlock(text);
    return block === undefined ? text : rangeOf(block);
}
