import assert from "node:assert/strict";
import { makeSandbox, removeSandboxes, type Sandbox } from "./sandbox";

const account = "123456789012";

const statement = (rest: object) =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...rest }] });
const trust = (rest: object = {}) =>
    statement({ Principal: { Service: "iot.amazonaws.com" }, Action: "sts:AssumeRole", ...rest });
const permissions = (rest: object = {}) => statement({ Action: "iot:Connect", Resource: "*", ...rest });
const long = (characters: number) => permissions({ Sid: "x".repeat(characters - permissions({ Sid: "" }).length) });

describe("sandbox/cloud iam", () => {
    let sandbox: Sandbox;

    beforeEach(async () => {
        sandbox = makeSandbox();
        await sandbox.call("iam:CreateRole", { RoleName: "Provisioner", AssumeRolePolicyDocument: trust() });
    });
    afterEach(removeSandboxes);

    async function policy(PolicyName: string, rest: object = {}): Promise<string> {
        const input = { PolicyName, PolicyDocument: permissions(), ...rest };
        return (await sandbox.call("iam:CreatePolicy", input)).Policy.Arn;
    }

    describe("roles", () => {
        it("are the same from every region, and tell their documents percent-encoded", async () => {
            const options = { region: "ap-southeast-1" };
            const { Role } = await sandbox.call("iam:GetRole", { RoleName: "Provisioner" }, options);
            assert.equal(Role.Arn, `arn:aws:iam::${account}:role/Provisioner`);
            assert.match(Role.RoleId, /^AROA[A-Z2-7]{17}$/);
            assert.equal(Role.MaxSessionDuration, 3600);
            assert.match(Role.AssumeRolePolicyDocument, /^%7B%22Version%22/);
            assert.equal(decodeURIComponent(Role.AssumeRolePolicyDocument), trust());
        });

        it("have names that case does not tell apart", async () => {
            const again = { RoleName: "provisioner", AssumeRolePolicyDocument: trust() };
            assert.match(await sandbox.refusal("iam:CreateRole", again), /^EntityAlreadyExistsException: /);
        });

        it("get another identifier when they are made again", async () => {
            const before = await sandbox.call("iam:GetRole", { RoleName: "Provisioner" });
            await sandbox.call("iam:DeleteRole", { RoleName: "Provisioner" });
            const input = { RoleName: "Provisioner", AssumeRolePolicyDocument: trust() };
            const after = await sandbox.call("iam:CreateRole", input);
            assert.equal(after.Role.Arn, before.Role.Arn);
            assert.notEqual(after.Role.RoleId, before.Role.RoleId);
        });

        it("change their description, session duration, trust policy and boundary", async () => {
            const boundary = await policy("Boundary");
            const RoleName = "Provisioner";
            const change = { RoleName, Description: "Makes things", MaxSessionDuration: 7200 };
            await sandbox.call("iam:UpdateRole", change);
            const document = trust({ Principal: { Service: "lambda.amazonaws.com" } });
            await sandbox.call("iam:UpdateAssumeRolePolicy", { RoleName, PolicyDocument: document });
            await sandbox.call("iam:PutRolePermissionsBoundary", { RoleName, PermissionsBoundary: boundary });
            const { Role } = await sandbox.call("iam:GetRole", { RoleName });
            assert.deepEqual([Role.Description, Role.MaxSessionDuration], ["Makes things", 7200]);
            assert.equal(decodeURIComponent(Role.AssumeRolePolicyDocument), document);
            assert.equal(Role.PermissionsBoundary.PermissionsBoundaryArn, boundary);
            assert.match(
                await sandbox.refusal("iam:DeletePolicy", { PolicyArn: boundary }),
                /^DeleteConflictException: /,
            );
            await sandbox.call("iam:DeleteRolePermissionsBoundary", { RoleName });
            assert.equal((await sandbox.call("iam:GetRole", { RoleName })).Role.PermissionsBoundary, undefined);
        });

        it("go only without policies", async () => {
            const RoleName = "Provisioner";
            const PolicyArn = await policy("Connect");
            await sandbox.call("iam:AttachRolePolicy", { RoleName, PolicyArn });
            const inline = { RoleName, PolicyName: "inline" };
            await sandbox.call("iam:PutRolePolicy", { ...inline, PolicyDocument: permissions() });
            const deletion = () => sandbox.refusal("iam:DeleteRole", { RoleName });
            assert.match(await deletion(), /^DeleteConflictException: .*must delete policies first/);
            await sandbox.call("iam:DeleteRolePolicy", inline);
            assert.match(await deletion(), /^DeleteConflictException: .*must detach all policies first/);
            await sandbox.call("iam:DetachRolePolicy", { RoleName, PolicyArn });
            await sandbox.call("iam:DeleteRole", { RoleName });
            assert.match(await sandbox.refusal("iam:GetRole", { RoleName }), /^NoSuchEntityException: /);
            await sandbox.call("iam:DeletePolicy", { PolicyArn });
            assert.deepEqual(sandbox.cloud.resources(), []);
        });

        it("are listed by path, page by page", async () => {
            for (const RoleName of ["a", "b", "c"]) {
                await sandbox.call("iam:CreateRole", { RoleName, Path: "/fleet/", AssumeRolePolicyDocument: trust() });
            }
            const first = await sandbox.call("iam:ListRoles", { PathPrefix: "/fleet/", MaxItems: 2 });
            assert.equal(first.IsTruncated, true);
            const rest = await sandbox.call("iam:ListRoles", { PathPrefix: "/fleet/", Marker: first.Marker });
            const all = [...first.Roles, ...rest.Roles].map(({ Arn }) => Arn);
            assert.deepEqual(
                all,
                ["a", "b", "c"].map((name) => `arn:aws:iam::${account}:role/fleet/${name}`),
            );
            assert.equal(rest.IsTruncated, false);
            assert.deepEqual(await sandbox.call("iam:ListInstanceProfilesForRole", { RoleName: "a" }), {
                InstanceProfiles: [],
                IsTruncated: false,
            });
        });

        it("carry tags", async () => {
            const RoleName = "Provisioner";
            await sandbox.call("iam:TagRole", {
                RoleName,
                Tags: [
                    { Key: "a", Value: "1" },
                    { Key: "b", Value: "2" },
                ],
            });
            await sandbox.call("iam:UntagRole", { RoleName, TagKeys: ["a"] });
            const { Tags } = await sandbox.call("iam:ListRoleTags", { RoleName });
            assert.deepEqual(Tags, [{ Key: "b", Value: "2" }]);
            assert.deepEqual((await sandbox.call("iam:GetRole", { RoleName })).Role.Tags, Tags);
            const reserved = { RoleName, Tags: [{ Key: "aws:a", Value: "1" }] };
            assert.match(await sandbox.refusal("iam:TagRole", reserved), /^InvalidInputException: /);
        });

        const refusedTrusts: Array<[title: string, document: string, expected: RegExp]> = [
            ["is no JSON", "{", /^MalformedPolicyDocumentException: This policy contains invalid Json$/],
            ["names no principal", trust({ Principal: undefined }), /Missing required field Principal$/],
            ["names a resource", trust({ Resource: "*" }), /Has prohibited field Resource$/],
            ["allows another action", trust({ Action: "iot:Connect" }), /may only specify STS AssumeRole actions/],
            [
                "trusts what is no service",
                trust({ Principal: { Service: "iot" } }),
                /Invalid principal in policy: "SERVICE":"iot"/,
            ],
            [
                "trusts a role that is not there",
                trust({ Principal: { AWS: `arn:aws:iam::${account}:role/Absent` } }),
                /Invalid principal in policy: "AWS":/,
            ],
            [
                "is longer than 2048 characters",
                trust({ Sid: "x".repeat(2048) }),
                /^LimitExceededException: Cannot exceed quota for ACLSizePerRole: 2048$/,
            ],
        ];

        for (const [title, document, expected] of refusedTrusts) {
            it(`refuse a trust policy that ${title}`, async () => {
                const input = { RoleName: "Other", AssumeRolePolicyDocument: document };
                assert.match(await sandbox.refusal("iam:CreateRole", input), expected);
                const update = { RoleName: "Provisioner", PolicyDocument: document };
                assert.match(await sandbox.refusal("iam:UpdateAssumeRolePolicy", update), expected);
                assert.equal(sandbox.cloud.resources().length, 1);
            });
        }

        it("may trust everybody, an account, and another role", async () => {
            const principals = ["*", { AWS: "210987654321" }, { AWS: `arn:aws:iam::${account}:role/Provisioner` }];
            for (const [index, Principal] of principals.entries()) {
                const input = { RoleName: `r${index}`, AssumeRolePolicyDocument: trust({ Principal }) };
                await sandbox.call("iam:CreateRole", input);
            }
        });
    });

    describe("inline policies", () => {
        const RoleName = "Provisioner";

        it("are put, read and listed by name", async () => {
            await sandbox.call("iam:PutRolePolicy", { RoleName, PolicyName: "b", PolicyDocument: permissions() });
            await sandbox.call("iam:PutRolePolicy", { RoleName, PolicyName: "a", PolicyDocument: permissions() });
            assert.deepEqual((await sandbox.call("iam:ListRolePolicies", { RoleName })).PolicyNames, ["a", "b"]);
            const { PolicyDocument } = await sandbox.call("iam:GetRolePolicy", { RoleName, PolicyName: "a" });
            assert.equal(decodeURIComponent(PolicyDocument), permissions());
            await sandbox.call("iam:DeleteRolePolicy", { RoleName, PolicyName: "a" });
            for (const operation of ["GetRolePolicy", "DeleteRolePolicy"]) {
                const refusal = await sandbox.refusal(`iam:${operation}`, { RoleName, PolicyName: "a" });
                assert.match(refusal, /^NoSuchEntityException: /);
            }
        });

        it("take up 10,240 characters a role together, white space not counted", async () => {
            const put = (PolicyName: string, PolicyDocument: string) =>
                ["iam:PutRolePolicy", { RoleName, PolicyName, PolicyDocument }] as const;
            await sandbox.call(...put("a", long(10_000) + " ".repeat(1000)));
            assert.match(
                await sandbox.refusal(...put("b", long(241))),
                /^LimitExceededException: Maximum policy size of 10240 bytes exceeded for role Provisioner$/,
            );
            await sandbox.call(...put("b", long(240)));
            await sandbox.call(...put("a", long(10_000)));
        });

        const refusedDocuments: Array<[title: string, document: string, expected: RegExp]> = [
            ["is no JSON", "no", /invalid Json$/],
            ["has no statement", "{}", /Syntax errors in policy/],
            ["is of another version", permissions().replace("2012-10-17", "2026-01-01"), /Syntax errors in policy/],
            ["has a member that is none", permissions({ Colour: "red" }), /Syntax errors in policy/],
            ["has another effect", permissions({ Effect: "Perhaps" }), /Syntax errors in policy/],
            ["names no action", permissions({ Action: undefined }), /must contain actions/],
            ["names an action without a service", permissions({ Action: "Connect" }), /prefaced by a vendor/],
            ["names no resource", permissions({ Resource: undefined }), /must contain resources/],
            [
                "names a resource that is none",
                permissions({ Resource: "topic/x" }),
                /Resource topic\/x must be in ARN format/,
            ],
            ["names a principal", permissions({ Principal: "*" }), /should not specify a principal/],
            ["has a condition that is none", permissions({ Condition: "always" }), /Syntax errors in policy/],
            [
                "has an identifier twice",
                JSON.stringify({
                    Statement: Array(2).fill({ Sid: "a", Effect: "Allow", Action: "iot:Connect", Resource: "*" }),
                }),
                /Statement IDs \(SID\) in a single policy must be unique/,
            ],
        ];

        for (const [title, PolicyDocument, expected] of refusedDocuments) {
            it(`refuse a document that ${title}`, async () => {
                const input = { RoleName, PolicyName: "x", PolicyDocument };
                const refusal = await sandbox.refusal("iam:PutRolePolicy", input);
                assert.match(refusal, /^MalformedPolicyDocumentException: /);
                assert.match(refusal, expected);
                const managed = { PolicyName: "x", PolicyDocument };
                assert.match(await sandbox.refusal("iam:CreatePolicy", managed), expected);
            });
        }
    });

    describe("managed policies", () => {
        const RoleName = "Provisioner";

        it("count where they are attached, and know the roles", async () => {
            const PolicyArn = await policy("Connect", { Path: "/fleet/" });
            assert.equal(PolicyArn, `arn:aws:iam::${account}:policy/fleet/Connect`);
            await sandbox.call("iam:AttachRolePolicy", { RoleName, PolicyArn });
            await sandbox.call("iam:AttachRolePolicy", { RoleName, PolicyArn });
            const byAws = "arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration";
            await sandbox.call("iam:AttachRolePolicy", { RoleName, PolicyArn: byAws });
            assert.equal((await sandbox.call("iam:GetPolicy", { PolicyArn })).Policy.AttachmentCount, 1);
            const { PolicyRoles } = await sandbox.call("iam:ListEntitiesForPolicy", { PolicyArn });
            assert.deepEqual(
                PolicyRoles.map((role: { RoleName: string }) => role.RoleName),
                [RoleName],
            );
            const { AttachedPolicies } = await sandbox.call("iam:ListAttachedRolePolicies", { RoleName });
            assert.deepEqual(AttachedPolicies, [
                { PolicyName: "Connect", PolicyArn },
                { PolicyName: "AWSIoTThingsRegistration", PolicyArn: byAws },
            ]);
            const ofFleet = await sandbox.call("iam:ListAttachedRolePolicies", { RoleName, PathPrefix: "/fleet/" });
            assert.equal(ofFleet.AttachedPolicies.length, 1);
        });

        it("can be attached only where they are, and ten times to a role", async () => {
            const attach = (PolicyArn: string) => ["iam:AttachRolePolicy", { RoleName, PolicyArn }] as const;
            const absent = `arn:aws:iam::${account}:policy/Absent`;
            assert.match(await sandbox.refusal(...attach(absent)), /^NoSuchEntityException: /);
            assert.match(await sandbox.refusal(...attach("arn:aws:iot:us-east-1::x")), /^InvalidInputException: /);
            for (let index = 0; index < 10; index++) {
                await sandbox.call(...attach(await policy(`p${index}`)));
            }
            assert.match(
                await sandbox.refusal(...attach(await policy("p10"))),
                /^LimitExceededException: Cannot exceed quota for PoliciesPerRole: 10$/,
            );
            const detach = { RoleName, PolicyArn: absent };
            assert.match(await sandbox.refusal("iam:DetachRolePolicy", detach), /^NoSuchEntityException: /);
        });

        it("have five versions at most, and numbers that are never used again", async () => {
            const PolicyArn = await policy("Connect");
            const add = (SetAsDefault: boolean) =>
                ["iam:CreatePolicyVersion", { PolicyArn, PolicyDocument: permissions(), SetAsDefault }] as const;
            for (let index = 0; index < 3; index++) {
                await sandbox.call(...add(false));
            }
            assert.deepEqual((await sandbox.call(...add(true))).PolicyVersion.VersionId, "v5");
            assert.match(await sandbox.refusal(...add(false)), /^LimitExceededException: .*up to 5 versions/);
            const remove = (VersionId: string) => ["iam:DeletePolicyVersion", { PolicyArn, VersionId }] as const;
            assert.match(await sandbox.refusal(...remove("v5")), /^DeleteConflictException: .*default version/);
            assert.match(await sandbox.refusal(...remove("v9")), /^NoSuchEntityException: /);
            await sandbox.call(...remove("v4"));
            assert.equal((await sandbox.call(...add(false))).PolicyVersion.VersionId, "v6");
            const { Versions } = await sandbox.call("iam:ListPolicyVersions", { PolicyArn });
            assert.deepEqual(
                Versions.map((version: { VersionId: string; IsDefaultVersion: boolean }) => [
                    version.VersionId,
                    version.IsDefaultVersion,
                ]),
                [
                    ["v6", false],
                    ["v5", true],
                    ["v3", false],
                    ["v2", false],
                    ["v1", false],
                ],
            );
            assert.match(
                await sandbox.refusal("iam:DeletePolicy", { PolicyArn }),
                /^DeleteConflictException: .*more than one version/,
            );
        });

        it("tell the document of a version", async () => {
            const PolicyArn = await policy("Connect");
            const { PolicyVersion } = await sandbox.call("iam:GetPolicyVersion", { PolicyArn, VersionId: "v1" });
            assert.equal(decodeURIComponent(PolicyVersion.Document), permissions());
        });

        it("are refused twice, and above 6144 characters", async () => {
            await policy("Connect");
            const input = { PolicyName: "connect", PolicyDocument: permissions() };
            assert.match(await sandbox.refusal("iam:CreatePolicy", input), /^EntityAlreadyExistsException: /);
            await policy("Long", { PolicyDocument: long(6144) });
            assert.match(
                await sandbox.refusal("iam:CreatePolicy", { PolicyName: "Longer", PolicyDocument: long(6145) }),
                /^LimitExceededException: Cannot exceed quota for PolicySize: 6144$/,
            );
        });

        it("carry tags", async () => {
            const PolicyArn = await policy("Connect", { Tags: [{ Key: "a", Value: "1" }] });
            await sandbox.call("iam:TagPolicy", { PolicyArn, Tags: [{ Key: "b", Value: "2" }] });
            await sandbox.call("iam:UntagPolicy", { PolicyArn, TagKeys: ["a"] });
            const { Policy } = await sandbox.call("iam:GetPolicy", { PolicyArn });
            assert.deepEqual(Policy.Tags, [{ Key: "b", Value: "2" }]);
        });
    });
});
