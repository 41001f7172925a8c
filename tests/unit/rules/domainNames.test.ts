import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalName, covers, domainNameFindings, isWithinZone, validationName } from "../../../rules/domainNames";

const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/);
const name = fc.array(label, { minLength: 2, maxLength: 5 }).map((labels) => labels.join("."));

describe("rules/domainNames", () => {
    const covered: ReadonlyArray<readonly [string, string, boolean]> = [
        ["iot.example.com", "iot.example.com", true],
        ["IOT.Example.COM", "iot.example.com", true],
        ["iot.example.com.", "iot.example.com", true],
        ["*.example.com", "iot.example.com", true],
        ["*.example.com", "a.iot.example.com", false],
        ["*.example.com", "example.com", false],
        ["i*.example.com", "iot.example.com", false],
        ["*", "localhost", false],
        ["*.*.example.com", "a.b.example.com", false],
        ["bücher.example", "xn--bcher-kva.example", true],
        ["*.bücher.example", "iot.xn--bcher-kva.example", true],
        [".example.com", "iot.example.com", false],
        ["", "iot.example.com", false],
        ["example.com", "iot.example.com", false],
        ["iot.example.com", "*.example.com", false],
    ];
    for (const [pattern, domainName, expected] of covered) {
        it(`${JSON.stringify(pattern)} ${expected ? "covers" : "does not cover"} ${domainName}`, () =>
            assert.equal(covers(pattern, domainName), expected));
    }

    it("a name covers itself, whatever the case of its letters", () =>
        fc.assert(fc.property(name, (each) => covers(each.toUpperCase(), each))));

    it("a wildcard covers exactly one label", () =>
        fc.assert(
            fc.property(name, label, label, (zone, first, second) => {
                assert.equal(covers(`*.${zone}`, `${first}.${zone}`), true);
                assert.equal(covers(`*.${zone}`, `${second}.${first}.${zone}`), false);
                assert.equal(covers(`*.${zone}`, zone), false);
            }),
        ));

    it("any text gets an answer and no exception", () =>
        fc.assert(
            fc.property(fc.string({ unit: "binary", maxLength: 300 }), name, (text, each) => {
                canonicalName(text);
                covers(text, each);
                covers(each, text);
                domainNameFindings(text, "x");
            }),
        ));

    const faulty = [
        "",
        "localhost",
        "*.example.com",
        "IoT.example.com",
        "iot.example.com.",
        "iot_x.example.com",
        "-a.example.com",
        "1.2.3.4",
        `${"a".repeat(64)}.com`,
        `${"abcdefghi.".repeat(26)}com`,
        "iot..example.com",
        "http://iot.example.com",
        "iot.example.com:8883",
    ];
    for (const each of faulty) {
        it(`finds fault with ${JSON.stringify(each.slice(0, 40))}`, () =>
            assert.equal(domainNameFindings(each, "x").length, 1));
    }

    it("tells how to write a name that is only spelt otherwise", () =>
        assert.equal(
            domainNameFindings("IoT.Bücher.example.", "x")[0]?.remedy,
            "write it as iot.xn--bcher-kva.example",
        ));

    it("knows a zone's names from those that only end alike", () => {
        assert.equal(isWithinZone("iot.example.com", "example.com"), true);
        assert.equal(isWithinZone("iotexample.com", "example.com"), false);
    });

    it("a wildcard is validated by the record of its parent", () =>
        assert.equal(validationName("*.Example.com"), "example.com"));
});
