import type { OperationContext, OperationsOf } from "../../context";
import { randomId } from "../../identifiers";
import type { OperationTypes } from "../../models/iam";
import { page } from "./pages";
import { policyFault } from "./policyDocuments";
import {
    describePolicy,
    describeVersion,
    findPolicy,
    findVersion,
    policies,
    putPolicy,
    summarizeVersion,
    type StoredPolicy,
} from "./policyTable";
import { quotas, refuseAbove, sizeOf } from "./quotas";
import { refusal } from "./refusals";
import { nameKey } from "./names";
import { tagSet } from "./tagSet";
import { rolesAttachedTo, rolesBoundedBy } from "./usage";

/** @throws Refusal MalformedPolicyDocumentException, LimitExceededException */
function refuseInvalid(document: string): void {
    const fault = policyFault(document, "identity");
    if (fault !== undefined) {
        throw refusal.malformedPolicy(fault);
    }
    refuseAbove("PolicySize", sizeOf(document));
}

function createPolicy(
    context: OperationContext,
    draft: Pick<StoredPolicy, "name" | "path" | "description">,
    document: string,
): StoredPolicy {
    const policy = {
        ...draft,
        id: randomId("ANPA", 17),
        arn: context.arn("iam", `policy${draft.path}${draft.name}`, { region: "" }),
        createdAt: context.now,
        versions: [{ number: 1, document, createdAt: context.now }],
        defaultVersion: 1,
        latestVersion: 1,
    };
    putPolicy(context, policy);
    return policy;
}

/** Managed policies of the account, and their versions. */
export const policyOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
    CreatePolicy: ({ PolicyName, Path = "/", PolicyDocument, Description, Tags }, context) => {
        refuseInvalid(PolicyDocument);
        if (context.table(policies).get(nameKey(PolicyName)) !== undefined) {
            throw refusal.alreadyExists(
                `A policy called ${PolicyName} already exists. Duplicate names are not allowed.`,
            );
        }
        const draft = { name: PolicyName, path: Path, description: Description };
        const policy = createPolicy(context, draft, PolicyDocument);
        tagSet.add(context, policy.arn, Tags);
        return { Policy: describePolicy(context, policy) };
    },

    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html */
    GetPolicy: ({ PolicyArn }, context) => ({ Policy: describePolicy(context, findPolicy(context, PolicyArn)) }),

    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html */
    DeletePolicy: ({ PolicyArn }, context) => {
        const policy = findPolicy(context, PolicyArn);
        const users = [...rolesAttachedTo(context, PolicyArn), ...rolesBoundedBy(context, PolicyArn)];
        if (users.length > 0) {
            throw refusal.deleteConflict("Cannot delete a policy attached to entities.");
        }
        if (policy.versions.length > 1) {
            throw refusal.deleteConflict(
                "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. " +
                    "The default version is deleted with the policy.",
            );
        }
        context.table(policies).delete(nameKey(policy.name));
        tagSet.clear(context, policy.arn);
    },

    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html */
    CreatePolicyVersion: ({ PolicyArn, PolicyDocument, SetAsDefault = false }, context) => {
        const policy = findPolicy(context, PolicyArn);
        refuseInvalid(PolicyDocument);
        if (policy.versions.length >= quotas.VersionsPerPolicy) {
            throw refusal.limitExceeded(
                `A managed policy can have up to ${quotas.VersionsPerPolicy} versions. Before you create a new version, you ` +
                    "must delete an existing version.",
            );
        }
        const number = policy.latestVersion + 1;
        const version = { number, document: PolicyDocument, createdAt: context.now };
        const changed = {
            ...policy,
            versions: [...policy.versions, version],
            latestVersion: number,
            defaultVersion: SetAsDefault ? number : policy.defaultVersion,
        };
        putPolicy(context, changed);
        return { PolicyVersion: summarizeVersion(changed, version) };
    },

    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html */
    GetPolicyVersion: ({ PolicyArn, VersionId }, context) => {
        const policy = findPolicy(context, PolicyArn);
        return { PolicyVersion: describeVersion(policy, findVersion(policy, VersionId)) };
    },

    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html */
    ListPolicyVersions: ({ PolicyArn, ...input }, context) => {
        const policy = findPolicy(context, PolicyArn);
        const { shown, more } = page(policy.versions.toReversed(), input);
        return { Versions: shown.map((version) => summarizeVersion(policy, version)), ...more };
    },

    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html */
    DeletePolicyVersion: ({ PolicyArn, VersionId }, context) => {
        const policy = findPolicy(context, PolicyArn);
        const { number } = findVersion(policy, VersionId);
        if (number === policy.defaultVersion) {
            throw refusal.deleteConflict("Cannot delete the default version of a policy.");
        }
        putPolicy(context, { ...policy, versions: policy.versions.filter((version) => version.number !== number) });
    },
};
