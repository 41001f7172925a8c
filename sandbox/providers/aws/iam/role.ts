import { block, flag, integer, json, set, text, type Inputs } from "../../framework/properties";
import type { Aws } from "../client";
import { defineResource } from "../resource";
import { tagList } from "../tagging";
import { formatTime } from "../times";
import { arnFault } from "../validation";
import { decodeDocument, missingEntity } from "./policyDocuments";

const properties = {
    name: text({ replaces: true, automaticName: { maximumLength: 64 } }),
    namePrefix: text({ replaces: true, computed: true }),
    assumeRolePolicy: json({ required: true }),
    description: text(),
    forceDetachPolicies: flag({ default: false }),
    inlinePolicies: set(block({ name: text({ required: true }), policy: json() }), { computed: true }),
    managedPolicyArns: set(text({ refuse: arnFault }), { computed: true }),
    maxSessionDuration: integer({ default: 3600 }),
    path: text({ default: "/", replaces: true }),
    permissionsBoundary: text({ refuse: arnFault }),
    arn: text({ readOnly: true }),
    createDate: text({ readOnly: true }),
    uniqueId: text({ readOnly: true }),
};

type RoleInputs = Inputs<typeof properties>;
type InlinePolicy = NonNullable<RoleInputs["inlinePolicies"]>[number];

export const role = defineResource({
    title: "IAM Role",
    appearsWithin: 2,
    scope: "global",
    tagging: { tagger: "iamRole" },
    properties,
    relations: { conflicts: { name: ["namePrefix"] } },
    async create(aws, inputs) {
        const { Role } = await aws.call("iam", "CreateRole", {
            RoleName: inputs.name,
            Path: inputs.path,
            AssumeRolePolicyDocument: inputs.assumeRolePolicy,
            Description: inputs.description,
            MaxSessionDuration: inputs.maxSessionDuration,
            PermissionsBoundary: inputs.permissionsBoundary,
            Tags: tagList(inputs.tagsAll),
        });
        return { id: Role.RoleName };
    },
    async settle(aws, RoleName, inputs) {
        await putInlinePolicies(aws, RoleName, inputs.inlinePolicies ?? []);
        await attachPolicies(aws, RoleName, inputs.managedPolicyArns ?? []);
    },
    async read(aws, RoleName, state) {
        const found = await aws.find("iam", "GetRole", { RoleName }, missingEntity);
        if (found === undefined) {
            return undefined;
        }
        const { Role } = found;
        return {
            name: Role.RoleName,
            namePrefix: "",
            path: Role.Path,
            assumeRolePolicy: decodeDocument(Role.AssumeRolePolicyDocument),
            description: Role.Description ?? "",
            forceDetachPolicies: state.forceDetachPolicies ?? false,
            inlinePolicies: await inlinePolicies(aws, RoleName),
            managedPolicyArns: await attachedPolicies(aws, RoleName),
            maxSessionDuration: Role.MaxSessionDuration ?? 3600,
            permissionsBoundary: Role.PermissionsBoundary?.PermissionsBoundaryArn,
            arn: Role.Arn,
            createDate: formatTime(Role.CreateDate) ?? "",
            uniqueId: Role.RoleId,
        };
    },
    async update(aws, RoleName, { inputs, state, changed }) {
        if (changed("assumeRolePolicy")) {
            const PolicyDocument = inputs.assumeRolePolicy;
            await aws.call("iam", "UpdateAssumeRolePolicy", { RoleName, PolicyDocument });
        }
        if (changed("description", "maxSessionDuration")) {
            const { description: Description = "", maxSessionDuration: MaxSessionDuration } = inputs;
            await aws.call("iam", "UpdateRole", { RoleName, Description, MaxSessionDuration });
        }
        if (changed("permissionsBoundary")) {
            const { permissionsBoundary: PermissionsBoundary } = inputs;
            await (PermissionsBoundary === undefined
                ? aws.call("iam", "DeleteRolePermissionsBoundary", { RoleName })
                : aws.call("iam", "PutRolePermissionsBoundary", { RoleName, PermissionsBoundary }));
        }
        if (changed("inlinePolicies")) {
            const kept = new Set((inputs.inlinePolicies ?? []).map(({ name }) => name));
            const gone = (state.inlinePolicies ?? []).filter(({ name }) => !kept.has(name));
            await deleteInlinePolicies(aws, RoleName, gone);
            await putInlinePolicies(aws, RoleName, inputs.inlinePolicies ?? []);
        }
        if (changed("managedPolicyArns")) {
            const [before, after] = [state.managedPolicyArns ?? [], inputs.managedPolicyArns ?? []];
            await detachPolicies(
                aws,
                RoleName,
                before.filter((arn) => !after.includes(arn)),
            );
            await attachPolicies(
                aws,
                RoleName,
                after.filter((arn) => !before.includes(arn)),
            );
        }
    },
    async delete(aws, RoleName, state) {
        if (state.forceDetachPolicies === true) {
            await detachPolicies(aws, RoleName, await attachedPolicies(aws, RoleName));
            await deleteInlinePolicies(aws, RoleName, await inlinePolicies(aws, RoleName));
        }
        await aws.find("iam", "DeleteRole", { RoleName }, missingEntity);
    },
});

async function attachedPolicies(aws: Aws, RoleName: string): Promise<string[]> {
    const { AttachedPolicies = [] } = await aws.call("iam", "ListAttachedRolePolicies", { RoleName });
    return AttachedPolicies.map(({ PolicyArn }: { PolicyArn: string }) => PolicyArn);
}

async function inlinePolicies(aws: Aws, RoleName: string): Promise<InlinePolicy[]> {
    const { PolicyNames = [] } = await aws.call("iam", "ListRolePolicies", { RoleName });
    const found: InlinePolicy[] = [];
    for (const PolicyName of PolicyNames) {
        const { PolicyDocument } = await aws.call("iam", "GetRolePolicy", { RoleName, PolicyName });
        found.push({ name: PolicyName, policy: decodeDocument(PolicyDocument) });
    }
    return found;
}

async function putInlinePolicies(aws: Aws, RoleName: string, policies: readonly InlinePolicy[]): Promise<void> {
    for (const { name: PolicyName, policy: PolicyDocument } of policies) {
        await aws.call("iam", "PutRolePolicy", { RoleName, PolicyName, PolicyDocument });
    }
}

async function deleteInlinePolicies(aws: Aws, RoleName: string, policies: readonly InlinePolicy[]): Promise<void> {
    for (const { name: PolicyName } of policies) {
        await aws.find("iam", "DeleteRolePolicy", { RoleName, PolicyName }, missingEntity);
    }
}

async function attachPolicies(aws: Aws, RoleName: string, arns: readonly string[]): Promise<void> {
    for (const PolicyArn of arns) {
        await aws.call("iam", "AttachRolePolicy", { RoleName, PolicyArn });
    }
}

async function detachPolicies(aws: Aws, RoleName: string, arns: readonly string[]): Promise<void> {
    for (const PolicyArn of arns) {
        await aws.find("iam", "DetachRolePolicy", { RoleName, PolicyArn }, missingEntity);
    }
}
