/** What a text spells in JSON; `undefined` for a text that is none. */
export function parseJson(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return undefined;
    }
}

/** Whether a value is an object in the sense of JSON: neither a list nor null. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object that a text spells in JSON; `undefined` for any other text. */
export function parseJsonObject(text: string): Record<string, unknown> | undefined {
    const value = parseJson(text);
    return isJsonObject(value) ? value : undefined;
}
