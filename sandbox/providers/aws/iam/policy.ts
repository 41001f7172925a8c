import { integer, json, text } from "../../framework/properties";
import type { Aws } from "../client";
import { defineResource } from "../resource";
import { tagList } from "../tagging";
import { decodeDocument, missingEntity } from "./policyDocuments";

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const maximumVersions = 5;

interface Version {
    readonly VersionId: string;
    readonly IsDefaultVersion: boolean;
    readonly CreateDate?: Date;
}

export const policy = defineResource({
    title: "IAM Policy",
    appearsWithin: 2,
    scope: "global",
    tagging: { tagger: "iamPolicy" },
    properties: {
        name: text({ replaces: true, automaticName: { maximumLength: 255 } }),
        namePrefix: text({ replaces: true, computed: true }),
        delayAfterPolicyCreationInMs: integer(),
        description: text({ replaces: true }),
        path: text({ default: "/", replaces: true }),
        policy: json({ required: true }),
        arn: text({ readOnly: true }),
        attachmentCount: integer({ readOnly: true }),
        policyId: text({ readOnly: true }),
    },
    relations: { conflicts: { name: ["namePrefix"] } },
    async create(aws, inputs) {
        const { Policy } = await aws.call("iam", "CreatePolicy", {
            PolicyName: inputs.name,
            Path: inputs.path,
            Description: inputs.description,
            PolicyDocument: inputs.policy,
            Tags: tagList(inputs.tagsAll),
        });
        return { id: Policy.Arn };
    },
    async read(aws, PolicyArn) {
        const found = await aws.find("iam", "GetPolicy", { PolicyArn }, missingEntity);
        if (found === undefined) {
            return undefined;
        }
        const { Policy } = found;
        const VersionId = Policy.DefaultVersionId;
        const { PolicyVersion } = await aws.call("iam", "GetPolicyVersion", { PolicyArn, VersionId });
        return {
            name: Policy.PolicyName,
            namePrefix: "",
            description: Policy.Description ?? "",
            path: Policy.Path,
            policy: decodeDocument(PolicyVersion.Document),
            arn: Policy.Arn,
            attachmentCount: Policy.AttachmentCount ?? 0,
            policyId: Policy.PolicyId,
        };
    },
    async update(aws, PolicyArn, { inputs, changed }) {
        if (!changed("policy")) {
            return;
        }
        const versions = await otherVersions(aws, PolicyArn);
        const [oldest] = versions;
        // The default version counts too.
        if (oldest !== undefined && versions.length + 1 >= maximumVersions) {
            await aws.call("iam", "DeletePolicyVersion", { PolicyArn, VersionId: oldest.VersionId });
        }
        const document = { PolicyArn, PolicyDocument: inputs.policy, SetAsDefault: true };
        await aws.call("iam", "CreatePolicyVersion", document);
    },
    async delete(aws, PolicyArn) {
        for (const { VersionId } of await otherVersions(aws, PolicyArn)) {
            await aws.find("iam", "DeletePolicyVersion", { PolicyArn, VersionId }, missingEntity);
        }
        await aws.find("iam", "DeletePolicy", { PolicyArn }, missingEntity);
    },
});

/** The versions that are not the default one, the oldest first. */
async function otherVersions(aws: Aws, PolicyArn: string): Promise<Version[]> {
    const found = await aws.find("iam", "ListPolicyVersions", { PolicyArn }, missingEntity);
    const versions: Version[] = found?.Versions ?? [];
    const age = ({ VersionId }: Version) => Number(VersionId.replace("v", ""));
    return versions.filter(({ IsDefaultVersion }) => !IsDefaultVersion).sort((one, other) => age(one) - age(other));
}
