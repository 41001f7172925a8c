import assert from "node:assert/strict";
import { ExampleFile, type ExampleResource } from "../../policies/framework/rule";
import { resourceTypes } from "../../policies/resourceTypes";
import { rules } from "../../policies/rules";
import { exampleFile } from "./exampleFiles";
import {
    fixedClockPack,
    PackProcess,
    secret,
    unknownList,
    unknownObject,
    unknownText,
    type TestResource,
} from "./packProcess";

const hugeList = Array.from({ length: 1000 }, (_, index) => `entry-${index}.example.com`);

/** What a property may turn out to be, against everything that its type promises. */
const strangers: Readonly<Record<string, unknown>> = {
    null: null,
    "a number": 42,
    "not a number": Number.NaN,
    true: true,
    "an empty text": "",
    "an empty list": [],
    "an empty object": {},
    "a list of everything": [null, 1, "", [], {}, unknownText, [[unknownText]]],
    "an object of everything": { "": null, __proto__: "x", constructor: unknownText, length: -1, tlsConfig: [] },
    "an unknown text": unknownText,
    "an unknown list": unknownList,
    "an unknown object": unknownObject,
    "a secret": secret("correct-horse-battery-staple"),
    "a hidden secret": "[secret]",
    "a huge text": "a.".repeat(50_000),
    "a huge pattern": "*".repeat(20_000),
    "a huge list": hugeList,
    "a certificate's beginning": "-----BEGIN CERTIFICATE-----\nAAAA",
    "half a policy": '{"Statement": [{"Effect": "Allow", "Action": [null, 1]}, null, 7]}',
};

const document = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "iot:*", Resource: "*" }],
});

/** What rules read and no example has. */
const unexampled: readonly ExampleResource[] = [
    {
        type: resourceTypes.role,
        name: "provisioning",
        properties: {
            managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
            inlinePolicies: [{ name: "registration", policy: document }],
        },
    },
    {
        type: resourceTypes.iamPolicy,
        name: "registration",
        properties: { arn: "arn:aws:iam::123456789012:policy/registration", policy: document },
    },
    {
        type: resourceTypes.rolePolicyAttachment,
        name: "registration",
        properties: { role: "provisioning", policyArn: "arn:aws:iam::123456789012:policy/registration" },
    },
    { type: resourceTypes.lambdaPermission, name: "hook", properties: { functionUrlAuthType: "NONE" } },
    { type: resourceTypes.record, name: "telemetry", properties: { fqdn: "iot.example.com" } },
];

describe("every rule, whatever a property turns out to be", function () {
    this.timeout(120_000);
    let pack: PackProcess;

    before(async () => {
        pack = await PackProcess.start(fixedClockPack);
        await pack.configureStack();
    });
    after(() => pack.stop());

    const subjects = oneOfEachType();
    for (const [type, subject] of subjects) {
        it(`judges ${type} without an exception and without hanging`, async () => {
            const others = [...subjects.values()].filter((other) => other !== subject);
            const variants = variantsOf(subject);
            await Promise.all(variants.map((variant) => pack.analyze(variant)));
            await pack.analyzeStack([...others, ...variants]);
        });
    }

    it("never repeats what is in a key or a certificate's body", async () => {
        const marker = "correct-horse-battery-staple";
        for (const property of [
            "privateKey",
            "privateKeyWo",
            "certificateBody",
            "certificateChain",
            "token",
            "password",
        ]) {
            for (const type of new Set(rules.flatMap(({ resource: judged }) => judged?.types ?? []))) {
                const subject = { type, properties: { [property]: `-----BEGIN PRIVATE KEY-----\n${marker}` } };
                const found = [...(await pack.analyze(subject)), ...(await pack.analyzeStack([subject]))];
                assert.doesNotMatch(found.map(({ message }) => message).join("\n"), new RegExp(marker));
            }
        }
    });
});

/** A resource of each type in the rules' examples, with every property that any of the examples has, and those that none has. */
function oneOfEachType(): ReadonlyMap<string, TestResource> {
    const subjects = new Map<string, TestResource>();
    for (const examples of [...rules.map((rule) => rule.examples), { violating: unexampled, compliant: [] }]) {
        for (const { type, name, properties } of [...examples.violating, ...examples.compliant]) {
            subjects.set(type, {
                type,
                name,
                properties: {
                    ...subjects.get(type)?.properties,
                    ...(withFiles(properties) as Record<string, unknown>),
                },
            });
        }
    }
    return subjects;
}

function withFiles(value: unknown): unknown {
    if (value instanceof ExampleFile) {
        return exampleFile(value.fileName);
    }
    if (Array.isArray(value)) {
        return value.map(withFiles);
    }
    return typeof value === "object" && value !== null
        ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withFiles(member)]))
        : value;
}

/** For each property the resource without it, and with strangers in its place, at the top and one level down. */
function variantsOf(subject: TestResource): TestResource[] {
    return Object.entries(subject.properties).flatMap(([name, value]) => {
        const others = Object.fromEntries(Object.entries(subject.properties).filter(([other]) => other !== name));
        const replaced = Object.values(strangers).flatMap((stranger) => [stranger, ...within(value, stranger)]);
        return [others, ...replaced.map((replacement) => ({ ...others, [name]: replacement }))].map(
            (properties, index) => ({ ...subject, name: `${subject.name}-${name}-${index}`, properties }),
        );
    });
}

/** A list with a stranger before its members, or an object with one in the place of its first. */
function within(value: unknown, stranger: unknown): unknown[] {
    if (Array.isArray(value)) {
        return [[stranger, ...(value as unknown[])]];
    }
    const isObject = typeof value === "object" && value !== null;
    return isObject ? [{ ...value, [Object.keys(value)[0] ?? "x"]: stranger }] : [];
}
