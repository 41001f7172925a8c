import assert from "node:assert/strict";
import fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Secret, unknown, type Bag, type Value } from "../../../sandbox/providers/framework/values";
import { fromWire, toWire } from "../../../sandbox/providers/framework/wire";

/** Not `__proto__`: google-protobuf, with which Pulumi's SDK for Node writes too, has no place for it in its maps. */
const name = fc.string({ minLength: 1 }).filter((text) => text !== "__proto__");

const { value } = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
        { maxDepth: 4 },
        fc.constant(null),
        fc.boolean(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.string(),
        fc.constant(unknown),
        tie("value").map((inner) => new Secret(inner)),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(name, tie("value"), { maxKeys: 3, noNullPrototype: true }),
    ),
}));

describe("the values on the wire between engine and provider", () => {
    it("come back as they were sent", () => {
        fc.assert(
            fc.property(fc.dictionary(name, value, { noNullPrototype: true }), (bag) => {
                const bytes = toWire(bag).serializeBinary();
                assert.deepEqual(fromWire(Struct.deserializeBinary(bytes)), bag);
            }),
        );
    });

    it("are no signature where they have the name of something that every object has", () => {
        for (const inherited of ["toString", "constructor", "__proto__"]) {
            const bag = { asset: { "4dabf18193072939515e22adb298388d": inherited, path: "a" } };
            assert.deepEqual(fromWire(toWire(bag)), bag);
        }
    });

    it("are written with Pulumi's signatures", () => {
        const sent = toWire({ open: unknown, hidden: new Secret("x") }).toJavaScript();
        assert.deepEqual(sent, {
            open: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
            hidden: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "x" },
        });
    });

    const output = (members: object) =>
        fromWire(
            Struct.fromJavaScript({
                value: { "4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4", ...members },
            }),
        ).value;

    it("may be outputs, known or not, secret or not", () => {
        assert.equal(output({ value: "x" }), "x");
        assert.equal(output({}), unknown);
        assert.deepEqual(output({ value: "x", secret: true }), new Secret("x"));
        assert.deepEqual(output({ secret: true }), new Secret(unknown));
    });

    it("leave assets and archives as they are", () => {
        const archive: Bag = { "4dabf18193072939515e22adb298388d": "0def7320c3a5731c473e5ecbe6d01bc7", hash: "h" };
        assert.deepEqual(fromWire(toWire({ archive })), { archive });
    });
});
