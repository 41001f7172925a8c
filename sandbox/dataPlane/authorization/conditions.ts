import ipaddr from "ipaddr.js";
import { asList } from "../../../rules/provisioning/policyDocument";
import { matchesTokens } from "../../../rules/provisioning/wildcards";
import { substitute, type PolicyVariables } from "./variables";

/** The Condition member of a statement. */
export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** Whether a value of the connection fits one of the policy. */
type Comparison = (value: string, expected: string, variables: PolicyVariables) => boolean;

function resolved(expected: string, variables: PolicyVariables, matches: (text: string) => boolean): boolean {
    const tokens = substitute(expected, variables);
    const text = tokens?.map((token) => (token === "any" ? "*" : token === "one" ? "?" : token.character)).join("");
    return text !== undefined && matches(text);
}

const equals: Comparison = (value, expected, variables) => resolved(expected, variables, (text) => text === value);
const equalsIgnoringCase: Comparison = (value, expected, variables) =>
    resolved(expected, variables, (text) => text.toLowerCase() === value.toLowerCase());
const like: Comparison = (value, expected, variables) => matchesTokens(substitute(expected, variables) ?? [], value);
const numeric =
    (holds: (value: number, expected: number) => boolean): Comparison =>
    (value, expected) =>
        holds(Number(value), Number(expected));
const inRange: Comparison = (value, expected) => {
    try {
        const [network, bits] = ipaddr.parseCIDR(expected.includes("/") ? expected : `${expected}/32`);
        const address = ipaddr.process(value);
        return address.kind() === network.kind() && address.match(network, bits);
    } catch {
        return false;
    }
};

interface Operator {
    readonly comparison: Comparison;
    /** Whether it holds where nothing compares. */
    readonly negates?: true;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators: Readonly<Record<string, Operator>> = {
    stringequals: { comparison: equals },
    stringnotequals: { comparison: equals, negates: true },
    stringequalsignorecase: { comparison: equalsIgnoringCase },
    stringnotequalsignorecase: { comparison: equalsIgnoringCase, negates: true },
    stringlike: { comparison: like },
    stringnotlike: { comparison: like, negates: true },
    arnequals: { comparison: like },
    arnlike: { comparison: like },
    arnnotequals: { comparison: like, negates: true },
    arnnotlike: { comparison: like, negates: true },
    bool: { comparison: equalsIgnoringCase },
    numericequals: { comparison: numeric((value, expected) => value === expected) },
    numericnotequals: { comparison: numeric((value, expected) => value === expected), negates: true },
    numericlessthan: { comparison: numeric((value, expected) => value < expected) },
    numericlessthanequals: { comparison: numeric((value, expected) => value <= expected) },
    numericgreaterthan: { comparison: numeric((value, expected) => value > expected) },
    numericgreaterthanequals: { comparison: numeric((value, expected) => value >= expected) },
    ipaddress: { comparison: inRange },
    notipaddress: { comparison: inRange, negates: true },
};

/**
 * Whether all conditions of a statement hold.
 *
 * @returns `undefined` where an operator is unknown, so that the statement can be taken for what lets nobody in
 */
export function conditionsHold(block: ConditionBlock | undefined, variables: PolicyVariables): boolean | undefined {
    const results = Object.entries(block ?? {}).flatMap(([operator, keys]) =>
        Object.entries(keys).map(([key, expected]) => conditionHolds(operator, key, asList(expected), variables)),
    );
    return results.includes(false) ? false : results.includes(undefined) ? undefined : true;
}

function conditionHolds(
    operatorName: string,
    key: string,
    expected: readonly string[],
    variables: PolicyVariables,
): boolean | undefined {
    // A connection has one value for each key, or none: sets of values make no difference but for "for all".
    const [, quantifier, name = "", ifExists] =
        /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(operatorName.toLowerCase()) ?? [];
    const value = variables.get(key.toLowerCase());
    if (name === "null") {
        return expected.some((each) => each.toLowerCase() === String(value === undefined));
    }
    const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
    if (operator === undefined) {
        return undefined;
    }
    if (value === undefined) {
        return operator.negates === true || ifExists !== undefined || quantifier === "forallvalues";
    }
    const matches = expected.some((each) => operator.comparison(value, each, variables));
    return matches !== (operator.negates === true);
}
