import assert from "node:assert/strict";
import fc from "fast-check";
import type { Finding } from "../../../rules/finding";
import { claimPolicy, isClaimPolicy } from "../../../rules/provisioning/claimPolicy";
import { defaultDeviceTopics, devicePolicy, deviceTopicFindings } from "../../../rules/provisioning/devicePolicy";
import { bindingOf } from "../../../rules/provisioning/identity";
import { actionsOf, iotActions, parseResource } from "../../../rules/provisioning/iotActions";
import { iotPolicyFindings } from "../../../rules/provisioning/iotPolicy";
import { maximumIotPolicyLength } from "../../../rules/provisioning/policyDocument";
import { iotRegions, partitionOf } from "../../../rules/regions";
import { processorMilliseconds } from "../../processorTime";

const account = "123456789012";
const here = { region: "us-east-1", account };
const arn = (resource: string, region = here.region) => `arn:aws:iot:${region}:${account}:${resource}`;
const thing = "${iot:Connection.Thing.ThingName}";
const attached = { Bool: { "iot:Connection.Thing.IsAttached": ["true"] } };

const allow = (Action: string | string[], Resource: string | string[], more: object = {}) => ({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action, Resource, ...more }],
});
const told = (findings: readonly Finding[]) => findings.map(({ rule, severity }) => `${rule} ${severity}`);

describe("rules/provisioning/claimPolicy", () => {
    it("allows provisioning, as AWS's own example does", () => {
        assert.deepEqual(claimPolicy(here, { templateName: "fleet", operations: ["CreateKeysAndCertificate"] }), {
            Version: "2012-10-17",
            Statement: [
                { Effect: "Allow", Action: "iot:Connect", Resource: arn("client/*") },
                {
                    Effect: "Allow",
                    Action: ["iot:Publish", "iot:Receive"],
                    Resource: [
                        arn("topic/$aws/certificates/create/*"),
                        arn("topic/$aws/provisioning-templates/fleet/provision/*"),
                    ],
                },
                {
                    Effect: "Allow",
                    Action: "iot:Subscribe",
                    Resource: [
                        arn("topicfilter/$aws/certificates/create/*"),
                        arn("topicfilter/$aws/provisioning-templates/fleet/provision/*"),
                    ],
                },
            ],
        });
    });

    it("allows the topics of the operations that are asked for, and client IDs with the prefix alone", () => {
        const { Statement } = claimPolicy(here, {
            templateName: "fleet",
            operations: ["CreateCertificateFromCsr"],
            clientIdPrefix: "claim-",
        });
        assert.equal(Statement[0]?.Resource, arn("client/claim-*"));
        assert.deepEqual(Statement[1]?.Resource, [
            arn("topic/$aws/certificates/create-from-csr/*"),
            arn("topic/$aws/provisioning-templates/fleet/provision/*"),
        ]);
    });

    for (const region of iotRegions) {
        it(`names the region, the account and the partition of ${region}, and finds no fault with itself`, () => {
            const policy = claimPolicy(
                { region, account },
                { templateName: "a".repeat(36), operations: ["CreateKeysAndCertificate", "CreateCertificateFromCsr"] },
            );
            const resources = policy.Statement.flatMap(({ Resource }) => Resource ?? []);
            assert.equal(resources.length, 7);
            for (const resource of resources) {
                assert.ok(resource.startsWith(`arn:${partitionOf(region)}:iot:${region}:${account}:`), resource);
            }
            assert.equal(isClaimPolicy(policy), true);
            assert.deepEqual(iotPolicyFindings(policy, "p", region), []);
            assert.notDeepEqual(iotPolicyFindings(policy, "p", "mx-central-1"), []);
        });
    }
});

