import assert from "node:assert/strict";
import fc from "fast-check";
import { collidingMoves } from "../../../rules/routing/cidrMoves";
import type { PlannedCidrLocation } from "../../../rules/routing/plan";
import { Refusal } from "../../../sandbox/cloud/errors";
import { applyCidrChanges } from "../../../sandbox/cloud/services/route53/cidrChanges";

type Change = Parameters<typeof applyCidrChanges>[1][number];

const locations = (byName: Readonly<Record<string, readonly string[]>>): PlannedCidrLocation[] =>
    Object.entries(byName).map(([name, cidrBlocks]) => ({ name, cidrBlocks }));

/** What the model of Route 53 says when the locations of a next deployment are changed one after the other, as Pulumi does. */
function refusedByRoute53(previous: readonly PlannedCidrLocation[], next: readonly PlannedCidrLocation[]): boolean {
    const collection = { id: "c", blocks: [] } as unknown as Parameters<typeof applyCidrChanges>[0];
    const put = ({ name, cidrBlocks }: PlannedCidrLocation): Change => ({
        Action: "PUT",
        LocationName: name,
        CidrList: [...cidrBlocks],
    });
    const without = (name: string, kept: readonly string[]): Change => {
        const had = previous.find((each) => each.name === name)?.cidrBlocks ?? [];
        return { Action: "DELETE_IF_EXISTS", LocationName: name, CidrList: had.filter((each) => !kept.includes(each)) };
    };
    let blocks = applyCidrChanges(collection, previous.map(put));
    try {
        for (const location of next) {
            const changes = [without(location.name, location.cidrBlocks), put(location)];
            blocks = applyCidrChanges({ ...collection, blocks }, changes);
        }
        return false;
    } catch (error) {
        assert.ok(error instanceof Refusal && error.message.includes("is in use"), String(error));
        return true;
    }
}

/** Locations in some order, each block in one of them. */
const anyLocations = fc
    .tuple(
        fc.shuffledSubarray(["office", "factory", "plant"], { minLength: 1 }),
        fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }),
    )
    .map(([names, owners]) =>
        names.map((name, index) => ({
            name,
            cidrBlocks: owners.flatMap((owner, block) =>
                owner % names.length === index ? [`198.51.${block}.0/24`] : [],
            ),
        })),
    );

describe("networks that move from one location to another", () => {
    const cases: ReadonlyArray<readonly [string, Record<string, string[]>, Record<string, string[]>, string[]]> = [
        ["stay where they are", { a: ["192.0.2.0/24"] }, { a: ["192.0.2.0/24"] }, []],
        ["are new", { a: ["192.0.2.0/24"] }, { a: ["192.0.2.0/24"], b: ["198.51.100.0/24"] }, []],
        ["move on to a later location", { a: ["192.0.2.0/24"] }, { a: ["198.51.100.0/24"], b: ["192.0.2.0/24"] }, []],
        [
            "move back to an earlier one",
            { a: ["198.51.100.0/24"], b: ["192.0.2.0/24"] },
            { a: ["198.51.100.0/24", "192.0.2.0/24"], b: ["203.0.113.0/24"] },
            ["192.0.2.0/24: from b to a"],
        ],
        [
            "lose their location's name",
            { office: ["192.0.2.0/24"] },
            { bureau: ["192.0.2.0/24"] },
            ["192.0.2.0/24: from office to bureau"],
        ],
        [
            "are spelt otherwise as well",
            { a: ["2001:DB8:0::/32"] },
            { b: ["2001:db8::/32"] },
            ["2001:db8::/32: from a to b"],
        ],
    ];
    for (const [what, previous, next, moves] of cases) {
        it(`collide ${moves.length === 0 ? "not " : ""}when they ${what}`, () =>
            assert.deepEqual(collidingMoves(locations(previous), locations(next)), moves));
    }

    it("collide where the model of Route 53 refuses the change, and nowhere else", () =>
        fc.assert(
            fc.property(anyLocations, anyLocations, (previous, next) =>
                assert.equal(collidingMoves(previous, next).length > 0, refusedByRoute53(previous, next)),
            ),
            { numRuns: 500 },
        ));
});
