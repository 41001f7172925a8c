import { json, text } from "../../framework/properties";
import { defineResource } from "../resource";
import { decodeDocument, missingEntity } from "./policyDocuments";

/** A policy that belongs to one role. */
export const rolePolicy = defineResource({
    title: "IAM Role Policy",
    appearsWithin: 2,
    scope: "global",
    properties: {
        name: text({ replaces: true, automaticName: { maximumLength: 255 } }),
        namePrefix: text({ replaces: true, computed: true }),
        policy: json({ required: true }),
        role: text({ required: true, replaces: true }),
    },
    relations: { conflicts: { name: ["namePrefix"] } },
    async create(aws, { name, role, policy }) {
        await aws.call("iam", "PutRolePolicy", { RoleName: role, PolicyName: name, PolicyDocument: policy });
        return { id: `${role}:${name}` };
    },
    async read(aws, id) {
        const [RoleName = "", PolicyName = ""] = id.split(":");
        const found = await aws.find("iam", "GetRolePolicy", { RoleName, PolicyName }, missingEntity);
        const policy = decodeDocument(found?.PolicyDocument);
        return found && { name: PolicyName, namePrefix: "", role: RoleName, policy };
    },
    async update(aws, id, { inputs }) {
        const [RoleName, PolicyName] = id.split(":");
        await aws.call("iam", "PutRolePolicy", { RoleName, PolicyName, PolicyDocument: inputs.policy });
    },
    async delete(aws, id) {
        const [RoleName, PolicyName] = id.split(":");
        await aws.find("iam", "DeleteRolePolicy", { RoleName, PolicyName }, missingEntity);
    },
});
