import { parseArn } from "../../../../rules/arns";
import type { OperationContext } from "../../context";
import { policyFault, principalsOf } from "./policyDocuments";
import { refuseAbove, sizeOf } from "./quotas";
import { refusal } from "./refusals";
import { nameKey } from "./names";
import { roles } from "./roleTable";

/** What is wrong with a principal, by its kind. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
const principalChecks: Readonly<Record<string, (name: string, context: OperationContext) => boolean>> = {
    Service: (name) => /^[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws\.com(\.cn)?|aws\.internal)$/.test(name),
    AWS: (name, context) => {
        const arn = parseArn(name);
        if (name === "*" || /^\d{12}$/.test(name) || arn?.resource === "root") {
            return true;
        }
        // A role of the account must be there when a policy trusts it; of other accounts this one knows nothing.
        const isOwnRole = arn?.account === context.account && arn.resource.startsWith("role/");
        const ownRole = context.table(roles).get(nameKey(name.split("/").at(-1) ?? ""));
        return arn !== undefined && (!isOwnRole || ownRole?.arn === name);
    },
};

/** Refuses what IAM does not take as a role's trust policy. @throws Refusal MalformedPolicyDocumentException, LimitExceededException */
export function refuseInvalidTrust(context: OperationContext, document: string): void {
    const fault = policyFault(document, "trust");
    if (fault !== undefined) {
        throw refusal.malformedPolicy(fault);
    }
    const strange = principalsOf(document).find(({ kind, name }) => principalChecks[kind]?.(name, context) === false);
    if (strange !== undefined) {
        throw refusal.malformedPolicy(`Invalid principal in policy: "${strange.kind.toUpperCase()}":"${strange.name}"`);
    }
    refuseAbove("ACLSizePerRole", sizeOf(document));
}

/** Whether a role of the account lets a service assume it. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html */
export function canBeAssumedBy(context: OperationContext, roleArn: string, service: string): boolean {
    const role = context.table(roles).get(nameKey(roleArn.split("/").at(-1) ?? ""));
    const trusted = role?.arn === roleArn ? principalsOf(role.trustPolicy, ["Allow"]) : [];
    return trusted.some(({ kind, name }) => kind === "Service" && name === service);
}
