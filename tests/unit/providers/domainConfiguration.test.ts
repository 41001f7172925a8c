import assert from "node:assert/strict";
import type { Bag } from "../../../sandbox/providers/framework/values";
import { AwsSandbox, types } from "./awsSandbox";
import { unfinishedState } from "./providerClient";

const { domainConfiguration } = types;

describe("the sandbox's aws.iot.DomainConfiguration", () => {
    let sandbox: AwsSandbox;
    let given: Bag;

    before(async () => {
        sandbox = await AwsSandbox.start();
        const { validation } = await sandbox.issueCertificate("iot.example.com");
        given = {
            name: "telemetry",
            domainName: "iot.example.com",
            serverCertificateArns: [validation.outputs.certificateArn ?? ""],
        };
    });
    after(() => sandbox.stop());
    afterEach(async () => {
        const request = { domainConfigurationName: "telemetry" };
        const off = { ...request, domainConfigurationStatus: "DISABLED" };
        await sandbox.call("iot", "UpdateDomainConfiguration", off).catch(() => undefined);
        await sandbox.call("iot", "DeleteDomainConfiguration", request).catch(() => undefined);
    });

    const describeIt = () =>
        sandbox.call("iot", "DescribeDomainConfiguration", { domainConfigurationName: "telemetry" });

    it("makes one, and tells what AWS says of it", async () => {
        const { id, outputs } = await sandbox.client.deploy(domainConfiguration, {
            ...given,
            tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS13_1_3_2022_10" },
            tags: { team: "iot" },
        });
        assert.equal(id, "telemetry");
        assert.match(String(outputs.arn), /^arn:aws:iot:eu-central-1:\d{12}:domainconfiguration\/telemetry/);
        assert.deepEqual(
            [outputs.status, outputs.serviceType, outputs.domainType, outputs.region, outputs.tags, outputs.tagsAll],
            ["ENABLED", "DATA", "CUSTOMER_MANAGED", "eu-central-1", { team: "iot" }, { team: "iot" }],
        );
        assert.deepEqual(outputs.tlsConfig, { securityPolicy: "IoTSecurityPolicy_TLS13_1_3_2022_10" });
    });

    it("makes an enabled one whatever the status asked for, and disables it with the next update", async () => {
        const made = await sandbox.client.deploy(domainConfiguration, { ...given, status: "DISABLED" });
        assert.equal(made.outputs.status, "ENABLED");
        const { changes } = await sandbox.client.diff(domainConfiguration, made.id, made.outputs, made.inputs);
        assert.deepEqual(changes, { status: "update" });
        const outputs = await sandbox.client.update(domainConfiguration, made.id, made.outputs, made.inputs);
        assert.equal(outputs.status, "DISABLED");
    });

    it("changes nothing when the TLS configuration is left out again", async () => {
        const tlsConfig = { securityPolicy: "IoTSecurityPolicy_TLS13_1_3_2022_10" };
        const made = await sandbox.client.deploy(domainConfiguration, { ...given, tlsConfig });
        const inputs = await sandbox.client.accept(domainConfiguration, given, made.inputs);
        const { changes } = await sandbox.client.diff(domainConfiguration, made.id, made.outputs, inputs);
        assert.deepEqual(changes, {});
    });

    it("changes the TLS policy in place", async () => {
        const made = await sandbox.client.deploy(domainConfiguration, given);
        const tlsConfig = { securityPolicy: "IoTSecurityPolicy_TLS12_1_2_2022_10" };
        const inputs = await sandbox.client.accept(domainConfiguration, { ...given, tlsConfig }, made.inputs);
        const { changes } = await sandbox.client.diff(domainConfiguration, made.id, made.outputs, inputs);
        assert.deepEqual(changes, { "tlsConfig.securityPolicy": "update" });
        await sandbox.client.update(domainConfiguration, made.id, made.outputs, inputs);
        assert.deepEqual((await describeIt()).tlsConfig, tlsConfig);
    });

    const arn = "arn:aws:acm:eu-central-1:123456789012:certificate/00000000-0000-0000-0000-000000000000";
    const replacing: Array<[string, Bag, Record<string, string>]> = [
        ["name", { name: "other" }, { name: "update_replace" }],
        ["domainName", { domainName: "x.example.com" }, { domainName: "update_replace" }],
        ["serverCertificateArns", { serverCertificateArns: [arn] }, { "serverCertificateArns[0]": "update_replace" }],
        ["serviceType", { serviceType: "JOBS" }, { serviceType: "update_replace" }],
        ["validationCertificateArn", { validationCertificateArn: arn }, { validationCertificateArn: "add_replace" }],
        ["region", { region: "us-east-1" }, { region: "update_replace" }],
    ];
    for (const [property, change, expected] of replacing) {
        it(`is replaced when ${property} changes, the old one first`, async () => {
            const made = await sandbox.client.deploy(domainConfiguration, given);
            const inputs = await sandbox.client.accept(domainConfiguration, { ...given, ...change }, made.inputs);
            const plan = await sandbox.client.diff(domainConfiguration, made.id, made.outputs, inputs);
            assert.deepEqual([plan.changes, plan.replaces, plan.deleteBeforeReplace], [expected, [property], true]);
        });
    }

    it("is replaced new one first where its name is made up", async () => {
        const { domainName = "", serverCertificateArns = [] } = given;
        const unnamed: Bag = { domainName, serverCertificateArns };
        const inputs = await sandbox.client.accept(domainConfiguration, unnamed);
        assert.match(String(inputs.name), /^example-[0-9a-f]{7}$/);
        const moved = await sandbox.client.accept(domainConfiguration, { ...unnamed, serviceType: "JOBS" }, inputs);
        const { deleteBeforeReplace } = await sandbox.client.diff(domainConfiguration, "x", inputs, moved);
        assert.equal(deleteBeforeReplace, false);
    });

    it("plans a replacement after an import that knew of no validation certificate, unless that is ignored", async () => {
        await sandbox.client.deploy(domainConfiguration, given);
        const imported = await sandbox.client.find(domainConfiguration, "telemetry");
        assert.equal(imported.inputs.domainName, "iot.example.com");
        const program = { ...given, validationCertificateArn: arn };
        const inputs = await sandbox.client.accept(domainConfiguration, program, imported.inputs);
        const plan = await sandbox.client.diff(domainConfiguration, "telemetry", imported.outputs, inputs);
        assert.deepEqual(plan.changes, { validationCertificateArn: "add_replace" });
        const ignored = await sandbox.client.diff(domainConfiguration, "telemetry", imported.outputs, inputs, [
            "validationCertificateArn",
        ]);
        assert.deepEqual(ignored.changes, {});
    });

    it("disables and then deletes", async () => {
        const made = await sandbox.client.deploy(domainConfiguration, given);
        const before = sandbox.operations("iot").length;
        await sandbox.client.delete(domainConfiguration, made.id, made.outputs);
        assert.deepEqual(sandbox.operations("iot").slice(before), [
            "UpdateDomainConfiguration",
            "DeleteDomainConfiguration",
        ]);
        assert.equal(await sandbox.client.read(domainConfiguration, made.id, made.outputs, made.inputs), undefined);
    });

    it("finds one that was disabled behind the engine's back", async () => {
        const made = await sandbox.client.deploy(domainConfiguration, given);
        const off = { domainConfigurationName: made.id, domainConfigurationStatus: "DISABLED" };
        await sandbox.call("iot", "UpdateDomainConfiguration", off);
        const { outputs, inputs } = await sandbox.client.find(domainConfiguration, made.id, made.outputs, made.inputs);
        assert.deepEqual([outputs.status, inputs.status], ["DISABLED", "DISABLED"]);
        const { changes } = await sandbox.client.diff(domainConfiguration, made.id, outputs, made.inputs);
        assert.deepEqual(changes, { status: "update" });
    });

    it("says what AWS refused, in the real provider's words", async () => {
        await sandbox.client.deploy(domainConfiguration, given);
        await assert.rejects(
            sandbox.client.deploy(domainConfiguration, given),
            /creating IoT Domain Configuration \(telemetry\): operation error IoT: CreateDomainConfiguration, https response error StatusCode: 409, ResourceAlreadyExistsException: /,
        );
    });

    it("is in the state, unfinished, when it cannot be read after it was made", async () => {
        sandbox.misbehave({ operation: "iot:DescribeDomainConfiguration", kind: "fail" });
        const failure = await sandbox.client.deploy(domainConfiguration, given).catch((error: unknown) => error);
        assert.match(String(failure), /reading IoT Domain Configuration \(telemetry\): .*InternalFailure/);
        assert.equal(unfinishedState(failure)?.id, "telemetry");
    });

    const refused: Array<[string, Bag, RegExp]> = [
        [
            "a service type",
            { serviceType: "DATAX" },
            /serviceType to be one of \["DATA" "CREDENTIAL_PROVIDER" "JOBS"\]/,
        ],
        ["an ARN", { serverCertificateArns: ["x"] }, /serverCertificateArns\[0\] \(x\) is an invalid ARN/],
    ];
    for (const [title, inputs, reason] of refused) {
        it(`refuses ${title} before it asks AWS`, async () => {
            const { failures } = await sandbox.client.check(domainConfiguration, { ...given, ...inputs });
            assert.match(failures[0]?.reason ?? "", reason);
        });
    }

    it("leaves the security policy for AWS to judge", async () => {
        const inputs = { ...given, tlsConfig: { securityPolicy: "IotSecurityPolicy_TLS13_1_3_2022_10" } };
        const { failures } = await sandbox.client.check(domainConfiguration, inputs);
        assert.deepEqual(failures, []);
        await assert.rejects(sandbox.client.deploy(domainConfiguration, inputs), /InvalidRequestException/);
    });
});
