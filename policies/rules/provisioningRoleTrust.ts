import { allowStatements } from "../../rules/provisioning/policyDocument";
import { provisioningRole } from "../examples";
import { defineRule, type Fault } from "../framework/rule";
import { nist } from "../frameworks";
import { isLimitedToCallers, policyDocumentAt, principalsOf } from "../policyDocuments";
import { resourceTypes } from "../resourceTypes";

const service = "iot.amazonaws.com";

/** AWS IoT Core takes a role for this account alone. */
export const provisioningRoleTrust = defineRule({
    name: "provisioning-role-trust",
    title: "Trust of a role for AWS IoT",
    description: "A role that AWS IoT Core may take says for which account or resource, and no role is for everybody.",
    rationale:
        "AWS IoT Core acts for every account of AWS. Without a condition, somebody else's template could name the role and act " +
        "with its permissions: the confused deputy.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/cross-service-confused-deputy-prevention.html",
    frameworks: [...nist("AC-6")],
    remediation: {
        code: 'Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } }',
        cli: "aws iam update-assume-role-policy --role-name ROLE --policy-document file://trust.json",
        console: "IAM > Roles > the role > Trust relationships > Edit trust policy",
    },
    examples: {
        compliant: [provisioningRole()],
        violating: [
            provisioningRole({
                assumeRolePolicy: JSON.stringify({
                    Version: "2012-10-17",
                    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
                }),
            }),
        ],
    },
    resource: {
        types: [resourceTypes.role],
        check: ({ properties }) => {
            const document = policyDocumentAt(properties, "assumeRolePolicy");
            return (document === undefined ? [] : allowStatements(document, "assumeRolePolicy"))
                .filter(({ statement }) => !isLimitedToCallers(statement))
                .flatMap(({ statement, path }) => {
                    const isEverybody = ["Service", "AWS"].some((kind) => principalsOf(statement, kind).includes("*"));
                    const isService = principalsOf(statement, "Service").includes(service);
                    return isEverybody || isService ? [trustFault(path, isEverybody)] : [];
                });
        },
    },
});

function trustFault(path: string, isEverybody: boolean): Fault {
    return {
        path: `${path}.Condition`,
        got: `${isEverybody ? "everybody" : service} without a condition that leaves anybody out`,
        expected: "aws:SourceAccount or aws:SourceArn, with an account",
        remedy: isEverybody
            ? `name ${service} as the principal, and add a condition on the account that it acts for`
            : "add a condition on the account that AWS IoT Core acts for",
    };
}
