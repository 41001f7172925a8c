import assert from "node:assert/strict";
import { issueCertificate } from "../../../sandbox/cloud/authority/certificates";
import { makeSandbox, removeSandboxes, start, type Sandbox } from "./sandbox";

const policyName = "device";
const document = (action = "iot:Connect") =>
    JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Action: action,
                Resource: "arn:aws:iot:us-east-1:123456789012:client/${iot:Connection.Thing.ThingName}",
            },
        ],
    });

describe("sandbox/cloud iot policies", () => {
    let sandbox: Sandbox;

    beforeEach(async () => {
        sandbox = makeSandbox();
        await sandbox.call("iot:CreatePolicy", { policyName, policyDocument: document() });
    });
    afterEach(removeSandboxes);

    const addVersion = (setAsDefault = false) =>
        sandbox.call("iot:CreatePolicyVersion", { policyName, policyDocument: document("iot:*"), setAsDefault });

    async function deviceCertificate(): Promise<string> {
        const validity = { notBefore: start, notAfter: new Date("2027-01-01T00:00:00Z") };
        const { certificate } = await issueCertificate({ subject: "CN=device", ...validity }, "EC_prime256v1");
        const answer = await sandbox.call("iot:RegisterCertificateWithoutCA", { certificatePem: certificate });
        return answer.certificateArn;
    }

    it("gives versions, and the default one's document", async () => {
        await addVersion();
        const { policyDocument, defaultVersionId } = await sandbox.call("iot:GetPolicy", { policyName });
        assert.deepEqual([policyDocument, defaultVersionId], [document(), "1"]);
        await sandbox.call("iot:SetDefaultPolicyVersion", { policyName, policyVersionId: "2" });
        const changed = await sandbox.call("iot:GetPolicy", { policyName });
        assert.deepEqual([changed.policyDocument, changed.defaultVersionId], [document("iot:*"), "2"]);
        const { policyVersions } = await sandbox.call("iot:ListPolicyVersions", { policyName });
        assert.deepEqual(
            policyVersions.map(({ versionId, isDefaultVersion }: Record<string, unknown>) => [
                versionId,
                isDefaultVersion,
            ]),
            [
                ["1", false],
                ["2", true],
            ],
        );
    });

    it("takes five versions and no sixth, and never gives a number twice", async () => {
        for (let index = 2; index <= 5; index++) {
            assert.equal((await addVersion(true)).policyVersionId, String(index));
        }
        assert.match(
            await sandbox.refusal("iot:CreatePolicyVersion", { policyName, policyDocument: document() }),
            /^VersionsLimitExceededException: /,
        );
        assert.match(
            await sandbox.refusal("iot:DeletePolicyVersion", { policyName, policyVersionId: "5" }),
            /^DeleteConflictException: .*default version/,
        );
        await sandbox.call("iot:DeletePolicyVersion", { policyName, policyVersionId: "1" });
        assert.equal((await addVersion()).policyVersionId, "6");
        assert.match(await sandbox.refusal("iot:DeletePolicy", { policyName }), /^DeleteConflictException: .*versions/);
    });

    it("keeps a policy that is attached, and a certificate that has one", async () => {
        const target = await deviceCertificate();
        await sandbox.call("iot:AttachPolicy", { policyName, target });
        await sandbox.call("iot:AttachPolicy", { policyName, target });
        const { policies } = await sandbox.call("iot:ListAttachedPolicies", { target });
        assert.deepEqual(
            policies.map((policy: { policyName: string }) => policy.policyName),
            [policyName],
        );
        const { targets } = await sandbox.call("iot:ListTargetsForPolicy", { policyName });
        assert.deepEqual(targets, [target]);
        assert.match(await sandbox.refusal("iot:DeletePolicy", { policyName }), /^DeleteConflictException: .*attached/);
        const certificateId = target.split("/")[1];
        assert.match(
            await sandbox.refusal("iot:DeleteCertificate", { certificateId }),
            /^DeleteConflictException: Certificate policies must be detached/,
        );
        await sandbox.call("iot:DetachPolicy", { policyName, target });
        await sandbox.call("iot:DeleteCertificate", { certificateId });
        await sandbox.call("iot:DeletePolicy", { policyName });
        assert.deepEqual(sandbox.cloud.resources(), []);
    });

    const malformed: Array<[title: string, policyDocument: string]> = [
        ["text that is no JSON", "{"],
        ["no statement", JSON.stringify({ Version: "2012-10-17" })],
        ["an effect that is none", document().replace("Allow", "Permit")],
        ["a principal", document().replace('"Effect"', '"Principal":"*","Effect"')],
        ["more than 2048 characters", document(`iot:${"x".repeat(2048)}`)],
    ];
    for (const [title, policyDocument] of malformed) {
        it(`refuses a document with ${title}`, async () => {
            const parameters = { policyName: "other", policyDocument };
            assert.match(await sandbox.refusal("iot:CreatePolicy", parameters), /^MalformedPolicyException: /);
        });
    }

    it("refuses unknown policies, unknown targets and a second policy of one name", async () => {
        const target = `arn:aws:iot:us-east-1:123456789012:cert/${"0".repeat(64)}`;
        assert.match(await sandbox.refusal("iot:AttachPolicy", { policyName, target }), /^ResourceNotFoundException: /);
        assert.match(
            await sandbox.refusal("iot:AttachPolicy", { policyName: "other", target }),
            /^ResourceNotFoundException: Policy other/,
        );
        assert.match(
            await sandbox.refusal("iot:CreatePolicy", { policyName, policyDocument: document() }),
            /^ResourceAlreadyExistsException: /,
        );
        assert.match(
            await sandbox.refusal("iot:GetPolicy", { policyName }, { region: "eu-west-1" }),
            /^ResourceNotFoundException: /,
        );
    });
});
