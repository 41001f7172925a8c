import { closest, distance } from "fastest-levenshtein";
import type { z } from "zod";
import type { Finding } from "../rules/finding";

type Issue = z.core.$ZodIssue;
type Words = Pick<Finding, "got" | "expected" | "remedy">;

/** What replaces the text of a secret value in an error. */
const secretText = "[secret]";

/** What every PEM text contains, and nothing else that belongs into a configuration. */
const pemMark = "-----BEGIN";

/**
 * Turns zod's issues into findings: the path, what was got, what was expected and the remedy.
 *
 * @param raw The configuration as it was given; the values that the issues speak of are looked up in it.
 * @param isSecret Tells of a top-level key whether its value is a secret, which is then never quoted.
 */
export function issuesToFindings(
    issues: readonly Issue[],
    raw: unknown,
    isSecret: (key: string) => boolean = () => false,
): Finding[] {
    return issues.flatMap((issue) => {
        const value = valueAt(raw, issue.path);
        const got = isSecret(String(issue.path[0])) ? secretText : describe(value);
        return wordsOf(issue, got, value === null).map((words) => ({
            rule: "configuration",
            severity: "high" as const,
            path: words.path ?? pathText(issue.path),
            got: words.got,
            expected: words.expected,
            remedy: words.remedy,
            reference: words.reference,
        }));
    });
}

/** A path as a person writes it: `domains.telemetry.certificate.subjectAlternativeNames[0]`. */
export function pathText(path: readonly PropertyKey[]): string {
    return path.reduce<string>((text, part) => {
        if (typeof part === "number") {
            return `${text}[${part}]`;
        }
        const name = String(part).includes(pemMark) ? "(a PEM text)" : String(part);
        return text === "" ? name : `${text}.${name}`;
    }, "");
}

/** The nearest of some words, if any is near enough to have been meant. */
export function nearest(word: string, words: readonly string[]): string | undefined {
    if (words.length === 0) {
        return undefined;
    }
    const begun = words.find((candidate) => word.length > 2 && candidate.toLowerCase().startsWith(word.toLowerCase()));
    if (begun !== undefined) {
        return begun;
    }
    const candidate = closest(word, words);
    return distance(word.toLowerCase(), candidate.toLowerCase()) <= Math.max(2, word.length / 3)
        ? candidate
        : undefined;
}

type Wording = Words & { path?: string; reference?: string };

/** @param isEmpty Whether a key stands there with nothing behind it, which YAML reads as null. */
function wordsOf(issue: Issue, got: string, isEmpty = false): Wording[] {
    switch (issue.code) {
        case "unrecognized_keys":
            return issue.keys.map((key) => unknownKey(issue, key));
        case "invalid_value":
            return [invalidValue(issue.values.map(String), got)];
        case "invalid_union":
            return [invalidValue((issue as { options?: unknown[] }).options?.map(String) ?? [], got)];
        case "invalid_type":
            return [{ got, expected: expectedType(issue.expected), remedy: typeRemedy(got, issue.expected, isEmpty) }];
        case "too_small":
            return [
                {
                    got,
                    expected: `at least ${limit(issue.origin, issue.minimum)}`,
                    remedy: sizeRemedy(issue.origin, "more"),
                },
            ];
        case "too_big":
            return [
                {
                    got,
                    expected: `at most ${limit(issue.origin, issue.maximum)}`,
                    remedy: sizeRemedy(issue.origin, "less"),
                },
            ];
        case "invalid_format":
            return [{ got, expected: format(issue), remedy: "correct it" }];
        case "invalid_key":
            return issue.issues.flatMap((inner) => wordsOf(inner, JSON.stringify(issue.path.at(-1))));
        case "custom":
            return [ruleWords(issue, got)];
        default:
            return [{ got, expected: issue.message, remedy: "correct it" }];
    }
}

function unknownKey(issue: Issue, key: string): Wording {
    const known = issue.message.split(", ").filter((name) => name !== "");
    const meant = nearest(key, known);
    return {
        path: pathText([...issue.path, key]),
        got: "an unknown key",
        expected: known.length === 0 ? "no keys here yet" : `one of ${known.join(", ")}`,
        remedy: meant === undefined ? "remove it" : `did you mean ${meant}?`,
    };
}

function invalidValue(values: readonly string[], got: string): Wording {
    const expected = values.length === 1 ? String(values[0]) : `one of ${values.join(", ")}`;
    const meant = nearest(got.replaceAll('"', ""), values);
    return { got, expected, remedy: meant === undefined ? "use one of these" : `did you mean ${meant}?` };
}

function ruleWords(issue: Issue & { code: "custom" }, got: string): Wording {
    const finding = issue.params?.["finding"] as Finding | undefined;
    return finding === undefined
        ? { got, expected: issue.message, remedy: "correct it" }
        : {
              got: got === secretText ? got : finding.got,
              expected: finding.expected,
              remedy: finding.remedy,
              reference: finding.reference,
          };
}

const typeNames: Readonly<Record<string, string>> = {
    string: "a text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
    object: "a mapping",
    record: "a mapping",
    array: "a list",
};

function expectedType(type: string): string {
    return typeNames[type] ?? type;
}

const isMapping = (type: string) => ["object", "record"].includes(type);

function typeRemedy(got: string, expected: string, isEmpty: boolean): string {
    if (isEmpty && isMapping(expected)) {
        return "write {} where there is nothing to say, or take the key out";
    }
    return got === "nothing" ? "add it" : `write ${expectedType(expected)}`;
}

const units: Readonly<Record<string, string>> = { string: " characters", array: " entries", record: " entries" };

const entries = { more: "add what is missing", less: "take some out" };
const sizeRemedies: Readonly<Record<string, typeof entries>> = {
    string: { more: "write a longer text", less: "write a shorter text" },
    array: entries,
    record: entries,
};

function sizeRemedy(origin: string, direction: keyof typeof entries): string {
    return sizeRemedies[origin]?.[direction] ?? { more: "raise it", less: "lower it" }[direction];
}

function limit(origin: string, value: number | bigint): string {
    return `${value}${units[origin] ?? ""}`;
}

function format(issue: Issue & { code: "invalid_format" }): string {
    return issue.format === "email" ? "an e-mail address" : issue.message;
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
    return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], raw);
}

function describe(value: unknown): string {
    if (value === undefined || value === null) {
        return "nothing";
    }
    const text = JSON.stringify(value) ?? typeof value;
    // Somebody may have pasted a private key where a reference to one belongs.
    if (text.includes(pemMark)) {
        return "a PEM text";
    }
    return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
