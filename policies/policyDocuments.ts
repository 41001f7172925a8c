import {
    policyLanguageVersion,
    readPolicyDocument,
    type PolicyDocument,
    type PolicyStatement,
} from "../rules/provisioning/policyDocument";
import { holdsUnknown, isList, isProperties, isUnknown, valueAt, type Properties } from "./framework/values";

/** A statement that allows nothing: it stands where one is not known yet, so that the others keep their places. */
const pendingStatement = { Effect: "Deny" };

/**
 * The policy document that is written at a property, JSON text or object, as far as it is known: an unknown ARN in one
 * statement hides no other. `undefined` where there is none, or nothing of it is known.
 */
export function writtenPolicyAt(properties: Properties, path: string): string | Properties | undefined {
    const value = valueAt(properties, path);
    if (typeof value === "string" || !isProperties(value)) {
        return typeof value === "string" ? value : undefined;
    }
    const { Statement, Version, ...others } = value;
    if (isUnknown(Statement) || (isProperties(Statement) && holdsUnknown(Statement)) || holdsUnknown(others)) {
        return undefined;
    }
    return {
        ...value,
        ...(holdsUnknown(Version) ? { Version: policyLanguageVersion } : {}),
        ...(isList(Statement)
            ? { Statement: Statement.map((statement) => (holdsUnknown(statement) ? pendingStatement : statement)) }
            : {}),
    };
}

/** The policy document at a property as far as it is known; `undefined` where there is none. */
export function policyDocumentAt(properties: Properties, path: string): PolicyDocument | undefined {
    const written = writtenPolicyAt(properties, path);
    return written === undefined ? undefined : readPolicyDocument(written, path).document;
}

/** The principals of a statement of one kind, such as `Service`; `*` where everybody is meant, or everybody but some. */
export function principalsOf(statement: PolicyStatement, kind: string): readonly string[] {
    const principal: unknown = statement.Principal;
    if (principal === "*" || "NotPrincipal" in statement) {
        return ["*"];
    }
    const given =
        typeof principal === "object" && principal !== null ? (principal as Record<string, unknown>)[kind] : undefined;
    return (Array.isArray(given) ? (given as unknown[]) : [given]).filter((name) => typeof name === "string");
}

/** Condition keys that say for whom a principal acts: an account, an organization or a resource. */
const callerKeys = [
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceOrgID",
    "aws:SourceOwner",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalOrgID",
].map((key) => key.toLowerCase());

/** Operators that ask for a value; those that refuse one, or hold where the key is missing, limit nobody. */
const limitingOperator = /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike)$/i;

/**
 * Whether a statement holds only for callers of some account, organization or resource.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function isLimitedToCallers(statement: PolicyStatement): boolean {
    const operators: unknown = statement.Condition;
    return entriesOf(operators).some(
        ([operator, conditions]) =>
            limitingOperator.test(operator) &&
            entriesOf(conditions).some(
                ([key, values]) => callerKeys.includes(key.toLowerCase()) && leavesSomebodyOut(values),
            ),
    );
}

function entriesOf(value: unknown): [string, unknown][] {
    return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function leavesSomebodyOut(given: unknown): boolean {
    const values: unknown[] = Array.isArray(given) ? given : [given];
    return values.length > 0 && values.every((value) => namesSomebody(String(value)));
}

const anything = /^[*?]*$/;

/** An ARN names somebody by its account; one without, as of S3, by its resource. */
function namesSomebody(value: string): boolean {
    if (!value.startsWith("arn:")) {
        return !anything.test(value);
    }
    const [, , , , account, ...resource] = value.split(":");
    return account === "" ? !anything.test(resource.join(":")) : account !== undefined && !/[*?]/.test(account);
}
