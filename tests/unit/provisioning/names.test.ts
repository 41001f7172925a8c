import assert from "node:assert/strict";
import { nameFindings, nameLimits, type Named } from "../../../rules/provisioning/names";

const refused: Readonly<Record<Named, readonly string[]>> = {
    provisioningTemplate: ["", "a".repeat(37), "fleet template", "fleet.template", "fleet:1"],
    policy: ["", "a".repeat(129), "a policy", "a:b", "a/b"],
    authorizer: ["", "a".repeat(129), "a.b", "a:b"],
    tokenKey: ["", "a".repeat(129), "a.b", "a:b"],
    tokenSigningKey: ["", "a".repeat(129), "a.b"],
    thing: ["", "a".repeat(129), "a b", "a/b", "a#"],
    thingType: ["", "a".repeat(129), "a.b"],
    thingGroup: ["", "a".repeat(129), "a/b"],
    attribute: ["", "a".repeat(129), "a b", "a="],
    lambdaFunction: ["", "a".repeat(65), "a.b"],
};

const accepted: Readonly<Record<Named, readonly string[]>> = {
    provisioningTemplate: ["a", "a".repeat(36), "Fleet_template-1"],
    policy: ["a".repeat(128), "a+b=c,d.e@f-g_h"],
    authorizer: ["a".repeat(128), "a=b,c@d-e_f"],
    tokenKey: ["a".repeat(128), "x-token_1"],
    tokenSigningKey: ["a".repeat(128), "key:1"],
    thing: ["a".repeat(128), "sensor:1_a-b"],
    thingType: ["a".repeat(128), "sensor:1"],
    thingGroup: ["a".repeat(128), "hall-1"],
    attribute: ["a".repeat(128), "a_.,@/:#-1"],
    lambdaFunction: ["a".repeat(64), "a_b-1"],
};

describe("rules/provisioning/names", () => {
    for (const named of Object.keys(nameLimits) as Named[]) {
        for (const name of refused[named]) {
            it(`refuses ${JSON.stringify(name.slice(0, 40))} (${name.length}) as the name of ${nameLimits[named].of}`, () => {
                const [finding] = nameFindings(named, name, "p");
                assert.equal(finding?.path, "p");
                assert.equal(finding?.reference, nameLimits[named].reference);
            });
        }
        it(`takes what AWS takes as the name of ${nameLimits[named].of}`, () => {
            assert.deepEqual(
                accepted[named].flatMap((name) => nameFindings(named, name, "p")),
                [],
            );
        });
    }
});
