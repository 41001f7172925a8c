import { integer, text } from "../../framework/properties";
import { defineResource } from "../resource";
import { tagList } from "../tagging";
import { arnFault } from "../validation";
import { missingResource } from "./missing";

export const roleAlias = defineResource({
    title: "IoT Role Alias",
    tagging: { tagger: "iot", property: "arn" },
    properties: {
        alias: text({ required: true, replaces: true }),
        credentialDuration: integer({ default: 3600 }),
        roleArn: text({ required: true, refuse: arnFault }),
        arn: text({ readOnly: true }),
    },
    async create(aws, inputs) {
        const { roleAlias: id } = await aws.call("iot", "CreateRoleAlias", {
            roleAlias: inputs.alias,
            roleArn: inputs.roleArn,
            credentialDurationSeconds: inputs.credentialDuration,
            tags: tagList(inputs.tagsAll),
        });
        return { id };
    },
    async read(aws, alias) {
        const found = await aws.find("iot", "DescribeRoleAlias", { roleAlias: alias }, missingResource);
        const described = found?.roleAliasDescription;
        return (
            described && {
                alias: described.roleAlias,
                credentialDuration: described.credentialDurationSeconds,
                roleArn: described.roleArn,
                arn: described.roleAliasArn,
            }
        );
    },
    async update(aws, alias, { inputs }) {
        await aws.call("iot", "UpdateRoleAlias", {
            roleAlias: alias,
            roleArn: inputs.roleArn,
            credentialDurationSeconds: inputs.credentialDuration,
        });
    },
    async delete(aws, alias) {
        await aws.find("iot", "DeleteRoleAlias", { roleAlias: alias }, missingResource);
    },
});