describe("rules/provisioning/devicePolicy", () => {
    it("binds the client ID and the topics to the thing", () => {
        assert.deepEqual(devicePolicy(here, { publish: [`up/${thing}/*`], subscribe: [`down/${thing}`] }), {
            Version: "2012-10-17",
            Statement: [
                { Effect: "Allow", Action: "iot:Connect", Resource: [arn(`client/${thing}`)], Condition: attached },
                { Effect: "Allow", Action: "iot:Publish", Resource: [arn(`topic/up/${thing}/*`)] },
                { Effect: "Allow", Action: "iot:Subscribe", Resource: [arn(`topicfilter/down/${thing}`)] },
                { Effect: "Allow", Action: "iot:Receive", Resource: [arn(`topic/down/${thing}`)] },
            ],
        });
    });

    it("leaves out what a device has no topics for", () => {
        assert.equal(devicePolicy(here, { publish: [], subscribe: [] }).Statement.length, 1);
    });

    for (const region of iotRegions) {
        it(`is without a fault in ${region}`, () => {
            const policy = devicePolicy({ region, account }, defaultDeviceTopics);
            assert.deepEqual(iotPolicyFindings(policy, "p", region), []);
        });
    }
});

/** What a policy says, as JSON, and what the rules say of it: rule and severity. */
const judged: ReadonlyArray<readonly [string, unknown, readonly string[]]> = [
    ["any client ID", allow("iot:Connect", arn("client/*")), ["device-policy-client-id high"]],
    ["everything for everybody", allow("iot:*", "*"), ["device-policy-action high", "device-policy-client-id high"]],
    [
        "the client ID that the device chooses",
        allow("iot:Connect", arn("client/${iot:ClientId}")),
        ["device-policy-client-id high"],
    ],
    [
        "the client ID of an attached thing",
        allow("iot:Connect", arn("client/${iot:ClientId}"), { Condition: attached }),
        [],
    ],
    [
        "the thing's name without the attachment",
        allow("iot:Connect", arn(`client/${thing}`)),
        ["device-policy-client-id low"],
    ],
    ["the thing's name with the attachment", allow("iot:Connect", arn(`client/${thing}`), { Condition: attached }), []],
    [
        "the attachment as a text",
        allow("iot:Connect", arn(`client/${thing}`), {
            Condition: { Bool: { "iot:Connection.Thing.IsAttached": "true" } },
        }),
        [],
    ],
    [
        "client IDs that begin with the thing's name",
        allow("iot:Connect", arn(`client/${thing}*`), { Condition: attached }),
        ["device-policy-client-id high"],
    ],
    ["topics of every device", allow("iot:Publish", arn("topic/devices/*")), ["device-policy-topic high"]],
    ["a wildcard before the thing", allow("iot:Publish", arn(`topic/*/${thing}/up`)), ["device-policy-topic high"]],
    [
        "a single-character wildcard before the thing",
        allow("iot:Publish", arn(`topic/?/${thing}`)),
        ["device-policy-topic high"],
    ],
    [
        "a wildcard in the thing's own level",
        allow("iot:Publish", arn(`topic/devices/${thing}*`)),
        ["device-policy-topic high"],
    ],
    [
        "a wildcard behind a suffix of the thing",
        allow("iot:Publish", arn(`topic/devices/${thing}-*/x`)),
        ["device-policy-topic high"],
    ],
    ["a wildcard below the thing", allow("iot:Publish", arn(`topic/devices/${thing}/*`)), []],
    ["the certificate's common name", allow("iot:Publish", arn("topic/${iot:Certificate.Subject.CommonName}/*")), []],
    [
        "a thing's type, which many share",
        allow("iot:Publish", arn("topic/${iot:Connection.Thing.ThingTypeName}/*")),
        ["device-policy-topic high"],
    ],
    ["one topic for all", allow("iot:Publish", arn("topic/alarm")), ["device-policy-topic low"]],
    [
        "a + in a topic, which is a plain character",
        allow("iot:Publish", arn(`topic/${thing}/+`)),
        ["device-policy-topic medium"],
    ],
    ["an escaped star", allow("iot:Publish", arn(`topic/\${*}/${thing}`)), []],
    [
        "a + before the thing in a topic filter",
        allow("iot:Subscribe", arn(`topicfilter/+/${thing}`)),
        ["device-policy-topic high"],
    ],
    ["a # for everything", allow("iot:Subscribe", arn("topicfilter/#")), ["device-policy-topic high"]],
    ["a # below the thing", allow("iot:Subscribe", arn(`topicfilter/devices/${thing}/#`)), []],
    ["receiving anything, which takes a subscription first", allow("iot:Receive", arn("topic/*")), []],
    ["shadows of every thing", allow("iot:UpdateThingShadow", arn("thing/*")), ["device-policy-thing high"]],
    ["the thing's own shadow", allow("iot:GetThingShadow", arn(`thing/${thing}`)), []],
    ["every role", allow("iot:AssumeRoleWithCertificate", arn("rolealias/*")), ["device-policy-role-alias high"]],
    ["one role", allow("iot:AssumeRoleWithCertificate", arn("rolealias/logs")), []],
    ["upper case in an action", allow("IOT:PUBLISH", arn("topic/*")), ["device-policy-topic high"]],
    [
        "an ARN whose account is a wildcard, for the thing alone",
        allow("iot:Publish", `arn:aws:iot:*:*:topic/${thing}/x`),
        [],
    ],
    ["an ARN that is a wildcard", allow("iot:Publish", "arn:aws:iot:*:*:*"), ["device-policy-topic high"]],
    ["another region", allow("iot:Publish", arn(`topic/${thing}`, "eu-west-1")), ["iot-policy-region high"]],
    [
        "NotAction",
        { Version: "2012-10-17", Statement: { Effect: "Allow", NotAction: "iot:Connect", Resource: "*" } },
        ["iot-policy-negation high"],
    ],
    ["a denial", { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "iot:*", Resource: "*" }] }, []],
    [
        "the old version",
        { ...allow("iot:Publish", arn(`topic/${thing}`)), Version: "2008-10-17" },
        ["iot-policy-version high"],
    ],
    ["no JSON", "{", ["iot-policy-document high"]],
    ["a list", [], ["iot-policy-document high"]],
    [
        "a statement without an effect",
        { Version: "2012-10-17", Statement: [{ Action: "iot:Connect" }] },
        ["iot-policy-document high"],
    ],
    [
        "too many characters",
        allow(
            "iot:Publish",
            Array.from({ length: 30 }, (_, index) => arn(`topic/${thing}/${index}`)),
        ),
        ["iot-policy-length high"],
    ],
    [
        "a claim that may publish anywhere",
        allow("iot:Publish", [arn("topic/$aws/certificates/create/*"), arn("topic/*")]),
        ["claim-policy high"],
    ],
    [
        "a claim for every template",
        allow("iot:Publish", arn("topic/$aws/provisioning-templates/*/provision/*")),
        ["claim-policy high"],
    ],
    [
        "a claim for a template's other topics",
        allow("iot:Publish", arn("topic/$aws/provisioning-templates/fleet/*")),
        ["claim-policy high"],
    ],
    [
        "a claim with a device's rights",
        allow(["iot:Subscribe", "iot:GetThingShadow"], arn("topicfilter/$aws/certificates/create/*")),
        ["claim-policy high"],
    ],
    ["a claim with every action", allow("iot:*", arn("topic/$aws/certificates/create/*")), ["claim-policy high"]],
];

