import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { makeSandbox, removeSandboxes, type Sandbox } from "./sandbox";

const templateName = "fleet";
const templateBody = (name = "thing") =>
    JSON.stringify({ Parameters: {}, Resources: { [name]: { Type: "AWS::IoT::Thing", Properties: {} } } });
const provisioningRoleArn = "arn:aws:iam::123456789012:role/provisioning";
const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:hook";
const template = { templateName, templateBody: templateBody(), provisioningRoleArn };

describe("sandbox/cloud iot provisioning", () => {
    let sandbox: Sandbox;

    beforeEach(() => {
        sandbox = makeSandbox();
    });
    afterEach(removeSandboxes);

    describe("templates", () => {
        it("are disabled until they are enabled, and take a hook", async () => {
            await sandbox.call("iot:CreateProvisioningTemplate", {
                ...template,
                preProvisioningHook: { targetArn: functionArn },
            });
            const described = await sandbox.call("iot:DescribeProvisioningTemplate", { templateName });
            assert.deepEqual(
                [described.enabled, described.type, described.defaultVersionId, described.preProvisioningHook],
                [false, "FLEET_PROVISIONING", 1, { payloadVersion: "2020-04-01", targetArn: functionArn }],
            );
            await sandbox.call("iot:UpdateProvisioningTemplate", {
                templateName,
                enabled: true,
                removePreProvisioningHook: true,
            });
            const updated = await sandbox.call("iot:DescribeProvisioningTemplate", { templateName });
            assert.deepEqual([updated.enabled, updated.preProvisioningHook], [true, undefined]);
        });

        it("have at most five versions", async () => {
            await sandbox.call("iot:CreateProvisioningTemplate", template);
            for (let versionId = 2; versionId <= 5; versionId++) {
                await sandbox.call("iot:CreateProvisioningTemplateVersion", {
                    templateName,
                    templateBody: templateBody(`thing${versionId}`),
                    setAsDefault: true,
                });
            }
            const another = { templateName, templateBody: templateBody() };
            assert.match(
                await sandbox.refusal("iot:CreateProvisioningTemplateVersion", another),
                /^VersionsLimitExceededException: /,
            );
            const deleteVersion = (versionId: number) =>
                ["iot:DeleteProvisioningTemplateVersion", { templateName, versionId }] as const;
            assert.match(await sandbox.refusal(...deleteVersion(5)), /^DeleteConflictException: /);
            await sandbox.call(...deleteVersion(1));
            assert.equal((await sandbox.call("iot:CreateProvisioningTemplateVersion", another)).versionId, 6);
            const described = await sandbox.call("iot:DescribeProvisioningTemplate", { templateName });
            assert.equal(described.templateBody, templateBody("thing5"));
        });

        const refusals: Array<[title: string, parameters: object, expected: RegExp]> = [
            ["a name of 37 characters", { templateName: "a".repeat(37) }, /less than or equal to 36/],
            ["a body above 10,240 characters", { templateBody: " ".repeat(10_241) }, /less than or equal to 10240/],
            ["a body that is no JSON", { templateBody: "{" }, /not valid JSON/],
            ["a body without resources", { templateBody: "{}" }, /no Resources/],
            [
                "a resource of another kind",
                { templateBody: templateBody().replace("Thing", "Topic") },
                /none of the types/,
            ],
            ["a role that is none", { provisioningRoleArn: functionArn }, /not the ARN of a role/],
            [
                "a hook in the type JITP",
                { type: "JITP", preProvisioningHook: { targetArn: functionArn } },
                /cannot be given for a template of the type JITP/,
            ],
            [
                "an unknown payload version",
                { preProvisioningHook: { targetArn: functionArn, payloadVersion: "2021-01-01" } },
                /payload version must be 2020-04-01/,
            ],
        ];
        for (const [title, parameters, expected] of refusals) {
            it(`are refused with ${title}`, async () => {
                const message = await sandbox.refusal("iot:CreateProvisioningTemplate", { ...template, ...parameters });
                assert.match(message, /^InvalidRequestException: /);
                assert.match(message, expected);
            });
        }
    });

    describe("authorizers", () => {
        const authorizerName = "own";
        const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
        const key = publicKey.export({ format: "pem", type: "spki" }).toString();
        const authorizer = {
            authorizerName,
            authorizerFunctionArn: functionArn,
            tokenKeyName: "token",
            tokenSigningPublicKeys: { first: key },
            status: "ACTIVE",
        };

        it("need signing keys unless signing is disabled", async () => {
            const refused = (parameters: object) =>
                sandbox.refusal("iot:CreateAuthorizer", { ...authorizer, ...parameters });
            assert.match(await refused({ tokenSigningPublicKeys: undefined }), /^InvalidRequestException: .*required/);
            assert.match(await refused({ tokenKeyName: undefined }), /^InvalidRequestException: .*required/);
            assert.match(
                await refused({ tokenSigningPublicKeys: { first: "x" } }),
                /^InvalidRequestException: .*not an RSA/,
            );
            assert.match(await refused({ signingDisabled: true }), /^InvalidRequestException: .*disabled/);
            assert.match(await refused({ authorizerFunctionArn: "x" }), /^InvalidRequestException: .*Lambda/);
            assert.deepEqual(sandbox.cloud.resources(), []);
            await sandbox.call("iot:CreateAuthorizer", authorizer);
        });

        it("must be inactive, and no domain's default, to be deleted", async () => {
            await sandbox.call("iot:CreateAuthorizer", authorizer);
            const zone = await sandbox.zone("example.com");
            const arn = await sandbox.certificate(zone, {
                DomainName: "iot.example.com",
                KeyAlgorithm: "EC_prime256v1",
            });
            const domainConfigurationName = "telemetry";
            await sandbox.call("iot:CreateDomainConfiguration", {
                domainConfigurationName,
                domainName: "iot.example.com",
                serverCertificateArns: [arn],
                authorizerConfig: { defaultAuthorizerName: authorizerName, allowAuthorizerOverride: true },
            });
            const deletion = () => sandbox.refusal("iot:DeleteAuthorizer", { authorizerName });
            assert.match(await deletion(), /^DeleteConflictException: .*INACTIVE/);
            await sandbox.call("iot:UpdateAuthorizer", { authorizerName, status: "INACTIVE" });
            assert.match(await deletion(), /^DeleteConflictException: .*telemetry/);
            await sandbox.call("iot:UpdateDomainConfiguration", {
                domainConfigurationName,
                removeAuthorizerConfig: true,
            });
            await sandbox.call("iot:DeleteAuthorizer", { authorizerName });
            assert.match(
                await sandbox.refusal("iot:DescribeAuthorizer", { authorizerName }),
                /^ResourceNotFoundException: /,
            );
        });
    });

    it("keeps role aliases with how long their credentials live", async () => {
        const roleAlias = "device-role";
        await sandbox.call("iot:CreateRoleAlias", { roleAlias, roleArn: provisioningRoleArn });
        await sandbox.call("iot:UpdateRoleAlias", { roleAlias, credentialDurationSeconds: 900 });
        const { roleAliasDescription } = await sandbox.call("iot:DescribeRoleAlias", { roleAlias });
        assert.deepEqual(
            [roleAliasDescription.roleArn, roleAliasDescription.credentialDurationSeconds],
            [provisioningRoleArn, 900],
        );
        assert.match(
            await sandbox.refusal("iot:UpdateRoleAlias", { roleAlias, credentialDurationSeconds: 899 }),
            /^InvalidRequestException: .*greater than or equal to 900/,
        );
        await sandbox.call("iot:DeleteRoleAlias", { roleAlias });
        assert.deepEqual(sandbox.cloud.resources(), []);
    });

    describe("things", () => {
        const minute = 60 * 1000;

        it("have a type that must be deprecated for five minutes to be deleted", async () => {
            const thingTypeName = "sensor";
            await sandbox.call("iot:CreateThingType", { thingTypeName });
            await sandbox.call("iot:CreateThing", { thingName: "one", thingTypeName });
            const deletion = () => sandbox.refusal("iot:DeleteThingType", { thingTypeName });
            assert.match(await deletion(), /^InvalidRequestException: .*deprecate the thing type first/);
            await sandbox.call("iot:DeprecateThingType", { thingTypeName });
            assert.match(
                await sandbox.refusal("iot:CreateThing", { thingName: "two", thingTypeName }),
                /^InvalidRequestException: .*deprecated/,
            );
            sandbox.cloud.advanceClock(4 * minute);
            assert.match(await deletion(), /^InvalidRequestException: .*wait for 5 minutes after deprecation/);
            sandbox.cloud.advanceClock(minute);
            assert.match(await deletion(), /^InvalidRequestException: .*remove the thing type from all things/);
            await sandbox.call("iot:DeleteThing", { thingName: "one" });
            await sandbox.call("iot:DeleteThingType", { thingTypeName });
        });

        it("lie in groups, which lie in groups", async () => {
            await sandbox.call("iot:CreateThingGroup", { thingGroupName: "all" });
            await sandbox.call("iot:CreateThingGroup", { thingGroupName: "some", parentGroupName: "all" });
            await sandbox.call("iot:CreateThing", { thingName: "one", attributePayload: { attributes: { a: "1" } } });
            await sandbox.call("iot:AddThingToThingGroup", { thingGroupName: "some", thingName: "one" });
            const { things } = await sandbox.call("iot:ListThingsInThingGroup", { thingGroupName: "some" });
            assert.deepEqual(things, ["one"]);
            const { thingGroupMetadata } = await sandbox.call("iot:DescribeThingGroup", { thingGroupName: "some" });
            assert.deepEqual(
                thingGroupMetadata.rootToParentThingGroups.map(({ groupName }: { groupName: string }) => groupName),
                ["all"],
            );
            assert.match(
                await sandbox.refusal("iot:DeleteThingGroup", { thingGroupName: "all" }),
                /^InvalidRequestException: .*child groups/,
            );
            assert.match(
                await sandbox.refusal("iot:UpdateThingGroup", {
                    thingGroupName: "all",
                    thingGroupProperties: {},
                    expectedVersion: 7,
                }),
                /^VersionConflictException: /,
            );
            await sandbox.call("iot:DeleteThing", { thingName: "one" });
            await sandbox.call("iot:DeleteThingGroup", { thingGroupName: "some" });
            await sandbox.call("iot:DeleteThingGroup", { thingGroupName: "all" });
            assert.deepEqual(sandbox.cloud.resources(), []);
        });

        it("keep their certificate, and their certificate keeps them", async () => {
            await sandbox.call("iot:CreateThing", { thingName: "one" });
            const made = await sandbox.call("iot:CreateKeysAndCertificate");
            const principal = made.certificateArn as string;
            await sandbox.call("iot:AttachThingPrincipal", { thingName: "one", principal });
            assert.match(
                await sandbox.refusal("iot:DeleteThing", { thingName: "one" }),
                /^InvalidRequestException: Cannot delete\. Thing one is still attached/,
            );
            const { certificateId } = made;
            assert.match(
                await sandbox.refusal("iot:DeleteCertificate", { certificateId, forceDelete: true }),
                /^DeleteConflictException: Things must be detached/,
            );
            await sandbox.call("iot:DetachThingPrincipal", { thingName: "one", principal });
            await sandbox.call("iot:DeleteCertificate", { certificateId });
            await sandbox.call("iot:DeleteThing", { thingName: "one" });
        });

        it("take three attributes without a type", async () => {
            const attributes = { a: "1", b: "2", c: "3", d: "4" };
            assert.match(
                await sandbox.refusal("iot:CreateThing", { thingName: "one", attributePayload: { attributes } }),
                /^InvalidRequestException: .*at most 3 attributes/,
            );
            const three = { a: "1", b: "2", c: "3" };
            await sandbox.call("iot:CreateThing", { thingName: "one", attributePayload: { attributes: three } });
            await sandbox.call("iot:UpdateThing", {
                thingName: "one",
                attributePayload: { attributes: { a: "", d: "4" }, merge: true },
            });
            assert.deepEqual((await sandbox.call("iot:DescribeThing", { thingName: "one" })).attributes, {
                b: "2",
                c: "3",
                d: "4",
            });
        });
    });

    it("tags what has an ARN", async () => {
        const { templateArn } = await sandbox.call("iot:CreateProvisioningTemplate", template);
        await sandbox.call("iot:TagResource", { resourceArn: templateArn, tags: [{ Key: "a", Value: "1" }] });
        await sandbox.call("iot:TagResource", { resourceArn: templateArn, tags: [{ Key: "b", Value: "2" }] });
        await sandbox.call("iot:UntagResource", { resourceArn: templateArn, tagKeys: ["a"] });
        const { tags } = await sandbox.call("iot:ListTagsForResource", { resourceArn: templateArn });
        assert.deepEqual(tags, [{ Key: "b", Value: "2" }]);
        await sandbox.call("iot:DeleteProvisioningTemplate", { templateName });
        assert.match(
            await sandbox.refusal("iot:ListTagsForResource", { resourceArn: templateArn }),
            /^ResourceNotFoundException: /,
        );
    });
});
