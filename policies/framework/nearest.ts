import { closest, distance } from "fastest-levenshtein";

/** Advice on a misspelt name: the nearest that there is, or none where everything is far off. */
export function nearest(name: string, names: readonly string[]): string {
    const candidate = names.length === 0 ? undefined : closest(name, names);
    return candidate !== undefined && distance(name, candidate) <= Math.max(2, name.length / 2)
        ? `did you mean ${candidate}?`
        : "remove it";
}
