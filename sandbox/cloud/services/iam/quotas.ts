import { refusal } from "./refusals";

/**
 * How much IAM takes where nobody has asked for more: characters of documents, and counts.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const quotas = {
    /** Characters of a role's trust policy. */
    ACLSizePerRole: 2048,
    /** Characters of one managed policy. */
    PolicySize: 6144,
    /** Characters of all inline policies of one role together. */
    InlinePoliciesPerRole: 10_240,
    /** Managed policies attached to one role. */
    PoliciesPerRole: 10,
    /** Versions of one managed policy. */
    VersionsPerPolicy: 5,
} as const;

/** The size of a policy document as IAM counts it: without white space. */
export function sizeOf(document: string): number {
    return document.replace(/\s/g, "").length;
}

/** @throws Refusal LimitExceededException */
export function refuseAbove(quota: "ACLSizePerRole" | "PolicySize" | "PoliciesPerRole", amount: number): void {
    if (amount > quotas[quota]) {
        throw refusal.limitExceeded(`Cannot exceed quota for ${quota}: ${quotas[quota]}`);
    }
}
