import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { z } from "zod";
import { issuesToFindings } from "../../../config/faults";
import { provisioningSchema } from "../../../config/provisioning";
import { provisioningNames } from "../../../config/provisioningContext";
import { readProvisioning } from "../../../config/provisioningChecks";
import { plainKeyFindings } from "../../../config/secrets";
import { make, type Material } from "./material";

const template = { parameters: { SerialNumber: {} }, thingName: "sensor-{SerialNumber}" };
const claim = { certificates: { first: { generate: true } }, template };
const justInTimeTemplate = { thingName: "{AWS::IoT::Certificate::CommonName}" };
const signed = { signingDisabled: true };
const lambda = (region: string) => `arn:aws:lambda:${region}:123456789012:function:check`;
const hook = { "us-east-1": lambda("us-east-1") };

const secrets: Record<string, string> = {};
const secret = (name: string) => ({ from: "secret", name });
const file = (place: string) => ({ from: "file", path: place });
const root = path.resolve(__dirname, "../../..");
const context = {
    stack: "dev",
    regions: ["us-east-1"],
    material: { secrets, directory: root },
    at: new Date("2026-11-21"),
};
const read = (raw: unknown, change: Partial<typeof context> = {}) =>
    readProvisioning(provisioningSchema.parse(raw), { ...context, ...change });
const told = (raw: unknown, change: Partial<typeof context> = {}) =>
    read(raw, change).findings.map((finding) => `${finding.path} ${finding.severity}`);

describe("config/provisioning", () => {
    it("needs nothing, and has a narrow policy and role where nothing is said", () => {
        const own = ["devices/${iot:Connection.Thing.ThingName}/*"];
        assert.deepEqual(provisioningSchema.parse({}), {
            devicePolicy: { publish: own, subscribe: own },
            role: { managedPolicy: false },
        });
        assert.deepEqual(told({}), []);
    });

    it("takes names from the stack where it is given none", () => {
        const names = (raw: unknown) => provisioningNames(read(raw).settings, "dev");
        assert.deepEqual(names({}), {
            devicePolicy: "dev-device",
            claimPolicy: "dev-fleet-claim",
            provisioningTemplate: "dev-fleet",
            authorizer: "dev-authorizer",
        });
        assert.deepEqual(
            names({
                devicePolicy: { name: "d" },
                claim: { ...claim, templateName: "t" },
                authorizer: { name: "a", functionArns: hook, ...signed },
            }),
            { devicePolicy: "d", claimPolicy: "t-claim", provisioningTemplate: "t", authorizer: "a" },
        );
    });

    const refused: ReadonlyArray<readonly [string, unknown, string]> = [
        ["a misspelt key", { claims: {} }, "provisioning.claims"],
        [
            "a topic that every device shares",
            { devicePolicy: { publish: ["all"] } },
            "provisioning.devicePolicy.publish[0]",
        ],
        [
            "a name that is too long",
            { claim: { ...claim, templateName: "a".repeat(37) } },
            "provisioning.claim.templateName",
        ],
        [
            "PEM text where a reference belongs",
            { claim: { ...claim, certificates: { first: { certificate: "-----BEGIN CERTIFICATE-----" } } } },
            "provisioning.claim.certificates.first.certificate",
        ],
    ];
    for (const [what, raw, at] of refused) {
        it(`refuses ${what}, and says where and what to do`, () => {
            const whole = z.object({ provisioning: provisioningSchema });
            const result = whole.safeParse({ provisioning: raw });
            const findings = issuesToFindings(result.error?.issues ?? [], { provisioning: raw });
            assert.deepEqual(
                findings.map(({ path: place }) => place),
                [at],
            );
            assert.ok(findings.every(({ got, expected, remedy }) => got !== "" && expected !== "" && remedy !== ""));
        });
    }
});

