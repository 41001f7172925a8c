import assert from "node:assert/strict";
import fc from "fast-check";
import { diffInputs } from "../../../sandbox/providers/framework/diff";
import { block, flag, integer, list, set, tagMap, text } from "../../../sandbox/providers/framework/properties";
import { unknown, type Bag, type Plain, type PlainBag } from "../../../sandbox/providers/framework/values";
import { ProviderClient } from "./providerClient";
import { Shelf } from "./shelf";

const box = { type: "shelf:index/box:Box" };

describe("a sandbox provider's comparison of state and inputs", () => {
    let client: ProviderClient;

    before(async () => {
        client = await ProviderClient.start(new Shelf().provider);
        await client.configure({ owner: "tests" });
    });
    after(() => client.stop());

    const state: PlainBag = {
        name: "a",
        label: "one",
        size: 3,
        places: ["x", "y"],
        steps: ["1", "2"],
        tags: { a: "1", "b.c": "2" },
        policy: '{"a":1,"b":2}',
        lid: { colour: "red", tight: true },
        owner: "me",
        keyVersion: 1,
        arn: "arn:a",
    };
    const cases: Array<[string, Bag, Record<string, string>]> = [
        ["nothing where nothing changed", {}, {}],
        ["an update", { label: "two" }, { label: "update" }],
        ["a property that came", { kind: "fancy" }, { kind: "add" }],
        ["a property that went", { size: undefined } as unknown as Bag, { size: "delete" }],
        ["a property that replaces", { name: "b" }, { name: "update_replace" }],
        ["nothing where what AWS fills in is left out", { owner: undefined } as unknown as Bag, {}],
        ["an update of what AWS would fill in", { owner: "you" }, { owner: "update" }],
        ["nothing where a set has another order", { places: ["y", "x"] }, {}],
        ["an element of a set that came", { places: ["z", "y", "x"] }, { "places[0]": "add" }],
        ["an element of a set that went", { places: ["y"] }, { "places[0]": "delete" }],
        ["an element of a set in place of another", { places: ["x", "z"] }, { "places[1]": "update" }],
        ["elements of a list in another order", { steps: ["2", "1"] }, { "steps[0]": "update", "steps[1]": "update" }],
        ["an element at a list's end", { steps: ["1", "2", "3"] }, { "steps[2]": "add" }],
        ["a tag that changed", { tags: { a: "9", "b.c": "2" } }, { "tags.a": "update" }],
        ["a tag that went, by its quoted name", { tags: { a: "1" } }, { 'tags["b.c"]': "delete" }],
        ["nothing where a document is written otherwise", { policy: '{ "b": 2, "a": 1 }' }, {}],
        ["a document that says something else", { policy: '{"a":1}' }, { policy: "update" }],
        ["a property in a block", { lid: { colour: "red" } }, { "lid.tight": "delete" }],
        [
            "a property in a block that replaces",
            { lid: { colour: "blue", tight: true } },
            { "lid.colour": "update_replace" },
        ],
        ["a value that is not known yet", { label: unknown }, { label: "update" }],
        ["a replacement by what is not known yet", { name: unknown }, { name: "update_replace" }],
        ["nothing for a key that is kept nowhere", { key: "k" }, {}],
        ["its version instead", { key: "k", keyVersion: 2 }, { keyVersion: "update" }],
    ];
    for (const [title, change, expected] of cases) {
        it(`finds ${title}`, async () => {
            const { changes } = await client.diff(box, "a", state as Bag, { ...(state as Bag), ...change });
            assert.deepEqual(changes, expected);
        });
    }

    it("takes an empty value for an absent one", async () => {
        const { changes } = await client.diff(
            box,
            "a",
            { name: "a", label: "x", tags: {} },
            {
                ...{ name: "a", label: "x", size: 0, places: [] },
                __defaults: [],
            },
        );
        assert.deepEqual(changes, {});
    });

    it("passes over what the program ignores", async () => {
        const inputs = { name: "a", label: "one", lid: { colour: "blue" } };
        const { changes } = await client.diff(box, "a", state as Bag, inputs, [
            "lid",
            "size",
            "places",
            "steps",
            "tags",
        ]);
        assert.deepEqual(changes, { policy: "delete", keyVersion: "delete" });
    });

    it("deletes first where the program gave the name, because two cannot have it", async () => {
        const change = { label: "x", lid: { colour: "blue" } };
        const old = { name: "a", label: "x", lid: { colour: "red" } };
        const given = await client.diff(box, "a", old, { name: "a", ...change, __defaults: [] });
        const madeUp = await client.diff(box, "a", old, { name: "a", ...change, __defaults: ["name"] });
        assert.deepEqual([given.replaces, given.deleteBeforeReplace], [["lid"], true]);
        assert.deepEqual([madeUp.replaces, madeUp.deleteBeforeReplace], [["lid"], false]);
    });

    it("finds nothing between any values and themselves, and something between different ones", () => {
        const properties = {
            some: set(text()),
            parts: list(block({ wide: flag(), size: integer(), labels: tagMap() })),
        };
        const values = fc.record({
            some: fc.uniqueArray(fc.string({ minLength: 1 })),
            parts: fc.array(
                fc.record({
                    wide: fc.boolean(),
                    size: fc.integer(),
                    labels: fc.dictionary(fc.string({ minLength: 1 }), fc.string()),
                }),
            ),
        });
        fc.assert(
            fc.property(values, (bag) => {
                const same = { ...bag, some: [...bag.some].reverse() } as unknown as PlainBag;
                assert.deepEqual(diffInputs(properties, bag as unknown as PlainBag, same), []);
                const other: Plain[] = [...(bag.some as Plain[]), "\u0000new"];
                const [change] = diffInputs(properties, bag as unknown as PlainBag, { ...same, some: other });
                assert.equal(change?.kind, "add");
            }),
        );
    });
});
