import { isJsonObject, parseJson } from "../../json";

type PatternFault = string | undefined;

/** What a comparison takes, by its name. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
const comparisons: Readonly<Record<string, (operand: unknown) => boolean>> = {
    prefix: isTextOrIgnoringCase,
    suffix: isTextOrIgnoringCase,
    "equals-ignore-case": isText,
    wildcard: (operand) => isText(operand) && !String(operand).includes("**"),
    "anything-but": (operand) => isScalar(operand) || isList(operand, isScalar) || isNegatable(operand),
    numeric: isRange,
    cidr: (operand) => isText(operand) && /^[0-9a-f.:]+\/\d{1,3}$/i.test(String(operand)),
    exists: (operand) => typeof operand === "boolean",
};

const negatable = ["prefix", "suffix", "equals-ignore-case", "wildcard"];

function isText(value: unknown): boolean {
    return typeof value === "string";
}

function isTextOrIgnoringCase(value: unknown): boolean {
    return isText(value) || (isJsonObject(value) && hasOnly(value, "equals-ignore-case", isText));
}

function isScalar(value: unknown): boolean {
    return value === null || ["string", "number", "boolean"].includes(typeof value);
}

function isList(value: unknown, isItem: (item: unknown) => boolean): boolean {
    return Array.isArray(value) && value.length > 0 && value.every(isItem);
}

function hasOnly(value: Record<string, unknown>, name: string, holds: (operand: unknown) => boolean): boolean {
    return Object.keys(value).join() === name && holds(value[name]);
}

function isNegatable(value: unknown): boolean {
    return (
        isJsonObject(value) && negatable.some((name) => hasOnly(value, name, (it) => isText(it) || isList(it, isText)))
    );
}

/** `["=", 5]` or `[">", 0, "<=", 5]`. */
function isRange(value: unknown): boolean {
    if (!Array.isArray(value)) {
        return false;
    }
    const [operators, bounds] = [0, 1].map((parity) => value.filter((_item, index) => index % 2 === parity));
    const spelling = (operators ?? []).join(" ");
    return /^(=|[<>]=?|>=? <=?)$/.test(spelling) && isList(bounds, (bound) => typeof bound === "number");
}

function matcherFault(matcher: unknown, path: string): PatternFault {
    if (isScalar(matcher)) {
        return undefined;
    }
    const [[name, operand] = ["", undefined], ...more] = isJsonObject(matcher) ? Object.entries(matcher) : [];
    if (more.length > 0 || !Object.hasOwn(comparisons, name)) {
        return `Unrecognized match type ${name} at ${path}`;
    }
    return comparisons[name]?.(operand) === true ? undefined : `Value of ${name} is not valid at ${path}`;
}

function memberFault(name: string, value: unknown, path: string): PatternFault {
    if (name === "$or") {
        return isList(value, isJsonObject) && (value as unknown[]).length > 1
            ? first(value as object[], (branch) => patternObjectFault(branch, path))
            : `$or must be an array of at least two objects at ${path}`;
    }
    if (isJsonObject(value)) {
        return patternObjectFault(value, path);
    }
    if (!Array.isArray(value)) {
        return `"${path}" must be an object or an array`;
    }
    return value.length === 0
        ? `Empty arrays are not allowed at ${path}`
        : first(value, (matcher) => matcherFault(matcher, path));
}

function patternObjectFault(pattern: object, path: string): PatternFault {
    const entries = Object.entries(pattern);
    return entries.length === 0
        ? "Empty objects are not allowed"
        : first(entries, ([name, value]) => memberFault(name, value, path === "" ? name : `${path}.${name}`));
}

function first<Item>(items: readonly Item[], fault: (item: Item) => PatternFault): PatternFault {
    return items.map(fault).find((found) => found !== undefined);
}

/**
 * Why EventBridge would refuse an event pattern; `undefined` for a sound one.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function patternFault(text: string): PatternFault {
    const pattern = parseJson(text);
    if (pattern === undefined) {
        return "Filter is not valid JSON";
    }
    return isJsonObject(pattern) ? patternObjectFault(pattern, "") : "Filter is not an object";
}