describe("config/provisioningChecks", () => {
    let given: Material;
    let authority: Material;
    before(async () => {
        [given, authority] = await Promise.all([make(), make({ isAuthority: true })]);
        Object.assign(secrets, {
            given: given.certificatePem,
            "given-key": given.privateKeyPem,
            authority: authority.certificatePem,
            "authority-key": authority.privateKeyPem,
        });
    });

    it("puts texts in the place of files and secrets, and the folder's path in that of the folder", () => {
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), "claim-"));
        fs.writeFileSync(path.join(folder, "claim.pem"), given.certificatePem);
        const certificates = { a: { certificate: file("claim.pem"), privateKey: secret("given-key") } };
        const { settings, findings } = read(
            { claim: { ...claim, hook, certificates }, authorizer: { function: { folder: "." }, ...signed } },
            { material: { secrets, directory: folder } },
        );
        assert.deepEqual(
            findings.map(({ rule }) => rule),
            ["authorizer-signing"],
        );
        assert.deepEqual(settings.claim?.certificates["a"], {
            certificate: given.certificatePem,
            privateKey: given.privateKeyPem,
            validityDays: 3650,
            active: true,
        });
        assert.equal(settings.authorizer?.function?.folder, folder);
    });

    it("takes no attribute for a reference, whatever it is called", () => {
        const attributes = { from: "file", path: "nowhere" };
        const { settings, findings } = read({ claim: { ...claim, hook, template: { ...template, attributes } } });
        assert.deepEqual(findings, []);
        assert.deepEqual(settings.claim?.template.attributes, attributes);
    });

    it("tells once what could not be read, with everything else that is wrong", () => {
        const certificates = { a: { certificate: file("not/there.pem"), privateKey: secret("none") } };
        assert.deepEqual(
            told({
                claim: { ...claim, certificates },
                authorizer: { function: { folder: "not/there" }, ...signed },
            }),
            [
                "provisioning.claim.certificates.a.certificate high",
                "provisioning.claim.certificates.a.privateKey high",
                "provisioning.authorizer.function.folder high",
                "provisioning.claim.hook low",
                "provisioning.authorizer.signingDisabled low",
            ],
        );
    });

    it("advises a hook for claims", () => {
        assert.deepEqual(told({ claim }), ["provisioning.claim.hook low"]);
        assert.deepEqual(told({ claim: { ...claim, hook } }), []);
    });

    it("wants a hook in every region that has claims", () => {
        assert.deepEqual(told({ claim: { ...claim, hook } }, { regions: ["us-east-1", "eu-west-1"] }), [
            "provisioning.claim.hook.eu-west-1 high",
        ]);
    });

    it("wants a certificate, or to make one, and not both", () => {
        const at = "provisioning.claim.certificates.first high";
        const certificate = secret("given");
        assert.deepEqual(told({ claim: { ...claim, hook, certificates: { first: {} } } }), [at]);
        assert.deepEqual(
            told({ claim: { ...claim, hook, certificates: { first: { certificate, generate: true } } } }),
            [at],
        );
        assert.deepEqual(told({ claim: { ...claim, hook, certificates: { first: { certificate } } } }), []);
    });

    it("wants one claim certificate that is active", () => {
        const at = "provisioning.claim.certificates high";
        assert.deepEqual(told({ claim: { ...claim, hook, certificates: {} } }), [at]);
        assert.deepEqual(told({ claim: { ...claim, hook, certificates: { a: { generate: true, active: false } } } }), [
            at,
        ]);
    });

    it("refuses one certificate under two names, which a region would refuse to register twice", () => {
        const named = (...paths: string[]) =>
            Object.fromEntries(paths.map((place, index) => [`c${index}`, { certificate: file(place) }]));
        const later = { at: new Date("2027-01-01") };
        const [old, next] = ["examples/certificates/claim-2026.pem", "examples/certificates/claim-2027.pem"];
        assert.deepEqual(told({ claim: { ...claim, hook, certificates: named(old, next) } }, later), []);
        assert.deepEqual(told({ claim: { ...claim, hook, certificates: named(old, next, old) } }, later), [
            "provisioning.claim.certificates.c2.certificate high",
        ]);
        const authority = "examples/certificates/device-ca.pem";
        const certificateAuthorities = named(authority, authority);
        assert.deepEqual(told({ justInTime: { certificateAuthorities, template: justInTimeTemplate } }, later), [
            "provisioning.justInTime.certificateAuthorities.c1.certificate high",
        ]);
    });

    it("wants a CA where devices are to be provisioned just in time", () => {
        assert.deepEqual(told({ justInTime: { certificateAuthorities: {}, template: justInTimeTemplate } }), [
            "provisioning.justInTime.certificateAuthorities high",
        ]);
    });

    it("takes the certificate's own private key", () => {
        const withKey = (name: string) => ({ a: { certificate: secret("given"), privateKey: secret(name) } });
        assert.deepEqual(told({ claim: { ...claim, hook, certificates: withKey("given-key") } }), []);
        assert.deepEqual(told({ claim: { ...claim, hook, certificates: withKey("authority-key") } }), [
            "provisioning.claim.certificates.a.privateKey high",
        ]);
    });

    it("takes the CA's own private key", () => {
        const withKey = (name: string) => ({
            a: { certificate: secret("authority"), certificateMode: "DEFAULT", privateKey: secret(name) },
        });
        const justIn = (name: string) => ({ certificateAuthorities: withKey(name), template: justInTimeTemplate });
        assert.deepEqual(told({ justInTime: justIn("authority-key") }), []);
        assert.deepEqual(told({ justInTime: justIn("given-key") }), [
            "provisioning.justInTime.certificateAuthorities.a.privateKey high",
        ]);
    });

    it("refuses a private key beside a generated one", () => {
        const certificates = { a: { generate: true, privateKey: secret("given-key") } };
        assert.deepEqual(told({ claim: { ...claim, hook, certificates } }), [
            "provisioning.claim.certificates.a.privateKey high",
        ]);
    });

    it("judges each template by its type", () => {
        const certificateAuthorities = { a: { certificate: secret("authority") } };
        assert.deepEqual(told({ justInTime: { certificateAuthorities, template: justInTimeTemplate } }), []);
        assert.deepEqual(told({ justInTime: { certificateAuthorities, template } }), [
            "provisioning.justInTime.template.parameters.SerialNumber high",
            "provisioning.justInTime.template.thingName high",
            "provisioning.justInTime.template.thingName high",
        ]);
        assert.deepEqual(told({ claim: { ...claim, hook, template: { thingName: "{Serial}" } } }), [
            "provisioning.claim.template.thingName high",
        ]);
    });

    it("names what follows from a stack's name that is too long", () => {
        assert.deepEqual(told({ claim: { ...claim, hook } }, { stack: "a".repeat(31) }), [
            "provisioning.claim.templateName high",
        ]);
    });

    it("counts the device policy as it will be in the region with the longest name", () => {
        const publish = Array.from({ length: 20 }, (_, at) => `${at}/\${iot:Connection.Thing.ThingName}/up`);
        assert.deepEqual(told({ devicePolicy: { publish } }), ["provisioning.devicePolicy high"]);
    });

    it("wants one source of the authorizer's function", () => {
        const both = { functionArns: hook, function: { folder: "rules" }, ...signed };
        assert.deepEqual(told({ authorizer: signed }), [
            "provisioning.authorizer.signingDisabled low",
            "provisioning.authorizer high",
        ]);
        assert.deepEqual(told({ authorizer: both }), [
            "provisioning.authorizer.signingDisabled low",
            "provisioning.authorizer high",
        ]);
        assert.deepEqual(told({ authorizer: { function: { folder: "rules" }, ...signed } }), [
            "provisioning.authorizer.signingDisabled low",
        ]);
    });
});

describe("config/secrets", () => {
    const key = "-----BEGIN EC PRIVATE KEY-----\nc2VjcmV0\n-----END EC PRIVATE KEY-----\n";

    it("finds private keys that anybody can read, and quotes nothing of them", () => {
        const findings = plainKeyFindings({ claim: key, chain: "-----BEGIN CERTIFICATE-----" }, false);
        assert.deepEqual(
            findings.map(({ path: place, severity }) => `${place} ${severity}`),
            ["secrets.claim critical"],
        );
        assert.ok(!JSON.stringify(findings).includes("c2VjcmV0"));
    });

    it("finds nothing where the value is encrypted, or is no mapping", () => {
        assert.deepEqual(plainKeyFindings({ claim: key }, true), []);
        for (const value of [undefined, null, key, 1]) {
            assert.deepEqual(plainKeyFindings(value, false), []);
        }
    });
});
