import assert from "node:assert/strict";
import { Secret, unknown, type Bag } from "../../../sandbox/providers/framework/values";
import { ProviderClient } from "./providerClient";
import { Shelf } from "./shelf";

const box = { type: "shelf:index/box:Box", name: "crate" };

describe("a sandbox provider's check of inputs", () => {
    let client: ProviderClient;

    before(async () => {
        client = await ProviderClient.start(new Shelf().provider);
        await client.configure({ owner: "tests" });
    });
    after(() => client.stop());

    const faults: Array<[string, Bag, string, RegExp]> = [
        ["a missing property", {}, "label", /Missing required property 'label'/],
        ["a misspelt property", { label: "x", sise: 1 }, "sise", /no property sise; did you mean size\?/],
        [
            "a misspelt property in a block",
            { label: "x", lid: { color: "red" } },
            "lid.color",
            /did you mean lid\.colour\?/,
        ],
        ["an output", { label: "x", arn: "arn:x" }, "arn", /arn is an output .* cannot be set/],
        ["a value of another kind", { label: 1 }, "label", /expected label to be string, got number/],
        ["a fraction", { label: "x", size: 1.5 }, "size", /expected size to be integer/],
        [
            "an element of another kind",
            { label: "x", places: ["a", 2] },
            "places[1]",
            /expected places\[1\] to be string/,
        ],
        ["a tag of another kind", { label: "x", tags: { "a b": 1 } }, 'tags["a b"]', /to be string/],
        ["a value out of its list", { label: "x", kind: "odd" }, "kind", /one of \["plain" "fancy"\], got odd/],
        [
            "two properties that exclude each other",
            { label: "x", size: 1, steps: ["a"] },
            "size",
            /conflicts with steps/,
        ],
        [
            "a property without its companion",
            { label: "x", key: "k" },
            "key",
            /all of key, keyVersion must be specified/,
        ],
    ];
    for (const [title, inputs, property, reason] of faults) {
        it(`refuses ${title}`, async () => {
            const { failures } = await client.check(box, inputs);
            assert.deepEqual(
                failures.map((failure) => failure.property),
                [property],
            );
            assert.match(failures[0]?.reason ?? "", reason);
        });
    }

    it("reports all faults at once", async () => {
        const { failures } = await client.check(box, { sise: 1, kind: "odd" });
        assert.deepEqual(failures.map(({ property }) => property).sort(), ["kind", "label", "sise"]);
    });

    it("does not repeat a secret that is of the wrong kind", async () => {
        const { failures } = await client.check(box, { label: new Secret(77) });
        assert.match(failures[0]?.reason ?? "", /expected label to be string, got number/);
        assert.ok(!JSON.stringify(failures).includes("77"));
    });

    it("lets pass what is not known yet", async () => {
        const { inputs, failures } = await client.check(box, {
            label: unknown,
            places: [unknown],
            lid: { tight: unknown },
        });
        assert.deepEqual(failures, []);
        assert.deepEqual([inputs.label, inputs.places], [unknown, [unknown]]);
    });

    it("keeps secrets secret", async () => {
        const { inputs } = await client.check(box, { label: new Secret("x"), tags: { a: new Secret("b") } });
        assert.deepEqual([inputs.label, inputs.tags], [new Secret("x"), { a: new Secret("b") }]);
    });

    it("fills in defaults and says which ones", async () => {
        const { inputs } = await client.check(box, { name: "a", label: "x", lid: { tight: true } });
        assert.equal(inputs.kind, "plain");
        assert.deepEqual([inputs.__defaults, (inputs.lid as Bag).__defaults], [["kind"], []]);
    });

    it("takes a document as text or as an object", async () => {
        const { inputs } = await client.check(box, { label: "x", policy: { Statement: [] } });
        assert.equal(inputs.policy, '{"Statement":[]}');
        const open = await client.check(box, { label: "x", policy: { Statement: unknown } });
        assert.equal(open.inputs.policy, unknown);
        const hidden = await client.check(box, { label: "x", policy: { Statement: new Secret("s") } });
        assert.deepEqual(hidden.inputs.policy, new Secret('{"Statement":"s"}'));
    });

    describe("of a name that the program does not give", () => {
        const nameOf = async (options: Parameters<ProviderClient["check"]>[2]) =>
            (await client.check(box, { label: "x" }, options)).inputs.name as string;

        it("makes one up from the resource's name and seven random digits", async () => {
            assert.match(await nameOf({}), /^crate-[0-9a-f]{7}$/);
            assert.notEqual(await nameOf({}), await nameOf({}));
        });

        it("makes up the same one from the same seed", async () => {
            assert.equal(await nameOf({ randomSeed: "s" }), await nameOf({ randomSeed: "s" }));
            assert.notEqual(await nameOf({ randomSeed: "s" }), await nameOf({ randomSeed: "t" }));
        });

        it("keeps one that was made up before", async () => {
            const previous = { name: "crate-1234567", label: "x", __defaults: ["name"] };
            assert.equal(await nameOf({ previous }), "crate-1234567");
        });

        it("makes up a new one where the program gave one before", async () => {
            assert.match(await nameOf({ previous: { name: "mine", label: "x", __defaults: [] } }), /^crate-/);
        });

        it("follows the stack's configuration of such names", async () => {
            assert.equal(await nameOf({ naming: [0, "proposed"] }), "proposed");
            assert.equal(await nameOf({ naming: [1, "enforced"] }), "enforced");
            assert.equal(await nameOf({ naming: [2, ""] }), undefined);
        });

        it("refuses a resource whose own name is too long", async () => {
            const long = { ...box, name: "a-very-long-crate" };
            const { failures } = await client.check(long, { label: "x" });
            assert.match(failures[0]?.reason ?? "", /longer than maximum length 20/);
        });
    });
});
