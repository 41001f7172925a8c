/** A text of a template, taken apart: what stands there, and what is filled in per device. */
export type PatternPart = { readonly text: string } | { readonly parameter: string };

/** A text with placeholders, taken apart; `undefined` where its braces do not match. */
export function parsePattern(pattern: string): readonly PatternPart[] | undefined {
    const parts: PatternPart[] = [];
    let at = 0;
    for (const match of pattern.matchAll(/\{([A-Za-z0-9:]+)\}/g)) {
        parts.push({ text: pattern.slice(at, match.index) }, { parameter: match[1] ?? "" });
        at = match.index + match[0].length;
    }
    parts.push({ text: pattern.slice(at) });
    const kept = parts.filter((part) => "parameter" in part || part.text !== "");
    return kept.some((part) => "text" in part && /[{}]/.test(part.text)) ? undefined : kept;
}

/** The parameters that a text names, in its order. */
export function parametersOf(pattern: string): readonly string[] {
    return (parsePattern(pattern) ?? []).flatMap((part) => ("parameter" in part ? [part.parameter] : []));
}

/** What every name made from a text begins with. */
export function literalBeginning(pattern: string): string {
    const [first] = parsePattern(pattern) ?? [];
    return first !== undefined && "text" in first ? first.text : "";
}

/** A value in a template's JSON. */
export type TemplateValue =
    string | { readonly Ref: string } | { readonly "Fn::Join": readonly [string, TemplateValue[]] };

/**
 * A text with placeholders as a template's JSON has it.
 *
 * @throws {Error} when its braces do not match; the rules on templates tell that first.
 */
export function templateValue(pattern: string): TemplateValue {
    const parts = parsePattern(pattern);
    if (parts === undefined) {
        throw new Error(`${JSON.stringify(pattern)} has braces that do not match`);
    }
    const values = parts.map((part) => ("parameter" in part ? { Ref: part.parameter } : part.text));
    const [first = ""] = values;
    return values.length < 2 ? first : { "Fn::Join": ["", values] };
}
