import { parseArn } from "../../../../rules/arns";
import type { OperationContext } from "../../context";
import type { Policy, PolicyVersion } from "../../models/iam";
import { defineTable } from "../../tables";
import { encodeDocument } from "./encoding";
import { refusal } from "./refusals";
import { nameKey } from "./names";
import { tagSet } from "./tagSet";
import { rolesAttachedTo, rolesBoundedBy } from "./usage";

/** A version of a managed policy. */
export interface StoredVersion {
    /** Counted from 1; numbers are never used again. */
    readonly number: number;
    readonly document: string;
    readonly createdAt: number;
}

/** A managed policy of the account as it is kept. */
export interface StoredPolicy {
    readonly name: string;
    readonly id: string;
    readonly arn: string;
    readonly path: string;
    readonly description?: string;
    readonly createdAt: number;
    /** The oldest first. */
    readonly versions: readonly StoredVersion[];
    readonly defaultVersion: number;
    readonly latestVersion: number;
}

export const policies = defineTable<StoredPolicy>("iam", "policy");

/** Whether an ARN is that of a policy which AWS manages itself. @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html */
export function isManagedByAws(policyArn: string): boolean {
    const arn = parseArn(policyArn);
    return arn?.service === "iam" && arn.account === "aws" && arn.resource.startsWith("policy/");
}

/** The name at the end of a policy's ARN. */
export function policyName(policyArn: string): string {
    return policyArn.split("/").at(-1) ?? "";
}

/** The account's own managed policy of that ARN. @throws Refusal NoSuchEntityException */
export function findPolicy(context: OperationContext, policyArn: string): StoredPolicy {
    const policy = context.table(policies).get(nameKey(policyName(policyArn)));
    if (policy?.arn !== policyArn) {
        throw refusal.noSuchEntity(`Policy ${policyArn} was not found.`);
    }
    return policy;
}

/**
 * Whether a policy can be attached.
 *
 * AWS has more than a thousand policies of its own, and adds some each week; any that is well named counts as one of them.
 */
export function isAttachable(context: OperationContext, policyArn: string): boolean {
    return isManagedByAws(policyArn) || context.table(policies).get(nameKey(policyName(policyArn)))?.arn === policyArn;
}

/** Keeps a policy, new or changed. */
export function putPolicy(context: OperationContext, policy: StoredPolicy): void {
    context.table(policies).put(nameKey(policy.name), policy);
}

/** The version by IAM's name of it, such as `v1`. @throws Refusal NoSuchEntityException */
export function findVersion(policy: StoredPolicy, versionId: string): StoredVersion {
    const version = policy.versions.find(({ number }) => `v${number}` === versionId);
    if (version === undefined) {
        throw refusal.noSuchEntity(`Policy ${policy.arn} version ${versionId} does not exist or is not attachable.`);
    }
    return version;
}

/** A version without its document. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyVersion.html */
export function summarizeVersion(policy: StoredPolicy, { number, createdAt }: StoredVersion): PolicyVersion {
    return {
        VersionId: `v${number}`,
        IsDefaultVersion: number === policy.defaultVersion,
        CreateDate: new Date(createdAt),
    };
}

/** A version with its document. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html */
export function describeVersion(policy: StoredPolicy, version: StoredVersion): PolicyVersion {
    return { ...summarizeVersion(policy, version), Document: encodeDocument(version.document) };
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_Policy.html */
export function describePolicy(context: OperationContext, policy: StoredPolicy): Policy {
    return {
        PolicyName: policy.name,
        PolicyId: policy.id,
        Arn: policy.arn,
        Path: policy.path,
        DefaultVersionId: `v${policy.defaultVersion}`,
        AttachmentCount: rolesAttachedTo(context, policy.arn).length,
        PermissionsBoundaryUsageCount: rolesBoundedBy(context, policy.arn).length,
        IsAttachable: true,
        Description: policy.description,
        CreateDate: new Date(policy.createdAt),
        UpdateDate: new Date(policy.versions.at(-1)?.createdAt ?? policy.createdAt),
        Tags: tagSet.list(context, policy.arn),
    };
}
