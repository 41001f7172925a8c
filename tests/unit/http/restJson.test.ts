import assert from "node:assert/strict";
import {
    AttachThingPrincipalCommand,
    CreateDomainConfigurationCommand,
    CreateKeysAndCertificateCommand,
    CreateThingCommand,
    DeleteThingCommand,
    DescribeDomainConfigurationCommand,
    DescribeEndpointCommand,
    ListThingPrincipalsCommand,
    paginateListThingTypes,
    CreateThingTypeCommand,
    ResourceNotFoundException,
    UpdateDomainConfigurationCommand,
    VersionConflictException,
} from "@aws-sdk/client-iot";
import { zip } from "../cloud/zip";
import { region, removeServed, serve, type Served } from "./served";

describe("sandbox/http in AWS's protocol restJson1", () => {
    let served: Served;

    beforeEach(async () => {
        served = await serve();
    });
    afterEach(removeServed);

    async function domainConfiguration(): Promise<string> {
        const { sandbox, iot } = served;
        const zone = await sandbox.zone("example.com");
        const certificate = await sandbox.certificate(zone, { DomainName: "iot.example.com" }, region);
        const created = await iot.send(
            new CreateDomainConfigurationCommand({
                domainConfigurationName: "telemetry",
                domainName: "iot.example.com",
                serverCertificateArns: [certificate],
            }),
        );
        return created.domainConfigurationArn ?? "";
    }

    it("answers what an operation answers that is called in the cloud, dates as dates", async () => {
        const { sandbox, iot } = served;
        const domainConfigurationName = "telemetry";
        const arn = await domainConfiguration();
        const { $metadata, ...described } = await iot.send(
            new DescribeDomainConfigurationCommand({ domainConfigurationName }),
        );
        const inside = await sandbox.call("iot:DescribeDomainConfiguration", { domainConfigurationName }, { region });
        const present = Object.entries(inside).filter(([, value]) => value !== undefined);
        assert.deepEqual(described, Object.fromEntries(present));
        assert.ok(described.lastStatusChangeDate instanceof Date);
        assert.equal(described.domainConfigurationArn, arn);
        assert.match($metadata.requestId ?? "", /^[\da-f-]{36}$/);
    });

    it("takes the region from the signature, and an argument from the query", async () => {
        const { endpointAddress } = await served.iot.send(
            new DescribeEndpointCommand({ endpointType: "iot:Data-ATS" }),
        );
        assert.match(endpointAddress ?? "", new RegExp(`^\\w+-ats\\.iot\\.${region}\\.amazonaws\\.com$`));
    });

    it("takes one argument from the path and the others from the body", async () => {
        await domainConfiguration();
        const { iot } = served;
        const domainConfigurationName = "telemetry";
        await iot.send(
            new UpdateDomainConfigurationCommand({
                domainConfigurationName,
                tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS13_1_3_2022_10" },
                domainConfigurationStatus: "DISABLED",
            }),
        );
        const described = await iot.send(new DescribeDomainConfigurationCommand({ domainConfigurationName }));
        assert.equal(described.domainConfigurationStatus, "DISABLED");
        assert.deepEqual(described.tlsConfig, { securityPolicy: "IoTSecurityPolicy_TLS13_1_3_2022_10" });
    });

    it("takes an argument from a header, and names with characters that a path escapes", async () => {
        const { iot } = served;
        const thingName = "a:b_c-1";
        await iot.send(new CreateThingCommand({ thingName }));
        const { certificateArn } = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
        await iot.send(new AttachThingPrincipalCommand({ thingName, principal: certificateArn }));
        const { principals } = await iot.send(new ListThingPrincipalsCommand({ thingName }));
        assert.deepEqual(principals, [certificateArn]);
    });

    it("gives lists in pages, each with the token of the next", async () => {
        const { iot } = served;
        const names = ["a", "b", "c", "d", "e"];
        for (const thingTypeName of names) {
            await iot.send(new CreateThingTypeCommand({ thingTypeName }));
        }
        const pages: string[][] = [];
        for await (const { thingTypes = [] } of paginateListThingTypes({ client: iot, pageSize: 2 }, {})) {
            pages.push(thingTypes.map(({ thingTypeName = "" }) => thingTypeName));
        }
        assert.deepEqual(pages, [["a", "b"], ["c", "d"], ["e"]]);
    });

    it("refuses with AWS's exceptions, which the client knows by their classes", async () => {
        const { iot } = served;
        await assert.rejects(
            iot.send(new DescribeDomainConfigurationCommand({ domainConfigurationName: "absent" })),
            (error) =>
                error instanceof ResourceNotFoundException &&
                error.$metadata.httpStatusCode === 404 &&
                error.message === "Domain configuration absent not found.",
        );
        await iot.send(new CreateThingCommand({ thingName: "thing" }));
        await assert.rejects(
            iot.send(new DeleteThingCommand({ thingName: "thing", expectedVersion: 7 })),
            (error) => error instanceof VersionConflictException && error.$metadata.httpStatusCode === 409,
        );
    });

    it("takes bytes in base64, a list from the query, and answers the status that AWS's model states", async () => {
        const { sandbox, send } = served;
        const role = await sandbox.call("iam:CreateRole", {
            RoleName: "hook",
            AssumeRolePolicyDocument: JSON.stringify({
                Version: "2012-10-17",
                Statement: [
                    { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
                ],
            }),
        });
        const code = zip("index.js", "exports.handler = async () => ({ allowProvisioning: true });");
        const created = await send("lambda", "/2015-03-31/functions", {
            method: "POST",
            body: JSON.stringify({
                FunctionName: "hook",
                Role: role.Role.Arn,
                Runtime: "nodejs22.x",
                Handler: "index.handler",
                Code: { ZipFile: Buffer.from(code).toString("base64") },
                Tags: { team: "fleet", stage: "test" },
            }),
        });
        assert.equal(created.status, 201);
        const { CodeSize, FunctionArn } = (await created.json()) as { CodeSize: number; FunctionArn: string };
        assert.equal(CodeSize, code.byteLength);
        const tags = `/2017-03-31/tags/${encodeURIComponent(FunctionArn)}`;
        const untagged = await send("lambda", `${tags}?tagKeys=team&tagKeys=other`, { method: "DELETE" });
        assert.equal(untagged.status, 204);
        const left = await send("lambda", tags);
        assert.deepEqual(await left.json(), { Tags: { stage: "test" } });
    });
});
