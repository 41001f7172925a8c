import { allowStatements, asList } from "../../rules/provisioning/policyDocument";
import { provisioningRole, provisioningTemplate } from "../examples";
import type { ResourceView, StackView } from "../framework/resources";
import { defineRule, type StackFault } from "../framework/rule";
import { isProperties, isUnknown, knownTextAt, listAt, quote, type Properties, type Value } from "../framework/values";
import { nist } from "../frameworks";
import { policyDocumentAt } from "../policyDocuments";
import { resourceTypes } from "../resourceTypes";

/** Provisioning may do what it has to, and no more. */
export const provisioningRolePermissions = defineRule({
    name: "provisioning-role-permissions",
    title: "Permissions of a provisioning role",
    description: "The role of a provisioning template has no permissions beyond provisioning.",
    rationale: "Devices steer what a template does through its parameters, so its role is within their reach.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/provision-template.html",
    frameworks: [...nist("AC-6")],
    remediation: {
        code: 'new aws.iam.RolePolicyAttachment("provisioning", { role, policyArn: "arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration" })',
        cli: "aws iam detach-role-policy --role-name ROLE --policy-arn ARN",
        console: "IAM > Roles > the role > Permissions",
    },
    examples: {
        compliant: [
            provisioningTemplate(),
            provisioningRole(),
            attachment("service-role/AWSIoTThingsRegistration"),
            inlinePolicy(),
        ],
        violating: [provisioningTemplate(), provisioningRole(), attachment("AdministratorAccess")],
    },
    stack: (stack) => {
        const roles = provisioningRoles(stack);
        const attachments = belonging(stack.resources(resourceTypes.rolePolicyAttachment), roles);
        return [
            ...roles.flatMap(ownFaults),
            ...attachments.flatMap((resource) =>
                managedFaults(resource, "policyArn", resource.properties["policyArn"]),
            ),
            ...attachedPolicies(stack, attachments).flatMap((policy) =>
                documentFaults(policy, "policy", policy.properties),
            ),
            ...belonging(stack.resources(resourceTypes.rolePolicy), roles).flatMap((policy) =>
                documentFaults(policy, "policy", policy.properties),
            ),
        ];
    },
});

function attachment(policy: string) {
    return {
        type: resourceTypes.rolePolicyAttachment,
        name: "provisioning",
        properties: { role: "provisioning", policyArn: `arn:aws:iam::aws:policy/${policy}` },
    };
}

function inlinePolicy() {
    return {
        type: resourceTypes.rolePolicy,
        name: "registration",
        properties: {
            role: "provisioning",
            policy: JSON.stringify({
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Action: ["iot:RegisterThing", "iot:CreateThing"], Resource: "*" }],
            }),
        },
    };
}

/** The stack's roles that its templates name, by ARN or by where the ARN comes from. */
function provisioningRoles(stack: StackView): readonly ResourceView[] {
    const templates = stack.resources(resourceTypes.provisioningTemplate);
    const arns = new Set(templates.map(({ properties }) => knownTextAt(properties, "provisioningRoleArn")));
    const sources = new Set(templates.flatMap((template) => template.sourcesOf("provisioningRoleArn")));
    return stack.resources(resourceTypes.role).filter((role) => {
        const arn = knownTextAt(role.properties, "arn");
        return sources.has(role) || (arn !== undefined && arns.has(arn));
    });
}

function belonging(resources: readonly ResourceView[], roles: readonly ResourceView[]): readonly ResourceView[] {
    const known = new Set(roles);
    const names = new Set(roles.flatMap(({ properties }) => knownTextAt(properties, "name") ?? []));
    return resources.filter(
        (resource) =>
            resource.sourcesOf("role").some((source) => known.has(source)) ||
            names.has(knownTextAt(resource.properties, "role") ?? ""),
    );
}

/** The stack's own policies that attachments name, by ARN or by where the ARN comes from. */
function attachedPolicies(stack: StackView, attachments: readonly ResourceView[]): readonly ResourceView[] {
    const sources = new Set(attachments.flatMap((attachment) => attachment.sourcesOf("policyArn")));
    const arns = new Set(attachments.flatMap(({ properties }) => knownTextAt(properties, "policyArn") ?? []));
    return stack
        .resources(resourceTypes.iamPolicy)
        .filter((policy) => sources.has(policy) || arns.has(knownTextAt(policy.properties, "arn") ?? ""));
}

/** Faults of what stands in the role itself. */
function ownFaults(role: ResourceView): StackFault[] {
    const managed = listAt(role.properties, "managedPolicyArns");
    const inline = listAt(role.properties, "inlinePolicies");
    return [
        ...(isUnknown(managed) ? [] : managed).flatMap((arn, index) =>
            managedFaults(role, `managedPolicyArns[${index}]`, arn),
        ),
        ...(isUnknown(inline) ? [] : inline).flatMap((policy, index) =>
            isProperties(policy) ? documentFaults(role, `inlinePolicies[${index}].policy`, policy) : [],
        ),
    ];
}

/** AWS's own policies that allow more than provisioning ever needs. */
const widePolicy = /^(AdministratorAccess|PowerUserAccess|AWSIoTConfigAccess|job-function\/.+|.*FullAccess)$/;

function managedFaults(resource: ResourceView, path: string, arn: Value): StackFault[] {
    const [, name = ""] = typeof arn === "string" ? (/^arn:aws[a-z-]*:iam::aws:policy\/(.+)$/.exec(arn) ?? []) : [];
    return !widePolicy.test(name)
        ? []
        : [
              {
                  resource,
                  path,
                  got: name.slice(0, 128),
                  expected: "AWSIoTThingsRegistration, or a policy of your own for what the template makes",
                  remedy: "allow what provisioning needs and nothing else",
              },
          ];
}

/** Actions by their names, of AWS IoT and of the logs that it writes; looking at things may be allowed as a whole. */
const narrowAction = /^(iot:(\w+|(Describe|Get|List)[\w*?]*)|logs:\w+)$/i;

/** Faults of the document at the property `policy`. */
function documentFaults(resource: ResourceView, path: string, properties: Properties): StackFault[] {
    const document = policyDocumentAt(properties, "policy");
    return (document === undefined ? [] : allowStatements(document, path)).flatMap(({ statement, path: at }) => {
        const fault = (member: string, got: string): StackFault => ({
            resource,
            path: `${at}.${member}`,
            got,
            expected: "actions of AWS IoT by their names",
            remedy: "name the actions that provisioning needs, such as iot:RegisterThing",
        });
        return [
            ...(statement.NotAction === undefined ? [] : [fault("NotAction", "everything but what it names")]),
            ...asList(statement.Action)
                .filter((action) => !narrowAction.test(action))
                .map((action) => fault("Action", quote(action))),
        ];
    });
}
