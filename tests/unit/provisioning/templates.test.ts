import assert from "node:assert/strict";
import fc from "fast-check";
import type { TemplateType } from "../../../rules/provisioning/parameters";
import { literalBeginning, parametersOf, parsePattern, templateValue } from "../../../rules/provisioning/placeholders";
import { templateBody, type TemplateSettings } from "../../../rules/provisioning/template";
import { maximumTemplateBodyLength, templateBodyFindings } from "../../../rules/provisioning/templateBodyFindings";
import { templateSettingsFindings } from "../../../rules/provisioning/templateSettingsFindings";

const sound: TemplateSettings = {
    parameters: { SerialNumber: {}, Location: { default: "hall-1" } },
    thingName: "sensor-{SerialNumber}",
    thingTypeName: "sensor",
    thingGroupNames: ["sensors"],
    attributes: { serial: "{SerialNumber}", place: "at:{Location}" },
    overrideSetting: "FAIL",
};

const soundJustInTime: TemplateSettings = {
    parameters: {},
    thingName: "{AWS::IoT::Certificate::CommonName}",
    thingGroupNames: [],
    attributes: { country: "{AWS::IoT::Certificate::Country}" },
    overrideSetting: "DO_NOTHING",
};

describe("rules/provisioning/placeholders", () => {
    it("takes a text apart so that its parts make the text again", () => {
        const piece = fc.oneof(
            fc.stringMatching(/^[a-z:_-]{1,5}$/),
            fc.stringMatching(/^[A-Za-z0-9:]{1,6}$/).map((name) => `{${name}}`),
        );
        fc.assert(
            fc.property(fc.array(piece), (pieces) => {
                const parts = parsePattern(pieces.join("")) ?? assert.fail("braces match");
                assert.equal(
                    parts.map((part) => ("parameter" in part ? `{${part.parameter}}` : part.text)).join(""),
                    pieces.join(""),
                );
                assert.deepEqual(
                    parametersOf(pieces.join("")),
                    pieces.filter((each) => each.startsWith("{")).map((each) => each.slice(1, -1)),
                );
            }),
        );
    });

    for (const broken of ["{", "}", "a{b", "a}b", "{}", "{a b}", "{{a}}", "{a}}"]) {
        it(`finds that ${broken} does not close`, () => {
            assert.equal(parsePattern(broken), undefined);
            assert.deepEqual(parametersOf(broken), []);
            assert.throws(() => templateValue(broken), /braces/);
        });
    }

    it("writes texts, references and joins as templates have them", () => {
        assert.equal(templateValue("sensor"), "sensor");
        assert.equal(templateValue(""), "");
        assert.deepEqual(templateValue("{SerialNumber}"), { Ref: "SerialNumber" });
        assert.deepEqual(templateValue("a-{B}-{C}"), { "Fn::Join": ["", ["a-", { Ref: "B" }, "-", { Ref: "C" }]] });
    });

    it("knows what every name begins with", () => {
        assert.equal(literalBeginning("sensor-{A}"), "sensor-");
        assert.equal(literalBeginning("{A}-sensor"), "");
    });
});

describe("rules/provisioning/template", () => {
    it("makes a thing, its certificate and a policy by name", () => {
        assert.deepEqual(templateBody("FLEET_PROVISIONING", sound, "dev-device"), {
            Parameters: {
                SerialNumber: { Type: "String" },
                Location: { Type: "String", Default: "hall-1" },
                "AWS::IoT::Certificate::Id": { Type: "String" },
            },
            Resources: {
                thing: {
                    Type: "AWS::IoT::Thing",
                    Properties: {
                        ThingName: { "Fn::Join": ["", ["sensor-", { Ref: "SerialNumber" }]] },
                        AttributePayload: {
                            serial: { Ref: "SerialNumber" },
                            place: { "Fn::Join": ["", ["at:", { Ref: "Location" }]] },
                        },
                        ThingTypeName: "sensor",
                        ThingGroups: ["sensors"],
                    },
                    OverrideSettings: { AttributePayload: "FAIL", ThingTypeName: "FAIL", ThingGroups: "FAIL" },
                },
                certificate: {
                    Type: "AWS::IoT::Certificate",
                    Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" }, Status: "ACTIVE" },
                },
                policy: { Type: "AWS::IoT::Policy", Properties: { PolicyName: "dev-device" } },
            },
        });
    });

    it("declares for JITP only what it uses, for AWS refuses a certificate without a declared parameter", () => {
        const { Parameters } = templateBody("JITP", soundJustInTime, "dev-device") as { Parameters: object };
        assert.deepEqual(Object.keys(Parameters), [
            "AWS::IoT::Certificate::CommonName",
            "AWS::IoT::Certificate::Country",
            "AWS::IoT::Certificate::Id",
        ]);
    });

    const settings: ReadonlyArray<readonly [TemplateType, TemplateSettings]> = [
        ["FLEET_PROVISIONING", sound],
        ["JITP", soundJustInTime],
        ["FLEET_PROVISIONING", { ...sound, thingName: "{AWS::IoT::Certificate::Id}", thingTypeName: undefined }],
    ];
    for (const [type, given] of settings) {
        it(`makes a ${type} body without a fault of ${given.thingName}`, () => {
            assert.deepEqual(templateSettingsFindings(given, type, "t"), []);
            assert.deepEqual(templateBodyFindings(JSON.stringify(templateBody(type, given, "p")), type, "t"), []);
        });
    }
});

