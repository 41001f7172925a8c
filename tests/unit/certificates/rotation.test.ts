import assert from "node:assert/strict";
import { sameIdentity } from "../../../rules/certificates/rotation";
import { pem } from "./fixtures";

const rules = (previous: string, next: string): string[] =>
    sameIdentity(pem(`leaves/${previous}`), pem(`leaves/${next}`)).map(({ rule }) => rule);

describe("rules/certificates/rotation", () => {
    const cases: readonly (readonly [previous: string, next: string, rules: readonly string[]])[] = [
        ["rsa-2048", "rsa-2048", []],
        ["rsa-2048", "renewed", []],
        ["many-names", "renewed-names-reordered", []],
        ["rsa-2048", "upper-case", ["rotation-common-name"]],
        ["rsa-2048", "renewed-more-names", ["rotation-alternative-names"]],
        ["renewed-more-names", "rsa-2048", ["rotation-alternative-names"]],
        ["rsa-2048", "common-name-only", ["rotation-alternative-names"]],
        ["rsa-2048", "other-common-name", ["rotation-common-name"]],
        ["rsa-2048", "sha512", ["rotation-signature-algorithm"]],
        ["rsa-2048", "pss-signature", ["rotation-signature-algorithm"]],
        ["rsa-2048", "p256-below-rsa", ["rotation-key-algorithm"]],
        ["p256-below-rsa", "rsa-2048", ["rotation-key-algorithm"]],
        ["rsa-2048", "rsa-4096", ["rotation-key-algorithm"]],
        ["rsa-2048", "no-key-usage", ["rotation-key-usage"]],
        ["rsa-2048", "digital-signature-only", ["rotation-key-usage"]],
        ["digital-signature-only", "rsa-2048", []],
        ["no-key-usage", "rsa-2048", ["rotation-key-usage"]],
        ["rsa-2048", "server-and-client", []],
        ["server-and-client", "rsa-2048", []],
        ["rsa-2048", "no-extended-key-usage", ["rotation-extended-key-usage"]],
        ["no-extended-key-usage", "rsa-2048", ["rotation-extended-key-usage"]],
        ["rsa-2048", "client-only", ["rotation-extended-key-usage"]],
    ];
    for (const [previous, next, expected] of cases) {
        it(`${expected.length === 0 ? "lets" : "does not let"} ${next} take the place of ${previous}`, () => {
            assert.deepEqual(rules(previous, next), expected);
        });
    }

    it("names the difference and the way out", () => {
        const [finding] = sameIdentity(
            pem("leaves/rsa-2048"),
            pem("leaves/renewed-more-names"),
            "domains.a.certificate",
        );
        assert.deepEqual(
            { path: finding?.path, expected: finding?.expected, got: finding?.got },
            {
                path: "domains.a.certificate",
                expected: 'the names "iot.example.com", as before',
                got: '"b.example.com" and "iot.example.com"',
            },
        );
        assert.match(finding?.remedy ?? "", /under an ARN of its own/);
    });

    it("compares leaves, whatever chain follows in the same text", () => {
        const previous = pem("leaves/rsa-2048", "authorities/intermediate", "authorities/root");
        assert.deepEqual(sameIdentity(previous, pem("leaves/renewed", "authorities/intermediate")), []);
    });

    it("says so where there is nothing to compare", () => {
        assert.deepEqual(
            sameIdentity("", "[secret]").map(({ rule, path }) => [rule, path]),
            [
                ["certificate-format", "certificate (previous)"],
                ["certificate-format", "certificate"],
            ],
        );
    });
});