describe("rules/provisioning/iotPolicy", () => {
    for (const [what, document, expected] of judged) {
        it(`judges ${what}: ${expected.join(", ") || "sound"}`, () => {
            const findings = iotPolicyFindings(document, "p", here.region);
            assert.deepEqual(told(findings), expected);
            assert.ok(findings.every(({ path, got, remedy }) => path.startsWith("p") && got !== "" && remedy !== ""));
        });
        it(`judges ${what} alike as text`, () => {
            const text = typeof document === "string" ? document : JSON.stringify(document, undefined, 2);
            assert.deepEqual(told(iotPolicyFindings(text, "p", here.region)), expected);
        });
    }

    it("names the resource among several", () => {
        const document = allow("iot:Publish", [arn(`topic/${thing}`), arn("topic/*")]);
        assert.deepEqual(
            iotPolicyFindings(document, "policy").map(({ path }) => path),
            ["policy.Statement[0].Resource[1]"],
        );
    });

    it("counts no white space", () => {
        const document = allow("iot:Publish", arn(`topic/${thing}`));
        assert.deepEqual(iotPolicyFindings(JSON.stringify(document, undefined, maximumIotPolicyLength), "p"), []);
    });

    it("says something of whatever it is given, and never throws", () => {
        fc.assert(
            fc.property(fc.anything(), (given) => {
                assert.ok(Array.isArray(iotPolicyFindings(given, "p", here.region)));
            }),
        );
    });
});

