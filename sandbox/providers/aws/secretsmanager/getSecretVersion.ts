import { text } from "../../framework/properties";
import { Secret } from "../../framework/values";
import { defineFunction } from "../resource";
import { formatTime } from "../times";

export const getSecretVersion = defineFunction({
    properties: {
        secretId: text({ required: true }),
        versionId: text(),
        versionStage: text({ default: "AWSCURRENT" }),
    },
    async call(aws, { secretId, versionId, versionStage }) {
        const found = await aws.call("secretsmanager", "GetSecretValue", {
            SecretId: secretId,
            VersionId: versionId,
            VersionStage: versionId === undefined ? versionStage : undefined,
        });
        const binary = found.SecretBinary === undefined ? "" : Buffer.from(found.SecretBinary).toString("base64");
        return {
            id: `${secretId}|${found.VersionId}`,
            secretId,
            arn: found.ARN,
            secretArn: found.ARN,
            createdDate: formatTime(found.CreatedDate) ?? "",
            secretString: new Secret(found.SecretString ?? ""),
            secretBinary: new Secret(binary),
            versionId: found.VersionId,
            versionStage,
            versionStages: found.VersionStages ?? [],
        };
    },
});
