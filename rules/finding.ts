/** How much a fault matters: `low` is advice, everything above stops a deployment. */
export type Severity = "low" | "medium" | "high" | "critical";

/**
 * One fault, as every rule reports it.
 *
 * Configuration turns findings into one error, components into input errors, the policy pack into violations,
 * verification into report lines and the sandbox into the API's exception; so a rule says what is wrong once, and no
 * caller has to word it again. A finding never holds a secret: `got` describes a value, it does not quote a key.
 */
export interface Finding {
    /** The rule's identifier in kebab case, such as `certificate-key-algorithm`. */
    readonly rule: string;
    readonly severity: Severity;
    /** Where the value stands, from the configuration's root: `domains.telemetry.certificate.chain`. */
    readonly path: string;
    /** What is there, in words that follow "got". */
    readonly got: string;
    /** What AWS or this project accepts, in words that follow "expected". */
    readonly expected: string;
    /** What to do, as an imperative sentence without a full stop. */
    readonly remedy: string;
    /** AWS's page on the limit. */
    readonly reference?: string;
}

/** One line a finding: `path: expected ..., got ...; remedy`. */
export function formatFinding(finding: Finding): string {
    return `${finding.path}: expected ${finding.expected}, got ${finding.got}; ${finding.remedy}`;
}

/** Whether a finding stops a deployment; advice of severity `low` does not. */
export function isFault(finding: Finding): boolean {
    return finding.severity !== "low";
}
