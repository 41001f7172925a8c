import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { z } from "zod";
import { issuesToFindings } from "../../../config/faults";
import { provisioningSchema } from "../../../config/provisioning";
import { provisioningNames } from "../../../config/provisioningContext";
import { provisioningFindings } from "../../../config/provisioningChecks";
import { make, type Material } from "./material";

const template = { parameters: { SerialNumber: {} }, thingName: "sensor-{SerialNumber}" };
const claim = { certificates: { first: { generate: true } }, template };
const justInTimeTemplate = { thingName: "{AWS::IoT::Certificate::CommonName}" };
const signed = { signingDisabled: true };
const lambda = (region: string) => `arn:aws:lambda:${region}:123456789012:function:check`;
const hook = { "us-east-1": lambda("us-east-1") };

const context = { stack: "dev", regions: ["us-east-1"], isSecret: true, at: new Date("2026-11-21") };
const told = (raw: unknown, change: Partial<typeof context> = {}) =>
    provisioningFindings(provisioningSchema.parse(raw), { ...context, ...change }).map(
        (finding) => `${finding.path} ${finding.severity}`,
    );

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
        const names = (raw: unknown) => provisioningNames(provisioningSchema.parse(raw), "dev");
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
            "a file that is not there",
            { claim: { ...claim, certificates: { first: { certificate: "not/there.pem" } } } },
            "provisioning.claim.certificates.first.certificate",
        ],
        [
            "a folder that is not there",
            { authorizer: { function: { folder: "not/there" } } },
            "provisioning.authorizer.function.folder",
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

    it("reads a file where it is given a path", async () => {
        const { certificatePem } = await make();
        const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "claim-")), "claim.pem");
        fs.writeFileSync(file, certificatePem);
        const parsed = provisioningSchema.parse({ claim: { ...claim, certificates: { a: { certificate: file } } } });
        assert.equal(parsed.claim?.certificates["a"]?.certificate, certificatePem);
    });

    it("quotes no mangled key that it takes for a path", () => {
        const key = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg+secret/==\nabc";
        const result = provisioningSchema.safeParse({ claim: { ...claim, certificates: { a: { certificate: key } } } });
        assert.ok(!JSON.stringify(result.error?.issues).includes("MIGH"));
    });
});

describe("config/provisioningChecks", () => {
    let given: Material;
    let authority: Material;
    before(async () => {
        [given, authority] = await Promise.all([make(), make({ isAuthority: true })]);
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
        const certificate = given.certificatePem;
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

    it("takes a private key as a secret alone", () => {
        const certificates = { a: { certificate: given.certificatePem, privateKey: given.privateKeyPem } };
        assert.deepEqual(told({ claim: { ...claim, hook, certificates } }), []);
        assert.deepEqual(told({ claim: { ...claim, hook, certificates } }, { isSecret: false }), [
            "provisioning.claim.certificates.a.privateKey critical",
        ]);
        const certificateAuthorities = {
            a: {
                certificate: authority.certificatePem,
                certificateMode: "DEFAULT",
                privateKey: authority.privateKeyPem,
            },
        };
        assert.deepEqual(
            told({ justInTime: { certificateAuthorities, template: justInTimeTemplate } }, { isSecret: false }),
            ["provisioning.justInTime.certificateAuthorities.a.privateKey critical"],
        );
    });

    it("refuses a private key beside a generated one", () => {
        const certificates = { a: { generate: true, privateKey: given.privateKeyPem } };
        assert.deepEqual(told({ claim: { ...claim, hook, certificates } }), [
            "provisioning.claim.certificates.a.privateKey high",
        ]);
    });

    it("judges each template by its type", () => {
        const certificateAuthorities = { a: { certificate: authority.certificatePem } };
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

    it("refuses regions that no one account has", () => {
        assert.deepEqual(told({}, { regions: ["us-east-1", "cn-north-1"] }), ["regions high"]);
    });
});
