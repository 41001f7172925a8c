import assert from "node:assert/strict";
import fc from "fast-check";
import { matchesTokens, literalTokens, matchesWildcards } from "../../../rules/provisioning/wildcards";
import { isAllowed } from "../../../sandbox/dataPlane/authorization/evaluate";
import { substitute } from "../../../sandbox/dataPlane/authorization/variables";
import { isTopicFilter, matchesFilter } from "../../../sandbox/dataPlane/mqtt/topicFilters";

const topic = (name: string) => `arn:aws:iot:us-east-1:123456789012:topic/${name}`;
const variables = new Map([
    ["iot:clientid", "sensor-1"],
    ["iot:connection.thing.isattached", "true"],
    ["iot:certificate.subject.commonname", "wide*"],
    ["aws:sourceip", "192.0.2.7"],
]);

describe("sandbox/dataPlane authorization", () => {
    type Statement = Record<string, unknown>;
    const allow = { Effect: "Allow", Action: "iot:Publish", Resource: topic("devices/*") };
    const cases: [title: string, statements: Statement[], expected: boolean, version?: string][] = [
        ["what a statement allows", [allow], true],
        ["nothing without a statement", [], false],
        ["nothing that a statement denies", [allow, { ...allow, Effect: "Deny" }], false],
        ["actions by pattern, in any case", [{ ...allow, Action: "IOT:Pub*" }], true],
        ["no other action", [{ ...allow, Action: ["iot:Receive", "iot:Connect"] }], false],
        ["no other resource", [{ ...allow, Resource: topic("others/*") }], false],
        ["resources by one character", [{ ...allow, Resource: topic("devices/sensor-?/up") }], true],
        ["a variable's value", [{ ...allow, Resource: topic("devices/${iot:ClientId}/up") }], true],
        ["nothing by a variable without a value", [{ ...allow, Resource: topic("devices/${iot:Nothing}*") }], false],
        [
            "nothing by a variable whose value is a wildcard",
            [{ ...allow, Resource: topic("devices/${iot:Certificate.Subject.CommonName}*") }],
            false,
        ],
        [
            "no variable in an older version of the language",
            [{ ...allow, Resource: topic("devices/${iot:ClientId}/up") }],
            false,
            "2008-10-17",
        ],
        ["an escaped wildcard as itself", [{ ...allow, Resource: topic("devices/${*}") }], false],
        ["all but what NotResource names", [{ Effect: "Allow", Action: "*", NotResource: topic("others/*") }], true],
        ["all but what NotAction names", [{ Effect: "Allow", NotAction: "iot:Publish", Resource: "*" }], false],
        [
            "by a condition that holds",
            [{ ...allow, Condition: { Bool: { "iot:Connection.Thing.IsAttached": "true" } } }],
            true,
        ],
        ["not by one that fails", [{ ...allow, Condition: { StringEquals: { "iot:ClientId": ["a", "b"] } } }], false],
        [
            "by one pattern of several",
            [{ ...allow, Condition: { StringLike: { "iot:ClientId": ["a", "sensor-*"] } } }],
            true,
        ],
        [
            "by an address in a range",
            [{ ...allow, Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } }],
            true,
        ],
        [
            "by an address outside one",
            [{ ...allow, Condition: { NotIpAddress: { "aws:SourceIp": "192.0.2.0/24" } } }],
            false,
        ],
        [
            "by a key that is absent, if it may be",
            [{ ...allow, Condition: { StringEqualsIfExists: { "iot:X": "a" } } }],
            true,
        ],
        ["not by a key that is absent", [{ ...allow, Condition: { StringEquals: { "iot:X": "a" } } }], false],
        [
            "not by an operator that nobody knows",
            [{ ...allow, Condition: { Resembles: { "iot:ClientId": "sensor-1" } } }],
            false,
        ],
        [
            "nothing that an unknown operator denies",
            [allow, { ...allow, Effect: "Deny", Condition: { Resembles: { "iot:ClientId": "a" } } }],
            false,
        ],
    ];
    for (const [title, statements, expected, Version = "2012-10-17"] of cases) {
        it(`allows ${title}`, () => {
            const document = { Version, Statement: statements as never };
            const request = { action: "iot:Publish", resource: topic("devices/sensor-1/up"), variables };
            assert.equal(isAllowed([document], request), expected);
        });
    }

    const alphabet = fc.string({ unit: fc.constantFrom("a", "b", "/", "*", "?"), maxLength: 12 });
    const plain = fc.string({ unit: fc.constantFrom("a", "b", "/"), maxLength: 12 });

    it("matches wildcards as the regular expression does", () => {
        const asExpression = (pattern: string) =>
            new RegExp(
                `^${pattern.replace(/[*?/]/g, (sign) => ({ "*": ".*", "?": ".", "/": "\\/" })[sign] ?? sign)}$`,
                "s",
            );
        fc.assert(
            fc.property(alphabet, plain, (pattern, text) => {
                assert.equal(matchesWildcards(pattern, text), asExpression(pattern).test(text));
            }),
        );
    });

    it("takes no value of a variable for a pattern", () => {
        fc.assert(
            fc.property(fc.string(), fc.string(), (value, other) => {
                const tokens = substitute("${iot:ClientId}", new Map([["iot:clientid", value]]));
                const matches = tokens !== undefined && matchesTokens(tokens, other);
                assert.ok(!matches || value === other);
                assert.ok(matchesTokens(literalTokens(value), value));
            }),
        );
    });

    const filters: [filter: string, topic: string, expected: boolean][] = [
        ["a/b", "a/b", true],
        ["a/+", "a/b", true],
        ["a/+", "a/b/c", false],
        ["a/#", "a/b/c", true],
        ["a/#", "a", true],
        ["+/b", "a/b", true],
        ["#", "a/b", true],
        ["#", "$aws/b", false],
        ["+/b", "$aws/b", false],
        ["$aws/#", "$aws/b", true],
        ["a", "a/b", false],
    ];
    for (const [filter, name, expected] of filters) {
        it(`has the filter ${filter} ${expected ? "match" : "pass over"} ${name}`, () => {
            assert.equal(matchesFilter(filter, name), expected);
        });
    }

    it("knows topic filters that are none", () => {
        const none = ["", "a#", "a/#/b", "a+/b", "a/b#"];
        assert.deepEqual(none.filter(isTopicFilter), []);
    });

    it("has a filter with one level open match what the level may be", () => {
        const level = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 3 });
        fc.assert(
            fc.property(fc.array(level, { minLength: 1, maxLength: 5 }), fc.nat(), (levels, at) => {
                const open = levels.map((each, index) => (index === at % levels.length ? "+" : each));
                assert.ok(matchesFilter(open.join("/"), levels.join("/")));
                assert.ok(isTopicFilter(open.join("/")));
            }),
        );
    });
});
