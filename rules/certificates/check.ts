import type { Finding, Severity } from "../finding";

/**
 * One rule as data: what it is called, what it expects, and a function that says what is wrong.
 *
 * As data, one rule serves the configuration, the policy pack and the AWS stand-in alike, and its documentation can be
 * held against it by a test.
 */
export interface Check<Subject> {
    /** Identifier in kebab case, the `rule` of its findings. */
    readonly rule: string;
    readonly severity: Severity;
    /** In words that follow "expected". */
    readonly expected: string | ((subject: Subject) => string);
    /** An imperative sentence without a full stop. */
    readonly remedy: string | ((subject: Subject) => string);
    /** The page on which the rule rests. */
    readonly reference: string;
    /** What is wrong, in words that follow "got"; `undefined` where nothing is. Never quotes a secret. */
    readonly got: (subject: Subject) => string | undefined;
}

/** The findings of one check on one subject: none or one. */
export function apply<Subject>(check: Check<Subject>, subject: Subject, path: string): Finding[] {
    const got = check.got(subject);
    return got === undefined ? [] : [found(check, subject, path, got)];
}

/** The findings of several checks on one subject, in the order of the checks. */
export function applyAll<Subject>(checks: readonly Check<Subject>[], subject: Subject, path: string): Finding[] {
    return checks.flatMap((check) => apply(check, subject, path));
}

function found<Subject>(check: Check<Subject>, subject: Subject, path: string, got: string): Finding {
    const { rule, severity, reference } = check;
    return {
        rule,
        severity,
        path,
        got,
        expected: typeof check.expected === "function" ? check.expected(subject) : check.expected,
        remedy: typeof check.remedy === "function" ? check.remedy(subject) : check.remedy,
        reference,
    };
}

/** `a, b and c`, or the word for none. */
export function list(items: readonly string[], none = "nothing"): string {
    if (items.length < 2) {
        return items[0] ?? none;
    }
    return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
