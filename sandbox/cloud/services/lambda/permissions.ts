import { randomUUID } from "node:crypto";
import { parseArn } from "../../../../rules/arns";
import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { AddPermissionRequest, OperationTypes } from "../../models/lambda";
import { findFunction } from "./functionTable";
import { permissionsOf, putPermissions, type PermissionStatement } from "./permissionTable";
import { refuseStale } from "./revisions";

/** Bytes of a function's policy. @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const maximumPolicy = 20_480;

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html (Principal) */
function principalOf(context: OperationContext, principal: string): PermissionStatement["Principal"] {
    if (principal === "*") {
        return "*";
    }
    if (/^\d{12}$/.test(principal)) {
        return { AWS: `arn:${context.partition}:iam::${principal}:root` };
    }
    if (parseArn(principal)?.service === "iam" || parseArn(principal)?.service === "sts") {
        return { AWS: principal };
    }
    if (/^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/.test(principal)) {
        return { Service: principal };
    }
    throw new Refusal(
        "InvalidParameterValueException",
        "The provided principal was invalid. Please check the principal and try again.",
    );
}

/** The condition that each member of a request stands for. @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html */
const conditions: ReadonlyArray<readonly [member: keyof AddPermissionRequest, operator: string, key: string]> = [
    ["SourceArn", "ArnLike", "AWS:SourceArn"],
    ["SourceAccount", "StringEquals", "AWS:SourceAccount"],
    ["EventSourceToken", "StringEquals", "lambda:EventSourceToken"],
    ["PrincipalOrgID", "StringEquals", "aws:PrincipalOrgID"],
    ["FunctionUrlAuthType", "StringEquals", "lambda:FunctionUrlAuthType"],
    ["InvokedViaFunctionUrl", "Bool", "lambda:InvokedViaFunctionUrl"],
];

function conditionOf(input: AddPermissionRequest): PermissionStatement["Condition"] {
    const condition: Record<string, Record<string, string>> = {};
    for (const [member, operator, key] of conditions) {
        if (input[member] !== undefined) {
            condition[operator] = { ...condition[operator], [key]: String(input[member]) };
        }
    }
    return Object.keys(condition).length === 0 ? undefined : condition;
}

function policyDocument(statements: readonly PermissionStatement[]): string {
    return JSON.stringify({ Version: "2012-10-17", Id: "default", Statement: statements });
}

function noPolicy(): Refusal {
    return new Refusal("ResourceNotFoundException", "The resource you requested does not exist.");
}

/** Who may call functions. */
export const permissionOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
    AddPermission: (input, context) => {
        const { found, qualifier = "" } = findFunction(context, input.FunctionName, input.Qualifier);
        const current = permissionsOf(context, found, qualifier);
        refuseStale(input.RevisionId, current?.revisionId ?? found.latest.revisionId);
        const others = current?.statements ?? [];
        if (others.some(({ Sid }) => Sid === input.StatementId)) {
            throw new Refusal(
                "ResourceConflictException",
                `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
            );
        }
        const statement: PermissionStatement = {
            Sid: input.StatementId,
            Effect: "Allow",
            Principal: principalOf(context, input.Principal),
            Action: input.Action,
            Resource: qualifier === "" ? found.arn : `${found.arn}:${qualifier}`,
            Condition: conditionOf(input),
        };
        const statements = [...others, statement];
        const size = Buffer.byteLength(policyDocument(statements));
        if (size > maximumPolicy) {
            throw new Refusal(
                "PolicyLengthExceededException",
                `The final policy size (${size}) is bigger than the limit (${maximumPolicy}).`,
            );
        }
        putPermissions(context, found, { qualifier, statements, revisionId: randomUUID() });
        return { Statement: JSON.stringify(statement) };
    },

    /** @see https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html */
    GetPolicy: ({ FunctionName, Qualifier }, context) => {
        const { found, qualifier } = findFunction(context, FunctionName, Qualifier);
        const permissions = permissionsOf(context, found, qualifier);
        if (permissions === undefined) {
            throw noPolicy();
        }
        return { Policy: policyDocument(permissions.statements), RevisionId: permissions.revisionId };
    },

    /** @see https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html */
    RemovePermission: ({ FunctionName, StatementId, Qualifier, RevisionId }, context) => {
        const { found, qualifier } = findFunction(context, FunctionName, Qualifier);
        const permissions = permissionsOf(context, found, qualifier);
        if (permissions === undefined) {
            throw noPolicy();
        }
        refuseStale(RevisionId, permissions.revisionId);
        const statements = permissions.statements.filter(({ Sid }) => Sid !== StatementId);
        if (statements.length === permissions.statements.length) {
            throw new Refusal("ResourceNotFoundException", `Statement ${StatementId} is not found in resource policy.`);
        }
        putPermissions(context, found, { ...permissions, statements, revisionId: randomUUID() });
    },
};
