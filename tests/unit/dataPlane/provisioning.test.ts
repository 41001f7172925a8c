import assert from "node:assert/strict";
import { claimPolicy } from "../../../rules/provisioning/claimPolicy";
import { templateBody } from "../../../rules/provisioning/template";
import { issueCertificate, makeSigningRequest, type Issued } from "../../../sandbox/cloud/authority/certificates";
import { connected, deviceCertificate, outcome, World, type Device } from "./world";
import type { MqttClient } from "mqtt";

const role = "arn:aws:iam::123456789012:role/provisioning";
const templateName = "fleet";
const hookArn = "arn:aws:lambda:us-east-1:123456789012:function:hook";
const settings = {
    parameters: { SerialNumber: {} },
    thingName: "sensor-{SerialNumber}",
    thingGroupNames: [],
    attributes: { serial: "{SerialNumber}" },
    overrideSetting: "REPLACE",
} as const;
const hook = `exports.handler = async (event) => ({
    allowProvisioning: event.parameters.SerialNumber !== "666",
    parameterOverrides: { SerialNumber: event.parameters.SerialNumber + "-" + event.clientId },
});`;

describe("sandbox/dataPlane provisioning", () => {
    const world = new World();
    let claim: Device;
    let client: MqttClient;

    before(async () => {
        await world.domain();
        const location = { partition: "aws", region: "us-east-1", account: "123456789012" } as const;
        const operations = ["CreateKeysAndCertificate", "CreateCertificateFromCsr"] as const;
        claim = await world.device("claim", claimPolicy(location as never, { templateName, operations }));
        await world.call("iot:CreatePolicy", {
            policyName: "of-devices",
            policyDocument: JSON.stringify({
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Action: "iot:*", Resource: "*" }],
            }),
        });
        await world.call("iot:CreateProvisioningTemplate", {
            templateName,
            templateBody: JSON.stringify(templateBody("FLEET_PROVISIONING", settings, "of-devices")),
            provisioningRoleArn: role,
            enabled: true,
        });
        await world.serve();
        client = await connected(world.connect(claim, { clientId: "new-device", protocolVersion: 5 }));
        await client.subscribeAsync([
            "$aws/certificates/create/json/+",
            "$aws/certificates/create-from-csr/json/+",
            `$aws/provisioning-templates/${templateName}/provision/#`,
        ]);
    });
    after(() => world.close());

    /** Asks one of AWS's services; answers with the last level of the topic and what was said. */
    function ask(topic: string, request: object): Promise<[verdict: string, answer: any]> {
        return new Promise((resolve) => {
            client.once("message", (answered, payload) =>
                resolve([answered.replace(`${topic}/`, ""), JSON.parse(payload.toString())]),
            );
            client.publish(topic, JSON.stringify(request));
        });
    }
    const provision = (certificateOwnershipToken: string, SerialNumber?: string) =>
        ask(`$aws/provisioning-templates/${templateName}/provision/json`, {
            certificateOwnershipToken,
            parameters: { SerialNumber },
        });
    const connectWith = (cert: string, key: string, clientId: string) =>
        outcome(world.connect({ cert, key }, { clientId }));

    it("makes keys and a certificate, with which a device gets in once it is registered", async () => {
        const [verdict, made] = await ask("$aws/certificates/create/json", {});
        assert.equal(verdict, "accepted");
        const { certificatePem, privateKey, certificateOwnershipToken, certificateId } = made;
        assert.equal(await connectWith(certificatePem, privateKey, "sensor-1"), "closed");
        assert.deepEqual(await provision(certificateOwnershipToken, "1"), [
            "accepted",
            { deviceConfiguration: {}, thingName: "sensor-1" },
        ]);
        const { attributes } = await world.call("iot:DescribeThing", { thingName: "sensor-1" });
        assert.deepEqual(attributes, { serial: "1" });
        const { principals } = await world.call("iot:ListThingPrincipals", { thingName: "sensor-1" });
        assert.deepEqual(principals, [`arn:aws:iot:us-east-1:123456789012:cert/${certificateId}`]);
        assert.equal(await connectWith(certificatePem, privateKey, "sensor-1"), "connected");
    });

    it("certifies a key that stays with the device", async () => {
        const { request, privateKey } = await makeSigningRequest([{ CN: ["sensor-2"] }], "EC_prime256v1");
        const [verdict, made] = await ask("$aws/certificates/create-from-csr/json", {
            certificateSigningRequest: request,
        });
        assert.equal(verdict, "accepted");
        assert.equal("privateKey" in made, false);
        assert.equal((await provision(made.certificateOwnershipToken, "2"))[0], "accepted");
        const key = `-----BEGIN PRIVATE KEY-----\n${privateKey.toString("base64")}\n-----END PRIVATE KEY-----\n`;
        assert.equal(await connectWith(made.certificatePem, key, "sensor-2"), "connected");
    });

    it("rejects a request that is none, each with AWS's kind of answer", async () => {
        const [verdict, answer] = await ask("$aws/certificates/create-from-csr/json", {
            certificateSigningRequest: "x",
        });
        assert.deepEqual([verdict, answer.statusCode, answer.errorCode], ["rejected", 400, "InvalidParameters"]);
    });

    it("registers no device without a token, with a used one, or without its parameters", async () => {
        const [, { certificateOwnershipToken }] = await ask("$aws/certificates/create/json", {});
        assert.equal((await provision("x", "3"))[1].errorCode, "InvalidCertificateOwnershipToken");
        assert.equal((await provision(certificateOwnershipToken))[1].errorCode, "InvalidParameters");
        assert.equal((await provision(certificateOwnershipToken, "not a name"))[1].statusCode, 400);
        assert.equal((await provision(certificateOwnershipToken, "3"))[0], "accepted");
        assert.equal((await provision(certificateOwnershipToken, "3"))[0], "rejected");
    });

    it("forgets a token after an hour", async () => {
        const [, { certificateOwnershipToken }] = await ask("$aws/certificates/create/json", {});
        world.cloud.advanceClock(60 * 60 * 1000 + 1);
        assert.equal(
            (await provision(certificateOwnershipToken, "4"))[1].errorCode,
            "InvalidCertificateOwnershipToken",
        );
    });

    it("registers nothing by a template that is disabled", async () => {
        const [, { certificateOwnershipToken }] = await ask("$aws/certificates/create/json", {});
        await world.call("iot:UpdateProvisioningTemplate", { templateName, enabled: false });
        assert.equal((await provision(certificateOwnershipToken, "5"))[1].errorCode, "InvalidRequest");
        await world.call("iot:UpdateProvisioningTemplate", { templateName, enabled: true });
    });

    it("has the template's hook decide, and takes its parameters", async () => {
        await world.function("hook", hook);
        await world.call("iot:UpdateProvisioningTemplate", {
            templateName,
            preProvisioningHook: { targetArn: hookArn },
        });
        const [, { certificateOwnershipToken }] = await ask("$aws/certificates/create/json", {});
        const [, forbidden] = await provision(certificateOwnershipToken, "6");
        assert.match(forbidden.errorMessage, /AccessDeniedException/);
        await world.call("lambda:AddPermission", {
            FunctionName: "hook",
            StatementId: "iot",
            Action: "lambda:InvokeFunction",
            Principal: "iot.amazonaws.com",
            SourceArn: "arn:aws:iot:us-east-1:123456789012:provisioningtemplate/fleet",
        });
        assert.equal((await provision(certificateOwnershipToken, "666"))[1].errorCode, "AccessDenied");
        assert.deepEqual(await provision(certificateOwnershipToken, "6"), [
            "accepted",
            { deviceConfiguration: {}, thingName: "sensor-6-new-device" },
        ]);
        await world.call("iot:UpdateProvisioningTemplate", { templateName, removePreProvisioningHook: true });
    });

    describe("just in time", () => {
        let authority: Issued;

        before(async () => {
            const validity = { notBefore: new Date(Date.now() - 60_000), notAfter: new Date(Date.now() + 86_400_000) };
            authority = await issueCertificate(
                { subject: "CN=Maker", isAuthority: true, pathLength: 0, ...validity },
                "EC_prime256v1",
            );
            const body = templateBody(
                "JITP",
                { ...settings, parameters: {}, thingName: "{AWS::IoT::Certificate::CommonName}", attributes: {} },
                "of-devices",
            );
            await world.call("iot:RegisterCACertificate", {
                caCertificate: authority.certificate,
                certificateMode: "SNI_ONLY",
                setAsActive: true,
                allowAutoRegistration: true,
                registrationConfig: { templateBody: JSON.stringify(body), roleArn: role },
            });
        });

        it("drops a device the first time, and lets it in the next", async () => {
            const { cert, key } = await deviceCertificate("CN=made-1", authority);
            assert.equal(await connectWith(cert, key, "made-1"), "closed");
            assert.equal(await connectWith(cert, key, "made-1"), "connected");
            const { thingName } = await world.call("iot:DescribeThing", { thingName: "made-1" });
            assert.equal(thingName, "made-1");
        });

        it("leaves a device waiting that the template cannot be filled in for", async () => {
            const { cert, key } = await deviceCertificate("O=nameless", authority);
            assert.equal(await connectWith(cert, key, "made-2"), "closed");
            assert.equal(await connectWith(cert, key, "made-2"), "closed");
            assert.match(world.reports.join("\n"), /could not be provisioned just in time: Parameters \[AWS::IoT/);
            assert.match(world.reports.at(-1) ?? "", /is PENDING_ACTIVATION/);
        });

        it("takes no certificate of a stranger's CA", async () => {
            const { cert, key } = await deviceCertificate("CN=made-3");
            assert.equal(await connectWith(cert, key, "made-3"), "closed");
            assert.match(world.reports.at(-1) ?? "", /is not registered in us-east-1/);
        });
    });
});
