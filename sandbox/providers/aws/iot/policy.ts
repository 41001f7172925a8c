import { json, text } from "../../framework/properties";
import type { ApiError, Aws } from "../client";
import { defineResource } from "../resource";
import { tagList } from "../tagging";
import { missingResource } from "./missing";

/** @see https://docs.aws.amazon.com/general/latest/gr/iot-core.html#security-limits */
const maximumVersions = 5;

/** Minutes that a detached policy may take to count as detached. */
const detachmentMinutes = 0.5;

interface Version {
    readonly versionId: string;
    readonly isDefaultVersion: boolean;
}

export const policy = defineResource({
    title: "IoT Policy",
    tagging: { tagger: "iot", property: "arn" },
    properties: {
        name: text({ replaces: true, automaticName: { maximumLength: 255 } }),
        policy: json({ required: true }),
        arn: text({ readOnly: true }),
        defaultVersionId: text({ readOnly: true }),
    },
    async create(aws, inputs) {
        const { policyName } = await aws.call("iot", "CreatePolicy", {
            policyName: inputs.name,
            policyDocument: inputs.policy,
            tags: tagList(inputs.tagsAll),
        });
        return { id: policyName };
    },
    async read(aws, policyName) {
        const found = await aws.find("iot", "GetPolicy", { policyName }, missingResource);
        return (
            found && {
                name: found.policyName,
                policy: found.policyDocument,
                arn: found.policyArn,
                defaultVersionId: found.defaultVersionId,
            }
        );
    },
    async update(aws, policyName, { inputs }) {
        const versions = await otherVersions(aws, policyName);
        const [oldest] = versions;
        // The default version counts too.
        if (oldest !== undefined && versions.length + 1 >= maximumVersions) {
            await aws.call("iot", "DeletePolicyVersion", { policyName, policyVersionId: oldest.versionId });
        }
        const document = { policyName, policyDocument: inputs.policy, setAsDefault: true };
        await aws.call("iot", "CreatePolicyVersion", document);
    },
    async delete(aws, policyName) {
        for (const { versionId } of await otherVersions(aws, policyName)) {
            const version = { policyName, policyVersionId: versionId };
            await aws.find("iot", "DeletePolicyVersion", version, missingResource);
        }
        const attached = ({ code }: ApiError) => code === "DeleteConflictException";
        await aws.persist(detachmentMinutes, attached, () =>
            aws.find("iot", "DeletePolicy", { policyName }, missingResource),
        );
    },
});

/** The versions that are not the default one, the oldest first. */
async function otherVersions(aws: Aws, policyName: string): Promise<Version[]> {
    const found = await aws.find("iot", "ListPolicyVersions", { policyName }, missingResource);
    const versions: Version[] = found?.policyVersions ?? [];
    return versions
        .filter(({ isDefaultVersion }) => !isDefaultVersion)
        .sort((one, other) => Number(one.versionId) - Number(other.versionId));
}
