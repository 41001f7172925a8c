import { parseArn } from "../../../../rules/arns";
import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { OperationTypes } from "../../models/iot";
import { paginate } from "../../pagination";
import { certificates } from "./certificateTable";
import { policies } from "./policies";
import { policyAttachments } from "./policyAttachments";
import { thingGroups } from "./thingGroups";

/** Most policies on one certificate or group. @see https://docs.aws.amazon.com/general/latest/gr/iot-core.html#security-limits */
const maximumPolicies = 10;

/** An Amazon Cognito identity: `us-east-1:` and a UUID. */
const cognitoIdentity = /^[\w-]+:[0-9a-f-]+$/;

/** @throws Refusal ResourceNotFoundException where there is no such certificate or group */
function refuseUnknownTarget(context: OperationContext, target: string): void {
    const { resource = "" } = parseArn(target) ?? {};
    const [kind = "", id = ""] = resource.split("/");
    const registries = { cert: certificates, thinggroup: thingGroups };
    const registry = Object.hasOwn(registries, kind) ? registries[kind as keyof typeof registries] : undefined;
    if (registry !== undefined) {
        registry.find(context, id);
    } else if (!cognitoIdentity.test(target)) {
        throw new Refusal("InvalidRequestException", `Invalid target ${target}`);
    }
}

/** Policies on certificates, thing groups and Amazon Cognito identities. */
export const attachmentOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_AttachPolicy.html */
    AttachPolicy: ({ policyName, target }, context) => {
        policies.find(context, policyName);
        refuseUnknownTarget(context, target);
        const attached = policyAttachments.to(context, target);
        if (!attached.includes(policyName) && attached.length >= maximumPolicies) {
            throw new Refusal(
                "LimitExceededException",
                `The target ${target} already has the maximum number of policies (${maximumPolicies})`,
            );
        }
        policyAttachments.add(context, policyName, target);
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DetachPolicy.html */
    DetachPolicy: ({ policyName, target }, context) => {
        policyAttachments.delete(context, policyName, target);
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_ListAttachedPolicies.html */
    ListAttachedPolicies: ({ target, marker, pageSize = 25 }, context) => {
        refuseUnknownTarget(context, target);
        const { shown, token } = paginate(policyAttachments.to(context, target), pageSize, marker);
        return {
            policies: shown.map((name) => ({ policyName: name, policyArn: policies.get(context, name)?.arn })),
            nextMarker: token,
        };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_ListTargetsForPolicy.html */
    ListTargetsForPolicy: ({ policyName, marker, pageSize = 25 }, context) => {
        policies.find(context, policyName);
        const { shown, token } = paginate(policyAttachments.from(context, policyName), pageSize, marker);
        return { targets: shown, nextMarker: token };
    },
};
