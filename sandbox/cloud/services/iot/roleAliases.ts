import type { OperationsOf } from "../../context";
import type { OperationTypes } from "../../models/iot";
import { paginate } from "../../pagination";
import { refuseRole } from "./roles";
import { Registry, type Dated } from "./registry";
import { tagSet } from "./tags";

interface StoredRoleAlias extends Dated {
    readonly name: string;
    readonly arn: string;
    readonly roleArn: string;
    readonly credentialDurationSeconds: number;
}

const roleAliases = new Registry<StoredRoleAlias>("roleAlias", "Role alias");

/** Role aliases: names of roles that devices can assume. */
export const roleAliasOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreateRoleAlias.html */
    CreateRoleAlias: ({ roleAlias, roleArn, credentialDurationSeconds = 3600, tags }, context) => {
        refuseRole(roleArn);
        const arn = context.arn("iot", `rolealias/${roleAlias}`);
        const dates = { createdAt: context.now, modifiedAt: context.now };
        roleAliases.add(context, roleAlias, { name: roleAlias, arn, roleArn, credentialDurationSeconds, ...dates });
        tagSet.add(context, arn, tags);
        return { roleAlias, roleAliasArn: arn };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DescribeRoleAlias.html */
    DescribeRoleAlias: ({ roleAlias }, context) => {
        const { arn, roleArn, credentialDurationSeconds, createdAt, modifiedAt } = roleAliases.find(context, roleAlias);
        return {
            roleAliasDescription: {
                roleAlias,
                roleAliasArn: arn,
                roleArn,
                owner: context.account,
                credentialDurationSeconds,
                creationDate: new Date(createdAt),
                lastModifiedDate: new Date(modifiedAt),
            },
        };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_ListRoleAliases.html */
    ListRoleAliases: ({ pageSize = 25, marker }, context) => {
        const { shown, token } = paginate(roleAliases.list(context), pageSize, marker);
        return { roleAliases: shown.map(({ name }) => name), nextMarker: token };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_UpdateRoleAlias.html */
    UpdateRoleAlias: ({ roleAlias, roleArn, credentialDurationSeconds }, context) => {
        const existing = roleAliases.find(context, roleAlias);
        refuseRole(roleArn ?? existing.roleArn);
        roleAliases.put(context, roleAlias, {
            ...existing,
            roleArn: roleArn ?? existing.roleArn,
            credentialDurationSeconds: credentialDurationSeconds ?? existing.credentialDurationSeconds,
            modifiedAt: context.now,
        });
        return { roleAlias, roleAliasArn: existing.arn };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DeleteRoleAlias.html */
    DeleteRoleAlias: ({ roleAlias }, context) => {
        const { arn } = roleAliases.find(context, roleAlias);
        roleAliases.delete(context, roleAlias);
        tagSet.clear(context, arn);
        return {};
    },
};
