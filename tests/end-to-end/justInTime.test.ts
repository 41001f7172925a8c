import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { make, type Material } from "../unit/provisioning/material";
import { settings, TestStack } from "./stack";

const regions = ["us-east-1", "eu-central-1"];

describe("just-in-time provisioning with a CA in mode DEFAULT", function () {
    this.timeout(300_000);
    const stack = new TestStack();
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "iot-domains-authority-"));
    const call = (operation: string, region: string, parameters: Record<string, unknown> = {}) =>
        stack.sandbox.cloud().call({ service: "iot", operation, region, parameters });
    let authority: Material;

    /** Writes a PEM text into the folder, and says how a configuration refers to it. */
    function inFile(name: string, text: string) {
        const file = path.join(folder, `${name}.pem`);
        fs.writeFileSync(file, text, { mode: 0o600 });
        return { from: "file", path: file };
    }

    const configurationWith = (proof: Record<string, unknown>) =>
        settings({
            regions: Object.fromEntries(regions.map((region) => [region, {}])),
            domains: { telemetry: { domainName: "iot.example.com", routing: { policy: "latency" } } },
            provisioning: {
                justInTime: {
                    certificateAuthorities: {
                        factory: {
                            certificate: inFile("factory", authority.certificatePem),
                            certificateMode: "DEFAULT",
                            ...proof,
                        },
                    },
                    template: { thingName: "{AWS::IoT::Certificate::CommonName}" },
                },
            },
        });

    async function registered(region: string) {
        const { certificates } = await call("ListCACertificates", region);
        assert.equal(certificates.length, 1, region);
        const { certificateDescription, registrationConfig } = await call("DescribeCACertificate", region, {
            certificateId: certificates[0].certificateId,
        });
        return { ...certificateDescription, registrationConfig };
    }

    before(async () => {
        authority = await make({ isAuthority: true, subject: "CN=Factory CA" });
    });
    after(() => {
        stack.remove();
        fs.rmSync(folder, { recursive: true, force: true });
    });

    it("refuses a CA whose key nobody has proven, before anything is made", async () => {
        stack.configure(configurationWith({}));
        const { completed } = await stack.preview();
        assert.notEqual(completed.exitCode, 0);
        assert.match(completed.stdout + completed.stderr, /certificateAuthorities\.factory/);
        assert.deepEqual(stack.inventory(), []);
    });

    it("registers the CA in each region, with a certificate over the region's own code as the proof", async () => {
        stack.configure(configurationWith({ privateKey: inFile("factory-key", authority.privateKeyPem) }));
        await stack.up();
        for (const region of regions) {
            const description = await registered(region);
            assert.equal(description.status, "ACTIVE");
            assert.equal(description.certificateMode, "DEFAULT");
            assert.equal(description.autoRegistrationStatus, "ENABLE");
            assert.match(description.registrationConfig.templateBody, /AWS::IoT::Certificate::CommonName/);
        }
        const { deployment } = JSON.parse((await stack.succeed("stack", "export", "--show-secrets")).stdout);
        const issuer = new X509Certificate(authority.certificatePem).publicKey;
        for (const region of regions) {
            const { registrationCode } = await call("GetRegistrationCode", region);
            const proof = deployment.resources.find(
                ({ type, urn }: any) =>
                    type === "tls:index/locallySignedCert:LocallySignedCert" && urn.includes(region),
            );
            const certificate = new X509Certificate(proof.outputs.certPem);
            assert.equal(certificate.subject, `CN=${registrationCode}`);
            assert.ok(certificate.verify(issuer));
        }
    });

    it("keeps the CA's key out of the state and the outputs", async () => {
        const key = authority.privateKeyPem.trim().split("\n")[1] ?? assert.fail("no key");
        assert.ok(!(await stack.exported()).includes(key));
        assert.ok(!JSON.stringify(await stack.outputs()).includes(key));
    });

    it("tells other programs which CA devices may come with", async () => {
        const { provisioning } = await stack.outputs();
        for (const region of regions) {
            const { certificateArn } = await registered(region);
            assert.deepEqual(provisioning.regions[region].justInTime.certificateAuthorities, {
                factory: {
                    arn: certificateArn,
                    certificateFingerprint: new X509Certificate(authority.certificatePem).fingerprint256,
                    certificateMode: "DEFAULT",
                    allowAutoRegistration: true,
                },
            });
        }
    });

    it("has nothing left to do, and goes down", async () => {
        assert.deepEqual(Object.keys((await stack.preview()).changes), ["same"]);
        await stack.succeed("destroy", "--yes");
        assert.deepEqual(stack.inventory(), []);
    });
});
