import { allowStatements, asList } from "../../rules/provisioning/policyDocument";
import { provisioningRole, provisioningTemplate } from "../examples";
import type { ResourceView, StackView } from "../framework/resources";
import { defineRule, type StackFault } from "../framework/rule";
import { knownTextAt, quote } from "../framework/values";
import { nist } from "../frameworks";
import { policyDocumentAt } from "../policyDocuments";
import { resourceTypes } from "../resourceTypes";

/** Managed policies that allow more than provisioning ever needs. */
const widePolicies = ["AdministratorAccess", "PowerUserAccess", "IAMFullAccess", "AWSIoTFullAccess"];

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
        return [
            ...belonging(stack.resources(resourceTypes.rolePolicyAttachment), roles).flatMap(attachedFaults),
            ...belonging(stack.resources(resourceTypes.rolePolicy), roles).flatMap(inlineFaults),
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

function attachedFaults(resource: ResourceView): StackFault[] {
    const name = /^arn:aws[a-z-]*:iam::aws:policy\/(.+)$/.exec(
        knownTextAt(resource.properties, "policyArn") ?? "",
    )?.[1];
    return name === undefined || !widePolicies.includes(name)
        ? []
        : [
              {
                  resource,
                  path: "policyArn",
                  got: name,
                  expected: "AWSIoTThingsRegistration, or a policy of your own for what the template makes",
                  remedy: "allow what provisioning needs and nothing else",
              },
          ];
}

function inlineFaults(resource: ResourceView): StackFault[] {
    const document = policyDocumentAt(resource.properties, "policy");
    return (document === undefined ? [] : allowStatements(document, "policy")).flatMap(({ statement, path }) =>
        asList(statement.Action)
            .filter((action) => /^(\*|iot:\*|iam:.*)$/i.test(action))
            .map((action) => ({
                resource,
                path: `${path}.Action`,
                got: quote(action),
                expected: "actions of AWS IoT by their names",
                remedy: "name the actions that provisioning needs, such as iot:RegisterThing",
            })),
    );
}
