import { randomUUID } from "node:crypto";
import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { OperationTypes } from "../../models/iot";
import { paginate } from "../../pagination";
import { policyFault } from "../iam/policyDocuments";
import { policyAttachments } from "./policyAttachments";
import { Registry, type Dated } from "./registry";
import { tagSet } from "./tags";

interface PolicyVersion {
    readonly id: string;
    readonly document: string;
    readonly createdAt: number;
}

interface StoredPolicy extends Dated {
    readonly name: string;
    readonly arn: string;
    readonly versions: readonly PolicyVersion[];
    readonly defaultVersionId: string;
    /** The number of the version that was made last. */
    readonly latest: number;
    readonly generationId: string;
}

/** Policies by their names. */
export const policies = new Registry<StoredPolicy>("policy", "Policy");

/** @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreatePolicyVersion.html */
const maximumVersions = 5;

/** Characters without white space. @see https://docs.aws.amazon.com/general/latest/gr/iot-core.html#security-limits */
const maximumDocumentLength = 2048;

function refuseDocument(document: string): void {
    const length = document.replace(/\s/g, "").length;
    const fault =
        policyFault(document, "identity") ??
        (length > maximumDocumentLength
            ? `Policy length of ${length} is more than the ${maximumDocumentLength} allowed`
            : undefined);
    if (fault !== undefined) {
        throw new Refusal("MalformedPolicyException", fault);
    }
}

function findVersion(policy: StoredPolicy, id: string): PolicyVersion {
    const version = policy.versions.find((candidate) => candidate.id === id);
    if (version === undefined) {
        throw new Refusal("ResourceNotFoundException", `Policy version ${id} of ${policy.name} not found.`);
    }
    return version;
}

/** The document that is in force. */
export function defaultDocument(policy: StoredPolicy): string {
    return findVersion(policy, policy.defaultVersionId).document;
}

function put(context: OperationContext, policy: StoredPolicy): void {
    policies.put(context, policy.name, { ...policy, modifiedAt: context.now, generationId: randomUUID() });
}

/** Policies and their versions. */
export const policyOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreatePolicy.html */
    CreatePolicy: ({ policyName, policyDocument, tags }, context) => {
        refuseDocument(policyDocument);
        const arn = context.arn("iot", `policy/${policyName}`);
        const version = { id: "1", document: policyDocument, createdAt: context.now };
        policies.add(context, policyName, {
            name: policyName,
            arn,
            versions: [version],
            defaultVersionId: version.id,
            latest: 1,
            generationId: randomUUID(),
            createdAt: context.now,
            modifiedAt: context.now,
        });
        tagSet.add(context, arn, tags);
        return { policyName, policyArn: arn, policyDocument, policyVersionId: version.id };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_GetPolicy.html */
    GetPolicy: ({ policyName }, context) => {
        const policy = policies.find(context, policyName);
        return {
            policyName,
            policyArn: policy.arn,
            policyDocument: defaultDocument(policy),
            defaultVersionId: policy.defaultVersionId,
            creationDate: new Date(policy.createdAt),
            lastModifiedDate: new Date(policy.modifiedAt),
            generationId: policy.generationId,
        };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_ListPolicies.html */
    ListPolicies: ({ marker, pageSize = 25 }, context) => {
        const { shown, token } = paginate(policies.list(context), pageSize, marker);
        return { policies: shown.map(({ name, arn }) => ({ policyName: name, policyArn: arn })), nextMarker: token };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreatePolicyVersion.html */
    CreatePolicyVersion: ({ policyName, policyDocument, setAsDefault = false }, context) => {
        const policy = policies.find(context, policyName);
        refuseDocument(policyDocument);
        if (policy.versions.length >= maximumVersions) {
            throw new Refusal(
                "VersionsLimitExceededException",
                `The policy ${policyName} already has the maximum number of versions (${maximumVersions})`,
            );
        }
        const latest = policy.latest + 1;
        const version = { id: String(latest), document: policyDocument, createdAt: context.now };
        const defaultVersionId = setAsDefault ? version.id : policy.defaultVersionId;
        put(context, { ...policy, latest, defaultVersionId, versions: [...policy.versions, version] });
        return {
            policyArn: policy.arn,
            policyDocument,
            policyVersionId: version.id,
            isDefaultVersion: setAsDefault,
        };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_GetPolicyVersion.html */
    GetPolicyVersion: ({ policyName, policyVersionId }, context) => {
        const policy = policies.find(context, policyName);
        const version = findVersion(policy, policyVersionId);
        return {
            policyArn: policy.arn,
            policyName,
            policyDocument: version.document,
            policyVersionId,
            isDefaultVersion: policy.defaultVersionId === policyVersionId,
            creationDate: new Date(version.createdAt),
            lastModifiedDate: new Date(policy.modifiedAt),
            generationId: policy.generationId,
        };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_ListPolicyVersions.html */
    ListPolicyVersions: ({ policyName }, context) => {
        const policy = policies.find(context, policyName);
        return {
            policyVersions: policy.versions.map(({ id, createdAt }) => ({
                versionId: id,
                isDefaultVersion: id === policy.defaultVersionId,
                createDate: new Date(createdAt),
            })),
        };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_SetDefaultPolicyVersion.html */
    SetDefaultPolicyVersion: ({ policyName, policyVersionId }, context) => {
        const policy = policies.find(context, policyName);
        put(context, { ...policy, defaultVersionId: findVersion(policy, policyVersionId).id });
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DeletePolicyVersion.html */
    DeletePolicyVersion: ({ policyName, policyVersionId }, context) => {
        const policy = policies.find(context, policyName);
        const version = findVersion(policy, policyVersionId);
        if (version.id === policy.defaultVersionId) {
            throw new Refusal(
                "DeleteConflictException",
                `Cannot delete the default version ${policyVersionId} of the policy ${policyName}`,
            );
        }
        put(context, { ...policy, versions: policy.versions.filter((other) => other !== version) });
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DeletePolicy.html */
    DeletePolicy: ({ policyName }, context) => {
        const policy = policies.find(context, policyName);
        if (policy.versions.length > 1) {
            throw new Refusal(
                "DeleteConflictException",
                `Cannot delete the policy because it has one or more policy versions attached to it (name=${policyName})`,
            );
        }
        if (policyAttachments.from(context, policyName).length > 0) {
            throw new Refusal(
                "DeleteConflictException",
                `The policy cannot be deleted as the policy is attached to one or more principals (name=${policyName})`,
            );
        }
        policies.delete(context, policyName);
        tagSet.clear(context, policy.arn);
    },
};
