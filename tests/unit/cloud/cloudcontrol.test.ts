import assert from "node:assert/strict";
import { makeSandbox, removeSandboxes, type Sandbox } from "./sandbox";

const TypeName = "AWS::IoT::DomainConfiguration";
const Identifier = "telemetry";

describe("sandbox/cloud cloudcontrol", () => {
    let sandbox: Sandbox;
    let desired: Record<string, unknown>;

    beforeEach(async () => {
        sandbox = makeSandbox();
        const zone = await sandbox.zone("example.com");
        const parameters = { DomainName: "iot.example.com", KeyAlgorithm: "EC_prime256v1" };
        desired = {
            DomainConfigurationName: Identifier,
            DomainName: "iot.example.com",
            ServerCertificateArns: [await sandbox.certificate(zone, parameters)],
            ServerCertificateConfig: { EnableOCSPCheck: true },
            Tags: [{ Key: "team", Value: "fleet" }],
        };
    });
    afterEach(removeSandboxes);

    /** Sends a request and answers with how it ended. */
    async function request(operation: string, parameters: object) {
        const started = await sandbox.call(`cloudcontrol:${operation}`, { TypeName, ...parameters });
        assert.equal(started.ProgressEvent.OperationStatus, "IN_PROGRESS");
        const { RequestToken } = started.ProgressEvent;
        return (await sandbox.call("cloudcontrol:GetResourceRequestStatus", { RequestToken })).ProgressEvent;
    }
    const create = (state: object = desired) => request("CreateResource", { DesiredState: JSON.stringify(state) });
    const update = (...operations: object[]) =>
        request("UpdateResource", { Identifier, PatchDocument: JSON.stringify(operations) });
    const read = async () => {
        const { ResourceDescription } = await sandbox.call("cloudcontrol:GetResource", { TypeName, Identifier });
        return JSON.parse(ResourceDescription.Properties);
    };

    it("makes a domain configuration with what the other API lacks, by the same rules", async () => {
        const event = await create();
        assert.deepEqual([event.OperationStatus, event.Identifier], ["SUCCESS", Identifier]);
        const { ServerCertificateConfig, Tags, DomainConfigurationStatus, DomainType, ServerCertificates } =
            await read();
        assert.deepEqual(
            { ServerCertificateConfig, Tags, DomainConfigurationStatus, DomainType },
            {
                ServerCertificateConfig: { EnableOCSPCheck: true },
                Tags: desired.Tags,
                DomainConfigurationStatus: "ENABLED",
                DomainType: "CUSTOMER_MANAGED",
            },
        );
        assert.equal(ServerCertificates[0].ServerCertificateStatus, "VALID");
        const described = await sandbox.call("iot:DescribeDomainConfiguration", {
            domainConfigurationName: Identifier,
        });
        assert.deepEqual(described.serverCertificateConfig, { enableOCSPCheck: true });
    });

    it("reports what the service refuses as the end of the request", async () => {
        const cases: Array<[state: object, code: string, message: RegExp]> = [
            [{ ...desired, DomainName: "b.example.com" }, "InvalidRequest", /cannot be used for b\.example\.com/],
            [{ ...desired, DomainNames: [] }, "InvalidRequest", /domainNames/],
        ];
        for (const [state, code, message] of cases) {
            const { OperationStatus, ErrorCode, StatusMessage } = await create(state);
            assert.deepEqual([OperationStatus, ErrorCode], ["FAILED", code]);
            assert.match(StatusMessage, message);
        }
        await create();
        assert.equal((await create()).ErrorCode, "AlreadyExists");
    });

    it("changes what can change, by a patch", async () => {
        await create();
        const event = await update(
            { op: "add", path: "/TlsConfig", value: { SecurityPolicy: "IoTSecurityPolicy_TLS13_1_3_2022_10" } },
            { op: "replace", path: "/ServerCertificateConfig/EnableOCSPCheck", value: false },
            { op: "replace", path: "/Tags", value: [{ Key: "stage", Value: "prod" }] },
        );
        assert.equal(event.OperationStatus, "SUCCESS");
        const { TlsConfig, ServerCertificateConfig, Tags } = await read();
        assert.deepEqual(TlsConfig, { SecurityPolicy: "IoTSecurityPolicy_TLS13_1_3_2022_10" });
        assert.deepEqual(ServerCertificateConfig, { EnableOCSPCheck: false });
        assert.deepEqual(Tags, [{ Key: "stage", Value: "prod" }]);
    });

    it("refuses patches of what cannot change, and patches that are none", async () => {
        await create();
        const refused = (PatchDocument: string) =>
            sandbox.refusal("cloudcontrol:UpdateResource", { TypeName, Identifier, PatchDocument });
        const patch = (op: string, path: string) => JSON.stringify([{ op, path, value: "b.example.com" }]);
        assert.match(await refused(patch("replace", "/DomainName")), /^NotUpdatableException: .*DomainName/);
        assert.match(await refused(patch("remove", "/Nothing")), /^InvalidRequestException: .*nothing at \/Nothing/);
        assert.match(await refused(patch("rename", "/DomainName")), /^InvalidRequestException: .*"rename"/);
        assert.match(await refused("{"), /^InvalidRequestException: .*not valid JSON/);
    });

    it("disables and deletes, and then has nothing", async () => {
        await create();
        assert.equal((await request("DeleteResource", { Identifier })).OperationStatus, "SUCCESS");
        const missing = { TypeName, Identifier };
        assert.match(await sandbox.refusal("cloudcontrol:GetResource", missing), /^ResourceNotFoundException: /);
        assert.equal((await request("DeleteResource", { Identifier })).ErrorCode, "NotFound");
        const { ResourceDescriptions } = await sandbox.call("cloudcontrol:ListResources", { TypeName });
        assert.deepEqual(ResourceDescriptions, []);
    });

    it("names a type that it does not have", async () => {
        const other = { TypeName: "AWS::IoT::Thing", DesiredState: "{}" };
        assert.match(
            await sandbox.refusal("cloudcontrol:CreateResource", other),
            /^TypeNotFoundException: .*AWS::IoT::Thing; it has AWS::IoT::DomainConfiguration/,
        );
    });
});
