import { matchesWildcards } from "./wildcards";

/** Kinds of resources that AWS IoT policies name, as their ARNs spell them. */
export type ResourceKind = "client" | "topic" | "topicfilter" | "thing" | "rolealias";

/**
 * What an AWS IoT policy can allow, and on which kind of resource.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/iot-policy-actions.html
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/iot-action-resources.html
 */
export const iotActions: Readonly<Record<string, ResourceKind>> = {
    "iot:Connect": "client",
    "iot:Publish": "topic",
    "iot:RetainPublish": "topic",
    "iot:GetRetainedMessage": "topic",
    "iot:Receive": "topic",
    "iot:Subscribe": "topicfilter",
    "iot:GetThingShadow": "thing",
    "iot:UpdateThingShadow": "thing",
    "iot:DeleteThingShadow": "thing",
    "iot:ListNamedShadowsForThing": "thing",
    "iot:DescribeJobExecution": "thing",
    "iot:GetPendingJobExecutions": "thing",
    "iot:StartNextPendingJobExecution": "thing",
    "iot:UpdateJobExecution": "thing",
    "iot:AssumeRoleWithCertificate": "rolealias",
};

/** Whether an action in a policy names more than one. */
export function isActionPattern(action: string): boolean {
    return /[*?]/.test(action);
}

/** The actions of {@link iotActions} that an action in a policy stands for; upper and lower case do not matter. */
export function actionsOf(action: string): readonly string[] {
    return Object.keys(iotActions).filter((name) => matchesWildcards(action.toLowerCase(), name.toLowerCase()));
}

/** A resource of a policy, taken apart. */
export interface PolicyResource {
    /** Absent where the ARN's own form leaves it open, as in `*`. */
    readonly region?: string;
    /** Absent where the resource is of any kind. */
    readonly kind?: string;
    /** What stands behind the kind: a client ID, a topic, a name. */
    readonly name: string;
}

/** Takes a resource of a policy apart; wildcards and variables may stand anywhere in it. */
export function parseResource(resource: string): PolicyResource {
    const parts = resource.split(":");
    if (parts[0] !== "arn" || parts.length < 6) {
        return { name: resource };
    }
    const region = parts[3] ?? "";
    const rest = parts.slice(5).join(":");
    const slash = rest.indexOf("/");
    const kind = slash < 0 ? rest : rest.slice(0, slash);
    const known = { region: /[*?]/.test(region) ? undefined : region };
    return /[*?]/.test(kind)
        ? { ...known, name: rest }
        : { ...known, kind, name: slash < 0 ? "" : rest.slice(slash + 1) };
}
