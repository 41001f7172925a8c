import assert from "node:assert/strict";
import fc from "fast-check";
import { covers } from "../../../rules/domainNames";

const letters = [..."abcdefghijklmnopqrstuvwxyz"];
const label = fc
    .tuple(
        fc.constantFrom(...letters),
        fc.array(fc.constantFrom(...letters, ..."0123456789-"), { maxLength: 12 }),
        fc.constantFrom(...letters),
    )
    // A hyphen in the third and fourth place is reserved for A-labels.
    .map(([first, middle, last]) => [first, ...middle, last].join("").replace(/^(..)--/, "$1a-"));
const labels = fc.array(label, { minLength: 2, maxLength: 5 });
const name = labels.map((parts) => parts.join("."));

/** The same name with the case of its letters changed at random. */
const inAnyCase = (text: string): fc.Arbitrary<string> =>
    fc
        .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
        .map((upper) => [...text].map((letter, index) => (upper[index] ? letter.toUpperCase() : letter)).join(""));

describe("names in certificates", () => {
    it("cover themselves in whatever case", () => {
        const pairs = name.chain((text) => fc.tuple(inAnyCase(text), inAnyCase(text)));
        fc.assert(fc.property(pairs, ([pattern, domain]) => covers(pattern, domain)));
    });

    it("cover no other name unless they are wildcards", () => {
        fc.assert(fc.property(name, name, (pattern, domain) => covers(pattern, domain) === (pattern === domain)));
    });

    it("cover as wildcards exactly one leftmost label", () => {
        fc.assert(
            fc.property(labels, fc.array(label, { maxLength: 3 }), (parents, children) => {
                const domain = [...children, ...parents].join(".");
                return covers(`*.${parents.join(".")}`, domain) === (children.length === 1);
            }),
        );
    });

    it("cover nothing as wildcards anywhere but in front", () => {
        fc.assert(
            fc.property(labels, fc.nat(), fc.nat(), (parts, at, cut) => {
                const index = at % parts.length;
                const changed = parts[index] ?? "";
                const partial = [
                    `${changed.slice(0, cut % changed.length)}*`,
                    `*${changed.slice(1 + (cut % changed.length))}`,
                ];
                const patterns = [...partial, ...(index === 0 ? [] : ["*"])]
                    .map((pattern) => parts.with(index, pattern).join("."))
                    .filter((pattern) => !pattern.startsWith("*."));
                return patterns.every((pattern) => !covers(pattern, parts.join(".")));
            }),
        );
    });

    it("are never covered when they are wildcards themselves", () => {
        fc.assert(fc.property(name, (text) => !covers(`*.${text}`, `*.${text}`)));
    });

    it("survive any text on either side", () => {
        fc.assert(
            fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (pattern, domain) => {
                assert.equal(typeof covers(pattern, domain), "boolean");
            }),
        );
    });
});
