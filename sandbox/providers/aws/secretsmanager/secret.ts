import { block, flag, integer, json, set, text } from "../../framework/properties";
import { defineResource } from "../resource";
import { tagList } from "../tagging";

/** How Secrets Manager says that there is none. */
export const missingSecret = ["ResourceNotFoundException"];

export const secret = defineResource({
    title: "Secrets Manager Secret",
    appearsWithin: 2,
    tagging: { tagger: "secretsManager" },
    properties: {
        name: text({ replaces: true, automaticName: { maximumLength: 255 } }),
        namePrefix: text({ replaces: true, computed: true }),
        description: text(),
        forceOverwriteReplicaSecret: flag({ default: false }),
        kmsKeyId: text(),
        policy: json({ computed: true }),
        recoveryWindowInDays: integer({ default: 30, refuse: windowFault }),
        replicas: set(block({ region: text({ required: true }), kmsKeyId: text({ computed: true }) }), {
            computed: true,
        }),
        type: text({ replaces: true }),
        arn: text({ readOnly: true }),
    },
    relations: { conflicts: { name: ["namePrefix"] } },
    async create(aws, inputs) {
        const { ARN } = await aws.call("secretsmanager", "CreateSecret", {
            Name: inputs.name,
            Description: inputs.description,
            KmsKeyId: inputs.kmsKeyId,
            ForceOverwriteReplicaSecret: inputs.forceOverwriteReplicaSecret ? true : undefined,
            AddReplicaRegions: inputs.replicas?.map(({ region, kmsKeyId }) => ({ Region: region, KmsKeyId: kmsKeyId })),
            Tags: tagList(inputs.tagsAll),
        });
        return { id: ARN };
    },
    async settle(aws, SecretId, { policy }) {
        if (policy !== undefined && policy !== "") {
            await aws.call("secretsmanager", "PutResourcePolicy", { SecretId, ResourcePolicy: policy });
        }
    },
    async read(aws, SecretId, state) {
        const found = await aws.find("secretsmanager", "DescribeSecret", { SecretId }, missingSecret);
        if (found === undefined || found.DeletedDate !== undefined) {
            return undefined;
        }
        const { ResourcePolicy } = await aws.call("secretsmanager", "GetResourcePolicy", { SecretId });
        const replicas: Array<{ Region: string; KmsKeyId?: string }> = found.ReplicationStatus ?? [];
        return {
            name: found.Name,
            namePrefix: "",
            description: found.Description ?? "",
            forceOverwriteReplicaSecret: state.forceOverwriteReplicaSecret ?? false,
            kmsKeyId: found.KmsKeyId ?? "",
            policy: ResourcePolicy ?? "",
            recoveryWindowInDays: state.recoveryWindowInDays ?? 30,
            replicas: replicas.map(({ Region, KmsKeyId }) => ({ region: Region, kmsKeyId: KmsKeyId })),
            arn: found.ARN,
        };
    },
    async update(aws, SecretId, { inputs, changed }) {
        if (changed("description", "kmsKeyId")) {
            const { description: Description = "", kmsKeyId: KmsKeyId } = inputs;
            await aws.call("secretsmanager", "UpdateSecret", { SecretId, Description, KmsKeyId });
        }
        if (changed("policy")) {
            const { policy: ResourcePolicy } = inputs;
            await (ResourcePolicy === undefined || ResourcePolicy === ""
                ? aws.call("secretsmanager", "DeleteResourcePolicy", { SecretId })
                : aws.call("secretsmanager", "PutResourcePolicy", { SecretId, ResourcePolicy }));
        }
    },
    async delete(aws, SecretId, state) {
        const days = state.recoveryWindowInDays ?? 30;
        const how = days === 0 ? { ForceDeleteWithoutRecovery: true } : { RecoveryWindowInDays: days };
        await aws.find("secretsmanager", "DeleteSecret", { SecretId, ...how }, missingSecret);
    },
});

function windowFault(days: number): string | undefined {
    return days === 0 || (days >= 7 && days <= 30) ? undefined : "must be 0 or between 7 and 30";
}
