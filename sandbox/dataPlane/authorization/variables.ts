import { literalTokens, wildcardTokens, type PatternToken } from "../../../rules/provisioning/wildcards";

/** What policy variables stand for in one connection, by their names in lower case; those without a value are absent. */
export type PolicyVariables = ReadonlyMap<string, string>;

/** A variable, or one of the escapes for a character that otherwise means something. */
const reference = /\$\{([^{}]*)\}/g;

const escapes: ReadonlySet<string> = new Set(["*", "?", "$"]);

/** In a value these could widen a policy, so AWS leaves the variable unreplaced. @see https://docs.aws.amazon.com/iot/latest/developerguide/cert-policy-variables.html */
const wideningCharacters = /[*$+?#]/;

/**
 * A pattern of a policy with its variables replaced.
 *
 * @returns `undefined` where a variable has no value: nothing matches then
 */
export function substitute(pattern: string, variables: PolicyVariables): PatternToken[] | undefined {
    const tokens: PatternToken[] = [];
    let at = 0;
    for (const match of pattern.matchAll(reference)) {
        const name = match[1] ?? "";
        const value = escapes.has(name) ? name : safeValue(variables.get(name.toLowerCase()));
        if (value === undefined) {
            return undefined;
        }
        tokens.push(...wildcardTokens(pattern.slice(at, match.index)), ...literalTokens(value));
        at = match.index + match[0].length;
    }
    return [...tokens, ...wildcardTokens(pattern.slice(at))];
}

function safeValue(value: string | undefined): string | undefined {
    return value === undefined || wideningCharacters.test(value) ? undefined : value;
}