/** What is changed in sound settings, for which type, and where the fault is told. */
const faulty: ReadonlyArray<readonly [string, TemplateType, Partial<TemplateSettings>, readonly string[]]> = [
    ["an undeclared placeholder", "FLEET_PROVISIONING", { thingName: "sensor-{Serial}" }, ["t.thingName"]],
    [
        "an undeclared placeholder in an attribute",
        "FLEET_PROVISIONING",
        { attributes: { a: "{B}" } },
        ["t.attributes.a"],
    ],
    ["a name without a placeholder", "FLEET_PROVISIONING", { thingName: "sensor" }, ["t.thingName"]],
    ["braces that do not close", "FLEET_PROVISIONING", { thingName: "{SerialNumber" }, ["t.thingName", "t.thingName"]],
    ["characters that no thing's name has", "FLEET_PROVISIONING", { thingName: "a b/{SerialNumber}" }, ["t.thingName"]],
    [
        "a subject's field in fleet provisioning",
        "FLEET_PROVISIONING",
        { thingName: "{AWS::IoT::Certificate::CommonName}" },
        ["t.thingName"],
    ],
    [
        "a parameter's name with a hyphen",
        "FLEET_PROVISIONING",
        { parameters: { ...sound.parameters, "a-b": {} } },
        ["t.parameters.a-b"],
    ],
    ["a thing type with a dot", "FLEET_PROVISIONING", { thingTypeName: "a.b" }, ["t.thingTypeName"]],
    ["a thing group with a slash", "FLEET_PROVISIONING", { thingGroupNames: ["a", "b/c"] }, ["t.thingGroupNames[1]"]],
    ["eleven groups", "FLEET_PROVISIONING", { thingGroupNames: [..."abcdefghijk"] }, ["t.thingGroupNames"]],
    [
        "four attributes without a type",
        "FLEET_PROVISIONING",
        { thingTypeName: undefined, attributes: { a: "", b: "", c: "", d: "" } },
        ["t.attributes"],
    ],
    ["an attribute's name with a space", "FLEET_PROVISIONING", { attributes: { "a b": "" } }, ["t.attributes.a b"]],
    ["an attribute's value with a space", "FLEET_PROVISIONING", { attributes: { a: "b c" } }, ["t.attributes.a"]],
    [
        "an attribute's value of 801 characters",
        "FLEET_PROVISIONING",
        { attributes: { a: "b".repeat(801) } },
        ["t.attributes.a"],
    ],
    ["a parameter of one's own for JITP", "JITP", { parameters: { SerialNumber: {} } }, ["t.parameters.SerialNumber"]],
    ["a joined name for JITP", "JITP", { thingName: "a-{AWS::IoT::Certificate::CommonName}" }, ["t.thingName"]],
    [
        "a name that many devices share for JITP",
        "JITP",
        { thingName: "{AWS::IoT::Certificate::Country}" },
        ["t.thingName"],
    ],
];

describe("rules/provisioning/templateSettingsFindings", () => {
    for (const [what, type, change, paths] of faulty) {
        it(`tells of ${what}`, () => {
            const base = type === "JITP" ? soundJustInTime : sound;
            const findings = templateSettingsFindings({ ...base, ...change }, type, "t");
            assert.deepEqual(
                findings.map(({ path }) => path),
                paths,
            );
        });
    }

    it("takes 50 attributes with a thing type and 3 without", () => {
        const attributes = (count: number) =>
            Object.fromEntries(Array.from({ length: count }, (_, at) => [`a${at}`, "b"]));
        assert.deepEqual(
            templateSettingsFindings({ ...sound, attributes: attributes(50) }, "FLEET_PROVISIONING", "t"),
            [],
        );
        assert.equal(
            templateSettingsFindings({ ...sound, attributes: attributes(51) }, "FLEET_PROVISIONING", "t").length,
            1,
        );
        const untyped = { ...sound, thingTypeName: undefined, attributes: attributes(3) };
        assert.deepEqual(templateSettingsFindings(untyped, "FLEET_PROVISIONING", "t"), []);
    });
});

