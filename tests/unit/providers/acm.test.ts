import assert from "node:assert/strict";
import { Secret, type Bag } from "../../../sandbox/providers/framework/values";
import { tls } from "../../../sandbox/providers/tls";
import { AwsSandbox, types } from "./awsSandbox";
import { ProviderClient } from "./providerClient";

const { certificate, validation, record } = types;

describe("the sandbox's aws.acm.Certificate", () => {
    let sandbox: AwsSandbox;

    beforeEach(async () => {
        sandbox = await AwsSandbox.start();
    });
    afterEach(() => sandbox.stop());

    const request: Bag = { domainName: "iot.example.com", validationMethod: "DNS" };

    it("requests one, and tells which record validates it", async () => {
        const { id, outputs } = await sandbox.client.deploy(certificate, { ...request, keyAlgorithm: "EC_prime256v1" });
        assert.equal(outputs.arn, id);
        assert.deepEqual(
            [outputs.status, outputs.type, outputs.keyAlgorithm, outputs.subjectAlternativeNames, outputs.notAfter],
            ["PENDING_VALIDATION", "AMAZON_ISSUED", "EC_prime256v1", ["iot.example.com"], ""],
        );
        const [option] = outputs.domainValidationOptions as Bag[];
        assert.deepEqual([option?.domainName, option?.resourceRecordType], ["iot.example.com", "CNAME"]);
        assert.match(String(option?.resourceRecordName), /^_[0-9a-f]+\.iot\.example\.com\.$/);
    });

    it("does not know in a preview which record validates it", async () => {
        const inputs = await sandbox.client.accept(certificate, request);
        const { outputs } = await sandbox.client.create(certificate, inputs, { preview: true });
        assert.equal(typeof outputs.domainValidationOptions, "symbol");
        assert.deepEqual(sandbox.operations("acm"), []);
    });

    it("is valid once its record is there", async () => {
        const made = await sandbox.issueCertificate("iot.example.com");
        assert.equal(made.validation.outputs.certificateArn, made.certificate.id);
        const { outputs } = await sandbox.client.find(certificate, made.certificate.id, made.certificate.outputs);
        assert.equal(outputs.status, "ISSUED");
        assert.match(String(outputs.notAfter), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    });

    it("is not validated without its record, and says so when the time is up", async () => {
        const { id } = await sandbox.client.deploy(certificate, request);
        const inputs = await sandbox.client.accept(validation, { certificateArn: id });
        await assert.rejects(
            sandbox.client.create(validation, inputs, { timeout: 0.2 }),
            /waiting for ACM Certificate \(.*\) to be issued: timeout while waiting for state to become 'ISSUED'/,
        );
    });

    it("names the record that a validation was not given", async () => {
        const { id } = await sandbox.client.deploy(certificate, request);
        const given = { certificateArn: id, validationRecordFqdns: ["other.example.com"] };
        await assert.rejects(
            sandbox.client.deploy(validation, given),
            /missing iot\.example\.com DNS validation record: _[0-9a-f]+\.iot\.example\.com/,
        );
    });

    it("is replaced when what was requested changes", async () => {
        const made = await sandbox.client.deploy(certificate, request);
        const changes: Array<[Bag, Record<string, string>]> = [
            [{ domainName: "x.example.com" }, { domainName: "update_replace" }],
            [{ keyAlgorithm: "EC_prime256v1" }, { keyAlgorithm: "update_replace" }],
            [{ validationMethod: "EMAIL" }, { validationMethod: "update_replace" }],
            [
                { subjectAlternativeNames: ["iot.example.com", "b.example.com"] },
                { "subjectAlternativeNames[1]": "add_replace" },
            ],
        ];
        for (const [change, expected] of changes) {
            const inputs = await sandbox.client.accept(certificate, { ...request, ...change }, made.inputs);
            const plan = await sandbox.client.diff(certificate, made.id, made.outputs, inputs);
            assert.deepEqual([plan.changes, plan.deleteBeforeReplace], [expected, false]);
        }
    });

    it("cannot be deleted while it is in use, and says so after a while", async () => {
        const { certificate: made, validation: issued } = await sandbox.issueCertificate("iot.example.com");
        await sandbox.client.deploy(types.domainConfiguration, {
            name: "telemetry",
            domainName: "iot.example.com",
            serverCertificateArns: [issued.outputs.certificateArn ?? ""],
        });
        await assert.rejects(
            sandbox.client.delete(certificate, made.id, made.outputs),
            /deleting ACM Certificate \(arn:.*\): operation error ACM: DeleteCertificate, .*ResourceInUseException/,
        );
    }).timeout(20_000);

    const contradictions: Array<[string, Bag, RegExp]> = [
        ["neither a name nor a key", {}, /exactly one of domainName, privateKey, privateKeyWo must be specified/],
        ["a name and a key", { ...request, privateKey: "k" }, /conflicts with privateKey/],
        [
            "a key without its version",
            { certificateBody: "c", privateKeyWo: "k" },
            /privateKeyWoVersion must be specified/,
        ],
        ["a name with a period at its end", { ...request, domainName: "a.b." }, /cannot end with a period/],
    ];
    for (const [title, inputs, reason] of contradictions) {
        it(`refuses ${title}`, async () => {
            const { failures } = await sandbox.client.check(certificate, inputs);
            assert.match(failures.map((failure) => failure.reason).join("\n"), reason);
        });
    }

    describe("that is imported into ACM", () => {
        let maker: ProviderClient;
        let first: Bag;
        let second: Bag;

        const make = async (): Promise<Bag> => {
            const key = await maker.deploy(
                { type: "tls:index/privateKey:PrivateKey" },
                { algorithm: "ECDSA", ecdsaCurve: "P256" },
            );
            const { outputs } = await maker.deploy(
                { type: "tls:index/selfSignedCert:SelfSignedCert" },
                {
                    privateKeyPem: key.outputs.privateKeyPem ?? "",
                    allowedUses: ["digital_signature", "server_auth"],
                    validityPeriodHours: 48,
                    subject: { commonName: "iot.example.com" },
                    dnsNames: ["iot.example.com"],
                },
            );
            return { certificateBody: outputs.certPem ?? "", privateKey: key.outputs.privateKeyPem ?? "" };
        };

        before(async () => {
            maker = await ProviderClient.start(tls);
            await maker.configure();
            [first, second] = [await make(), await make()];
        });
        after(() => maker.stop());

        it("keeps the key secret in the state", async () => {
            const { outputs } = await sandbox.client.deploy(certificate, first);
            assert.deepEqual([outputs.type, outputs.status], ["IMPORTED", "ISSUED"]);
            assert.ok(outputs.privateKey instanceof Secret);
        });

        it("keeps a write-only key out of the state and of the trail", async () => {
            const { certificateBody, privateKey } = first;
            const inputs = { certificateBody, privateKeyWo: privateKey, privateKeyWoVersion: 1 } as Bag;
            const { outputs } = await sandbox.client.deploy(certificate, inputs);
            const pem = String((privateKey as Secret).value).split("\n")[1] ?? "";
            assert.ok(pem.length > 20);
            assert.ok(!JSON.stringify([outputs, sandbox.trail("acm")]).includes(pem));
        });

        it("is imported again in place, under the same ARN", async () => {
            const made = await sandbox.client.deploy(certificate, first);
            const inputs = await sandbox.client.accept(certificate, second, made.inputs);
            const { changes, replaces } = await sandbox.client.diff(certificate, made.id, made.outputs, inputs);
            assert.deepEqual([changes, replaces], [{ certificateBody: "update", privateKey: "update" }, []]);
            const outputs = await sandbox.client.update(certificate, made.id, made.outputs, inputs);
            assert.deepEqual([outputs.arn, outputs.certificateBody], [made.id, second.certificateBody]);
            const { Certificate } = await sandbox.call("acm", "GetCertificate", { CertificateArn: made.id });
            assert.equal(Certificate.trim(), String(second.certificateBody).trim());
        });

        it("is imported again where only the version of a write-only key changes", async () => {
            const inputs = (version: number, { certificateBody, privateKey }: Bag) =>
                ({ certificateBody, privateKeyWo: privateKey, privateKeyWoVersion: version }) as Bag;
            const made = await sandbox.client.deploy(certificate, inputs(1, first));
            const same = await sandbox.client.accept(certificate, inputs(1, first), made.inputs);
            assert.deepEqual((await sandbox.client.diff(certificate, made.id, made.outputs, same)).changes, {});
            const next = await sandbox.client.accept(certificate, inputs(2, first), made.inputs);
            const { changes } = await sandbox.client.diff(certificate, made.id, made.outputs, next);
            assert.deepEqual(changes, { privateKeyWoVersion: "update" });
            await sandbox.client.update(certificate, made.id, made.outputs, next);
            assert.equal(sandbox.operations("acm").filter((name) => name === "ImportCertificate").length, 2);
        });

        it("does not see what was imported behind the engine's back, but its dates", async () => {
            const made = await sandbox.client.deploy(certificate, first);
            await sandbox.call("acm", "ImportCertificate", {
                CertificateArn: made.id,
                Certificate: Buffer.from(String(second.certificateBody)),
                PrivateKey: Buffer.from(String((second.privateKey as Secret).value)),
            });
            const read = await sandbox.client.find(certificate, made.id, made.outputs, made.inputs);
            assert.equal(read.outputs.certificateBody, first.certificateBody);
            assert.deepEqual((await sandbox.client.diff(certificate, made.id, read.outputs, made.inputs)).changes, {});
        });
    });

    it("is gone for a validation when it is deleted", async () => {
        const made = await sandbox.issueCertificate("iot.example.com");
        await sandbox.client.delete(record, made.record.id, made.record.outputs);
        await sandbox.client.delete(certificate, made.certificate.id, made.certificate.outputs);
        const { id, outputs, inputs } = made.validation;
        assert.equal(await sandbox.client.read(validation, id, outputs, inputs), undefined);
        assert.equal(await sandbox.client.read(certificate, made.certificate.id, made.certificate.outputs), undefined);
    });
});
