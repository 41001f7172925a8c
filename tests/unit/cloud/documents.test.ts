import assert from "node:assert/strict";
import fc from "fast-check";
import { Refusal } from "../../../sandbox/cloud/errors";
import { patternFault } from "../../../sandbox/cloud/services/events/eventPatterns";
import { isSchedule } from "../../../sandbox/cloud/services/events/schedules";
import { actionsOf, policyFault, principalsOf } from "../../../sandbox/cloud/services/iam/policyDocuments";
import { checkedArchive } from "../../../sandbox/cloud/services/lambda/deploymentPackages";
import { zip } from "./zip";

const kinds = ["identity", "trust", "resource"] as const;

/** Values near to sound ones, so that what is looked at is not refused at the first glance. */
const statement = fc.record(
    {
        Sid: fc.oneof(fc.string(), fc.integer()),
        Effect: fc.constantFrom("Allow", "Deny", "Perhaps"),
        Principal: fc.oneof(fc.constant("*"), fc.dictionary(fc.constantFrom("AWS", "Service", "X"), fc.jsonValue())),
        Action: fc.oneof(fc.constantFrom("*", "sts:AssumeRole", "iot:*"), fc.jsonValue()),
        Resource: fc.oneof(fc.constantFrom("*", "arn:aws:iot:us-east-1:123456789012:topic/x"), fc.jsonValue()),
        Condition: fc.jsonValue(),
    },
    { requiredKeys: [] },
);
const policy = fc.oneof(
    fc.json(),
    fc.string(),
    fc
        .record({
            Version: fc.constantFrom("2012-10-17", "2026-01-01"),
            Statement: fc.oneof(statement, fc.array(statement)),
        })
        .map((document) => JSON.stringify(document)),
);

const matcher = fc.oneof(
    fc.jsonValue(),
    fc.dictionary(fc.constantFrom("prefix", "numeric", "exists", "anything-but", "cidr"), fc.jsonValue(), {
        maxKeys: 2,
    }),
);
const pattern = fc.dictionary(fc.constantFrom("source", "detail", "$or"), fc.oneof(fc.jsonValue(), fc.array(matcher)));

describe("documents given to the sandbox's cloud", () => {
    it("are sound or faulty policies, whatever they say", () => {
        fc.assert(
            fc.property(policy, fc.constantFrom(...kinds), (text, kind) => {
                const fault = policyFault(text, kind);
                assert.notEqual(fault, "");
                if (fault === undefined) {
                    assert.ok(actionsOf(text).length > 0);
                    assert.equal(kind === "identity" && principalsOf(text).length > 0, false);
                }
            }),
        );
    });

    it("are policies of one kind only where they name both a resource and a principal, or one of them", () => {
        const sound = fc.record({ principal: fc.boolean(), resource: fc.boolean() });
        fc.assert(
            fc.property(sound, ({ principal, resource }) => {
                const text = JSON.stringify({
                    Statement: {
                        Effect: "Allow",
                        Action: "sts:AssumeRole",
                        ...(principal && { Principal: { AWS: "123456789012" } }),
                        ...(resource && { Resource: "*" }),
                    },
                });
                const accepted = kinds.filter((kind) => policyFault(text, kind) === undefined);
                const expected = { "true,true": ["resource"], "true,false": ["trust"], "false,true": ["identity"] };
                assert.deepEqual(accepted, expected[`${principal},${resource}` as keyof typeof expected] ?? []);
            }),
        );
    });

    it("are sound or faulty event patterns, whatever they say", () => {
        fc.assert(
            fc.property(
                fc.oneof(
                    fc.string(),
                    fc.json(),
                    pattern.map((value) => JSON.stringify(value)),
                ),
                (text) => {
                    const fault = patternFault(text);
                    assert.notEqual(fault, "");
                },
            ),
        );
    });

    it("are rates whose unit agrees with their value", () => {
        const units = fc.constantFrom("minute", "hour", "day");
        fc.assert(
            fc.property(fc.integer({ min: 0, max: 400 }), units, fc.boolean(), (value, unit, plural) => {
                const agrees = value > 0 && plural === value > 1;
                assert.equal(isSchedule(`rate(${value} ${unit}${plural ? "s" : ""})`), agrees);
            }),
        );
    });

    it("are archives as a whole or not at all", () => {
        const archive = zip("index.js", "exports.handler = () => 1;");
        assert.equal(checkedArchive({ ZipFile: archive }).length, archive.length);
        const broken = fc.oneof(
            fc.uint8Array(),
            fc.integer({ min: 0, max: archive.length - 1 }).map((length) => archive.subarray(0, length)),
        );
        fc.assert(
            fc.property(broken, (ZipFile) => {
                assert.throws(
                    () => checkedArchive({ ZipFile }),
                    (thrown) => thrown instanceof Refusal && thrown.name === "InvalidParameterValueException",
                );
            }),
        );
    });
});
