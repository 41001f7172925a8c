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

/** The principals of a statement of one kind, such as `Service`; `*` where everybody is meant. */
export function principalsOf(statement: PolicyStatement, kind: string): readonly string[] {
    const principal: unknown = statement.Principal;
    if (principal === "*") {
        return ["*"];
    }
    const given =
        typeof principal === "object" && principal !== null ? (principal as Record<string, unknown>)[kind] : undefined;
    return (Array.isArray(given) ? (given as unknown[]) : [given]).filter((name) => typeof name === "string");
}

/** Whether a statement holds only for callers that one of these condition keys names. */
export function isConditionedOn(statement: PolicyStatement, keys: readonly string[]): boolean {
    const operators: unknown = statement.Condition;
    if (typeof operators !== "object" || operators === null) {
        return false;
    }
    const wanted = keys.map((key) => key.toLowerCase());
    return Object.values(operators).some(
        (conditions: unknown) =>
            typeof conditions === "object" &&
            conditions !== null &&
            Object.keys(conditions).some((key) => wanted.includes(key.toLowerCase())),
    );
}
