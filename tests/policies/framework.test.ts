import assert from "node:assert/strict";
import fc from "fast-check";
import { matchesPattern } from "../../policies/framework/glob";
import { nearest } from "../../policies/framework/nearest";
import { holdsUnknown, isUnknown, readProperties, textAt, unknown, valueAt } from "../../policies/framework/values";
import { processorMilliseconds } from "../processorTime";

describe("patterns of URNs", () => {
    it("match as a regular expression in which * stands for anything", () => {
        const piece = fc.stringMatching(/^[ab:*]{0,6}$/);
        fc.assert(
            fc.property(piece, fc.stringMatching(/^[ab:]{0,8}$/), (pattern, text) => {
                const expression = new RegExp(`^${pattern.replaceAll("*", ".*")}$`);
                assert.equal(matchesPattern(pattern, text), expression.test(text));
            }),
            { numRuns: 2000 },
        );
    });

    it("take other characters as they are", () => {
        assert.equal(matchesPattern("a.c$d", "a.c$d"), true);
        assert.equal(matchesPattern("a.c", "abc"), false);
        assert.equal(
            matchesPattern("*::Certificate::*", "urn:pulumi:prod::p::aws:acm/certificate:Certificate::x"),
            false,
        );
        assert.equal(
            matchesPattern("*:Certificate::*", "urn:pulumi:prod::p::aws:acm/certificate:Certificate::x"),
            true,
        );
    });

    it("are matched in no time, however many asterisks they have", () => {
        const worst = () => assert.equal(matchesPattern(`${"*a".repeat(5000)}b`, "a".repeat(20_000)), false);
        assert.ok(processorMilliseconds(worst) < 500);
    });
});

describe("the properties of a resource", () => {
    const later = "known after the deployment";

    /** Throws at every such value as CrossGuard's proxy does at unknown ones. */
    function throwing(value: object): object {
        return new Proxy(value, {
            get: (target, name) => {
                const member: unknown = Reflect.get(target, name);
                if (member === later) {
                    throw new Error("value can't be known during preview");
                }
                return typeof member === "object" && member !== null ? throwing(member) : member;
            },
        });
    }

    it("are read with a mark in the place of each unknown", () => {
        const read = readProperties(throwing({ a: later, b: ["x", later, { c: later }], d: { e: null, f: 1 } }));
        assert.deepEqual(read, { a: unknown, b: ["x", unknown, { c: unknown }], d: { e: null, f: 1 } });
    });

    it("stay what they are where everything is known", () => {
        fc.assert(
            fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (generated) => {
                const properties = JSON.parse(JSON.stringify(generated)) as object;
                assert.deepEqual(readProperties(throwing(properties)), properties);
            }),
        );
    });

    it("are unknown below an unknown, and absent below what is no object", () => {
        const read = readProperties(throwing({ a: later, b: { c: "text" }, d: "text", e: null }));
        assert.equal(valueAt(read, "a", "b", "c"), unknown);
        assert.equal(textAt(read, "b", "c"), "text");
        assert.equal(valueAt(read, "d", "length"), undefined);
        assert.equal(valueAt(read, "e"), undefined);
        assert.equal(valueAt(read, "constructor"), undefined);
    });

    it("are unknown where the state hides a secret", () => {
        assert.ok(isUnknown(readProperties({ key: "[secret]" })["key"]));
    });

    it("hold an unknown however deep it is", () => {
        assert.equal(holdsUnknown(readProperties(throwing({ a: [{ b: [later] }] }))), true);
        assert.equal(holdsUnknown(readProperties(throwing({ a: [{ b: ["!"] }] }))), false);
    });
});

describe("advice on a misspelt name", () => {
    it("names the nearest, and none that is far off", () => {
        assert.equal(
            nearest("tls-securty-policy", ["domain-name", "tls-security-policy"]),
            "did you mean tls-security-policy?",
        );
        assert.equal(nearest("xyz", ["tls-security-policy"]), "remove it");
        assert.equal(nearest("xyz", []), "remove it");
    });
});
