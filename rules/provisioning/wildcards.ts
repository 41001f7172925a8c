/** A part of a pattern: one character that stands for itself, any one, or any number of any. */
export type PatternToken = { readonly character: string } | "one" | "any";

/** Takes a pattern apart in which `*` stands for any characters and `?` for any one. */
export function wildcardTokens(pattern: string): PatternToken[] {
    return Array.from(pattern, (character) => (character === "*" ? "any" : character === "?" ? "one" : { character }));
}

/** Characters as they are, whatever they would stand for in a pattern. */
export function literalTokens(text: string): PatternToken[] {
    return Array.from(text, (character) => ({ character }));
}

/** Whether a text matches a pattern; goes back to the last `*` alone, so that none takes longer than its length suggests. */
export function matchesTokens(tokens: readonly PatternToken[], text: string): boolean {
    const characters = Array.from(text);
    let at = 0;
    let afterStar = -1;
    let resumeAt = 0;
    for (let position = 0; position < characters.length;) {
        const token = tokens[at];
        if (token === "any") {
            afterStar = ++at;
            resumeAt = position;
        } else if (token === "one" || (token !== undefined && token.character === characters[position])) {
            at++;
            position++;
        } else if (afterStar >= 0) {
            at = afterStar;
            position = ++resumeAt;
        } else {
            return false;
        }
    }
    return tokens.slice(at).every((token) => token === "any");
}

/** Whether a text matches a pattern with `*` and `?`. */
export function matchesWildcards(pattern: string, text: string): boolean {
    return matchesTokens(wildcardTokens(pattern), text);
}