describe("rules/provisioning/iotActions", () => {
    it("takes resources apart, whatever their names hold", () => {
        fc.assert(
            fc.property(fc.constantFrom("client", "topic", "topicfilter", "thing"), fc.string(), (kind, name) => {
                assert.deepEqual(parseResource(arn(`${kind}/${name}`)), { region: here.region, kind, name });
            }),
        );
    });

    it("matches patterns as regular expressions do", () => {
        const pattern = fc.array(fc.constantFrom("*", "?", "i", "o", "t", ":", "C", "Connect", "Publish"), {
            maxLength: 8,
        });
        fc.assert(
            fc.property(pattern, (parts) => {
                const expression = new RegExp(
                    `^${parts.map((part) => (part === "*" ? ".*" : part === "?" ? "." : part)).join("")}$`,
                    "i",
                );
                assert.deepEqual(
                    actionsOf(parts.join("")),
                    Object.keys(iotActions).filter((action) => expression.test(action)),
                );
            }),
        );
    });

    it("stays quick with a pattern made to be slow", () => {
        const worst = () => assert.deepEqual(actionsOf(`${"*t".repeat(1000)}!`), []);
        assert.ok(processorMilliseconds(worst) < 200);
    });
});

/** What a policy's resource matches, by AWS's rules: `*` is any text, `?` any character, the rest is itself. */
function matches(pattern: string, text: string): boolean {
    const source = [...pattern]
        .map((each) => (each === "*" ? ".*" : each === "?" ? "." : each.replace(/[.+^${}()|[\]\\]/g, "\\$&")))
        .join("");
    return new RegExp(`^${source}$`, "s").test(text);
}

describe("rules/provisioning/identity", () => {
    const thingName = fc.stringMatching(/^[a-c1:_-]{1,4}$/);
    const topic = fc
        .array(fc.constantFrom(thing, "${iot:ClientId}", "*", "?", "/", "a", "devices", "-"), {
            minLength: 1,
            maxLength: 8,
        })
        .map((parts) => parts.join(""));

    it("lets no topic of one device be another's", () => {
        fc.assert(
            fc.property(
                topic,
                thingName,
                thingName,
                fc.stringMatching(/^[a-c1/]{0,5}$/),
                (pattern, own, other, filling) => {
                    fc.pre(own !== other && bindingOf(pattern) === "own");
                    const of = (name: string) => pattern.replaceAll(thing, name).replaceAll("${iot:ClientId}", name);
                    const spoken = of(own).replaceAll("*", filling).replaceAll("?", "a");
                    assert.ok(matches(of(own), spoken));
                    assert.ok(
                        !matches(of(other), spoken),
                        `${other} may use ${spoken}, which is ${own}'s, by ${pattern}`,
                    );
                },
            ),
            { numRuns: 2000 },
        );
    });

    const topics: ReadonlyArray<readonly [string, boolean]> = [
        [`devices/${thing}/*`, true],
        [`devices/${thing}`, true],
        ["$aws/things/${iot:Connection.Thing.ThingName}/shadow/*", true],
        ["devices/all", false],
        ["devices/*", false],
        [`*/${thing}`, false],
        [`devices/${thing}*`, false],
        [`devices/${thing}/#`, false],
        [`devices/+/${thing}`, false],
        ["devices/${iot:connection.thing.thingname}/*", false],
    ];
    for (const [given, sound] of topics) {
        it(`${sound ? "takes" : "refuses"} ${given} as a topic of the configuration`, () => {
            const findings = deviceTopicFindings(given, "provisioning.devicePolicy.publish[0]");
            assert.equal(findings.length, sound ? 0 : 1);
            assert.ok(findings.every(({ severity }) => severity === "high"));
        });
    }
});
