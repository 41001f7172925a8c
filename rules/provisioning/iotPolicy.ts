import type { Finding } from "../finding";
import { claimPolicyFindings, isClaimPolicy } from "./claimPolicy";
import { devicePolicyFindings } from "./devicePolicyFindings";
import { readPolicyDocument } from "./policyDocument";

/**
 * Everything that is wrong with an AWS IoT policy: its form, its size, its regions, and what it lets a device do.
 *
 * A policy that names topics of provisioning is judged as one for claims, any other as one for devices.
 *
 * @param document JSON text, or the object that it stands for.
 * @param region The region in which the policy is, if it is known.
 */
export function iotPolicyFindings(document: unknown, path: string, region?: string): Finding[] {
    const read = readPolicyDocument(document, path);
    if (read.document === undefined) {
        return [...read.findings];
    }
    const judge = isClaimPolicy(read.document) ? claimPolicyFindings : devicePolicyFindings;
    return [...read.findings, ...judge(read.document, path, region)];
}
