/** Whether a text matches a pattern in which `*` stands for any characters; letters are compared as they are. */
export function matchesPattern(pattern: string, text: string): boolean {
    const [first = "", ...rest] = pattern.split("*");
    const last = rest.pop();
    if (last === undefined) {
        return text === first;
    }
    if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) {
        return false;
    }
    // Each part at its first place: a part further left never spoils a match, so there is nothing to backtrack.
    let from = first.length;
    const end = text.length - last.length;
    for (const part of rest) {
        const at = text.indexOf(part, from);
        if (at < 0 || at + part.length > end) {
            return false;
        }
        from = at + part.length;
    }
    return true;
}
