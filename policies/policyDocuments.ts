import { readPolicyDocument, type PolicyDocument, type PolicyStatement } from "../rules/provisioning/policyDocument";
import { isProperties, isUnknown, holdsUnknown, valueAt, type Properties } from "./framework/values";

/** The policy document at a property, JSON text or object; `undefined` where there is none, or none that is known as a whole. */
export function policyDocumentAt(properties: Properties, path: string): PolicyDocument | undefined {
    const value = valueAt(properties, path);
    if (
        isUnknown(value) ||
        (isProperties(value) && holdsUnknown(value)) ||
        (typeof value !== "string" && !isProperties(value))
    ) {
        return undefined;
    }
    return readPolicyDocument(value, path).document;
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
