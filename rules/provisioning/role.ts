import type { Finding } from "../finding";
import type { Partition } from "../regions";
import { iotArn } from "./arns";
import { policyLanguageVersion, type PolicyDocument, type PolicyStatement } from "./policyDocument";

/** Where a role is used: one account, in one or more regions of one partition. */
export interface RoleScope {
    readonly account: string;
    readonly regions: readonly string[];
}

/** What templates make and touch, and so what their role may. */
export interface ProvisionedResources {
    /** What the names of all things begin with; an empty text stands for any name. */
    readonly thingNameBeginnings: readonly string[];
    readonly thingTypeNames: readonly string[];
    readonly thingGroupNames: readonly string[];
    readonly policyNames: readonly string[];
}

/**
 * Most characters of a role's inline policies together, white space left out.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const maximumRolePolicyLength = 10_240;

/**
 * Lets AWS IoT Core of this account and these regions take a role, and nobody else.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/cross-service-confused-deputy-prevention.html
 */
export function provisioningTrustPolicy({ account, regions }: RoleScope): PolicyDocument {
    return {
        Version: policyLanguageVersion,
        Statement: [
            {
                Effect: "Allow",
                Principal: { Service: "iot.amazonaws.com" },
                Action: "sts:AssumeRole",
                Condition: {
                    StringEquals: { "aws:SourceAccount": account },
                    ArnLike: { "aws:SourceArn": regions.map((region) => iotArn({ region, account }, "*")) },
                },
            },
        ],
    };
}

/**
 * The ARN of AWS's own policy for provisioning, which allows the same on every resource, and more than templates need.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSIoTThingsRegistration.html
 */
export function managedProvisioningPolicyArn(partition: Partition): string {
    return `arn:${partition}:iam::aws:policy/service-role/AWSIoTThingsRegistration`;
}

interface Grant {
    readonly actions: readonly string[];
    /** What it is about, without the part of the ARN before it; `*` for actions that IAM limits to no resource. */
    readonly resources: readonly string[];
}

/**
 * What provisioning does, action by action, and on what.
 *
 * These are the actions of AWSIoTThingsRegistration without those that the templates here have no use for: making
 * certificates and policies, detaching, and billing groups. AWS does not say which calls a template makes.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsiot.html
 */
function grants({ thingNameBeginnings, thingTypeNames, thingGroupNames, policyNames }: ProvisionedResources): Grant[] {
    const things = outermost(thingNameBeginnings).map((beginning) => `thing/${beginning}*`);
    const groups = thingGroupNames.map((name) => `thinggroup/${name}`);
    return [
        {
            actions: [
                "CreateThing",
                "DescribeThing",
                "ListThingGroupsForThing",
                "ListThingPrincipals",
                "UpdateThing",
                "UpdateThingGroupsForThing",
                ...(groups.length > 0
                    ? ["AddThingToThingGroup", "DescribeThingGroup", "RemoveThingFromThingGroup"]
                    : []),
            ],
            resources: [...things, ...groups],
        },
        { actions: ["DescribeThingType"], resources: thingTypeNames.map((name) => `thingtype/${name}`) },
        {
            actions: [
                "AttachPolicy",
                "AttachPrincipalPolicy",
                "AttachThingPrincipal",
                "DescribeCertificate",
                "ListPrincipalThings",
                "UpdateCertificate",
            ],
            resources: ["cert/*"],
        },
        { actions: ["GetPolicy", "ListTargetsForPolicy"], resources: policyNames.map((name) => `policy/${name}`) },
        {
            actions: ["ListAttachedPolicies", "ListPolicyPrincipals", "ListPrincipalPolicies", "RegisterThing"],
            resources: ["*"],
        },
    ];
}

/** What the role of provisioning may do: only what the stack's own templates need, and only on what they name. */
export function provisioningPermissions(
    { account, regions }: RoleScope,
    resources: ProvisionedResources,
): PolicyDocument {
    const arns = (names: readonly string[]): string | string[] =>
        names[0] === "*" ? "*" : regions.flatMap((region) => names.map((name) => iotArn({ region, account }, name)));
    return {
        Version: policyLanguageVersion,
        Statement: grants(resources)
            .filter(({ resources: names }) => names.length > 0)
            .map(({ actions, resources: names }): PolicyStatement => ({
                Effect: "Allow",
                Action: actions.map((action) => `iot:${action}`),
                Resource: arns(names),
            })),
    };
}

/** Beginnings that no other one begins with: `sensor-` makes `sensor-a-` superfluous. */
function outermost(beginnings: readonly string[]): string[] {
    const distinct = [...new Set(beginnings)];
    return distinct.filter((each) => !distinct.some((other) => other !== each && each.startsWith(other)));
}

/** Faults of a scope and resources whose policy would be too long for a role. */
export function permissionsLengthFindings(scope: RoleScope, resources: ProvisionedResources, path: string): Finding[] {
    const length = JSON.stringify(provisioningPermissions(scope, resources)).replace(/\s/g, "").length;
    return length <= maximumRolePolicyLength
        ? []
        : [
              {
                  rule: "provisioning-role-length",
                  severity: "high",
                  path,
                  got: `a policy of ${length} characters`,
                  expected: `at most ${maximumRolePolicyLength} characters`,
                  remedy: "name fewer thing groups, thing types or beginnings of thing names",
                  reference: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
              },
          ];
}
