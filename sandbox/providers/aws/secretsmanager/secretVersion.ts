import { flag, integer, set, text } from "../../framework/properties";
import type { Aws } from "../client";
import { defineResource } from "../resource";
import { missingSecret } from "./secret";

/** What the stage of the version in force is called; it can be moved and not taken away. */
const currentStage = "AWSCURRENT";

export const secretVersion = defineResource({
    title: "Secrets Manager Secret Version",
    appearsWithin: 2,
    properties: {
        secretId: text({ required: true, replaces: true }),
        secretString: text({ secret: true, replaces: true }),
        secretBinary: text({ secret: true, replaces: true }),
        secretStringWo: text({ secret: true, writeOnly: true }),
        secretStringWoVersion: integer({ replaces: true }),
        versionStages: set(text(), { computed: true }),
        arn: text({ readOnly: true }),
        hasSecretStringWo: flag({ readOnly: true }),
        secretArn: text({ readOnly: true }),
        versionId: text({ readOnly: true }),
    },
    relations: {
        conflicts: { secretString: ["secretBinary", "secretStringWo"], secretBinary: ["secretStringWo"] },
        needs: { secretStringWo: ["secretStringWoVersion"] },
    },
    async create(aws, inputs) {
        const { VersionId } = await aws.call("secretsmanager", "PutSecretValue", {
            SecretId: inputs.secretId,
            SecretString: inputs.secretString ?? inputs.secretStringWo,
            SecretBinary: inputs.secretBinary === undefined ? undefined : Buffer.from(inputs.secretBinary, "base64"),
            VersionStages: inputs.versionStages,
        });
        const state = { hasSecretStringWo: inputs.secretStringWo !== undefined };
        return { id: `${inputs.secretId}|${VersionId}`, state };
    },
    async read(aws, id, state) {
        const [SecretId = "", VersionId = ""] = id.split("|");
        const found = await findVersion(aws, SecretId, VersionId);
        if (found === undefined) {
            return undefined;
        }
        const binary =
            found.SecretBinary === undefined ? undefined : Buffer.from(found.SecretBinary).toString("base64");
        const values =
            state.hasSecretStringWo === true ? {} : { secretString: found.SecretString, secretBinary: binary };
        return {
            ...values,
            secretId: SecretId,
            versionStages: found.VersionStages,
            arn: found.ARN,
            hasSecretStringWo: state.hasSecretStringWo ?? false,
            secretArn: found.ARN,
            versionId: found.VersionId,
        };
    },
    async update(aws, id, { inputs, state }) {
        const [SecretId, VersionId] = id.split("|");
        const [before, after] = [state.versionStages ?? [], inputs.versionStages ?? []];
        const move = (VersionStage: string, where: object) =>
            aws.call("secretsmanager", "UpdateSecretVersionStage", { SecretId, VersionStage, ...where });
        for (const stage of after.filter((name) => !before.includes(name))) {
            await move(stage, { MoveToVersionId: VersionId });
        }
        for (const stage of before.filter((name) => !after.includes(name) && name !== currentStage)) {
            await move(stage, { RemoveFromVersionId: VersionId });
        }
    },
    async delete(aws, id, { versionStages = [] }) {
        const [SecretId, RemoveFromVersionId] = id.split("|");
        // A version without stages is deprecated, and AWS removes it in its own time.
        for (const VersionStage of versionStages.filter((name) => name !== currentStage)) {
            const request = { SecretId, VersionStage, RemoveFromVersionId };
            await aws.find("secretsmanager", "UpdateSecretVersionStage", request, missingSecret);
        }
    },
});

async function findVersion(aws: Aws, SecretId: string, VersionId: string) {
    // A secret that is about to be deleted answers with an invalid request.
    const missing = [...missingSecret, "InvalidRequestException"];
    return aws.find("secretsmanager", "GetSecretValue", { SecretId, VersionId }, missing);
}