const certificate = {
    Type: "AWS::IoT::Certificate",
    Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" } },
};
const policy = { Type: "AWS::IoT::Policy", Properties: { PolicyName: "p" } };
const body = (resources: object, parameters: object = {}) =>
    JSON.stringify({ Parameters: parameters, Resources: { certificate, policy, ...resources } });
const wide = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "iot:Connect", Resource: "*" }] };
const thingNamed = (ThingName: unknown) => ({ thing: { Type: "AWS::IoT::Thing", Properties: { ThingName } } });

/** A body, its type, and the paths and severities of its faults. */
const bodies: ReadonlyArray<readonly [string, string, TemplateType, readonly string[]]> = [
    ["a sound body", body(thingNamed({ Ref: "S" }), { S: {} }), "FLEET_PROVISIONING", []],
    ["no JSON", "{", "FLEET_PROVISIONING", ["t high"]],
    ["a JSON list", "[]", "FLEET_PROVISIONING", ["t high"]],
    [
        "an undeclared parameter",
        body(thingNamed({ Ref: "S" })),
        "FLEET_PROVISIONING",
        ["t.Resources.thing.Properties.ThingName high"],
    ],
    [
        "an undeclared parameter inside a function",
        body(thingNamed({ "Fn::Join": ["", ["a", { Ref: "S" }]] })),
        "FLEET_PROVISIONING",
        ["t.Resources.thing.Properties.ThingName[1][1] high"],
    ],
    [
        "a function in JITP",
        body(thingNamed({ "Fn::Join": ["", ["a"]] })),
        "JITP",
        ["t.Resources.thing.Properties.ThingName high"],
    ],
    ["a parameter of one's own in JITP", body({}, { S: {} }), "JITP", ["t.Parameters.S high"]],
    [
        "a resource of another type",
        body({ rule: { Type: "AWS::IoT::TopicRule" } }),
        "FLEET_PROVISIONING",
        ["t.Resources.rule.Type high"],
    ],
    ["no certificate", body({ certificate: undefined }), "FLEET_PROVISIONING", ["t.Resources high"]],
    ["no policy, which a thing group may have", body({ policy: undefined }), "FLEET_PROVISIONING", ["t.Resources low"]],
    [
        "another certificate than the device's",
        body({ certificate: { ...certificate, Properties: { CertificateId: "x" } } }),
        "FLEET_PROVISIONING",
        ["t.Resources.certificate.Properties.CertificateId high"],
    ],
    [
        "a policy by name and document",
        body({ policy: { ...policy, Properties: { PolicyName: "p", PolicyDocument: wide } } }),
        "FLEET_PROVISIONING",
        ["t.Resources.policy.Properties high"],
    ],
    [
        "a policy document that lets one device be another",
        body({ policy: { ...policy, Properties: { PolicyDocument: wide } } }),
        "FLEET_PROVISIONING",
        ["t.Resources.policy.Properties.PolicyDocument.Statement[0].Resource high"],
    ],
    [
        "a policy document that a function makes",
        body({ policy: { ...policy, Properties: { PolicyDocument: { Version: { Ref: "V" } } } } }, { V: {} }),
        "FLEET_PROVISIONING",
        [],
    ],
];

describe("rules/provisioning/templateBodyFindings", () => {
    for (const [what, text, type, expected] of bodies) {
        it(`judges ${what}`, () => {
            assert.deepEqual(
                templateBodyFindings(text, type, "t").map(({ path, severity }) => `${path} ${severity}`),
                expected,
            );
        });
    }

    it("takes a body of exactly the limit, and no character more", () => {
        const pad = (length: number) => body({}).padEnd(length);
        assert.deepEqual(templateBodyFindings(pad(maximumTemplateBodyLength), "FLEET_PROVISIONING", "t"), []);
        assert.equal(templateBodyFindings(pad(maximumTemplateBodyLength + 1), "FLEET_PROVISIONING", "t").length, 1);
    });

    it("copes with JSON that is deeper than a stack", () => {
        const deep = `{"Resources": {"a": ${"[".repeat(5000)}{"Ref": "S"}${"]".repeat(5000)}}}`;
        assert.ok(templateBodyFindings(deep, "JITP", "t").some(({ got }) => got === 'a reference to "S"'));
    });

    it("never throws, whatever JSON it is given", () => {
        fc.assert(
            fc.property(fc.json(), fc.constantFrom<TemplateType>("FLEET_PROVISIONING", "JITP"), (text, type) => {
                assert.ok(templateBodyFindings(text, type, "t").length > 0);
            }),
        );
    });
});
