import { text } from "../../framework/properties";
import { defineResource } from "../resource";
import { arnFault } from "../validation";
import { missingEntity } from "./policyDocuments";

export const rolePolicyAttachment = defineResource({
    title: "IAM Role Policy Attachment",
    appearsWithin: 2,
    scope: "global",
    // A new attachment would be the very one that the deletion of the old takes away.
    deleteBeforeReplace: true,
    properties: {
        policyArn: text({ required: true, replaces: true, refuse: arnFault }),
        role: text({ required: true, replaces: true }),
    },
    async create(aws, { policyArn, role }) {
        await aws.call("iam", "AttachRolePolicy", { RoleName: role, PolicyArn: policyArn });
        return { id: `${role}/${policyArn}` };
    },
    async read(aws, id) {
        const { role, policyArn } = parseId(id);
        const found = await aws.find("iam", "ListAttachedRolePolicies", { RoleName: role }, missingEntity);
        const attached: Array<{ PolicyArn: string }> = found?.AttachedPolicies ?? [];
        return attached.some(({ PolicyArn }) => PolicyArn === policyArn) ? { role, policyArn } : undefined;
    },
    async delete(aws, id) {
        const { role, policyArn } = parseId(id);
        await aws.find("iam", "DetachRolePolicy", { RoleName: role, PolicyArn: policyArn }, missingEntity);
    },
});

function parseId(id: string): { role: string; policyArn: string } {
    const end = id.indexOf("/");
    if (end < 0) {
        throw new Error(`unexpected format of ID (${id}), expected <role-name>/<policy_arn>`);
    }
    return { role: id.slice(0, end), policyArn: id.slice(end + 1) };
}
