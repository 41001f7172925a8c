import type { Finding, Severity } from "../rules/finding";
import type { LookName } from "./look";

/** One fault that a look can find, as data: the documentation and the findings come from the same words. */
export interface FaultKind {
    readonly look: LookName;
    readonly title: string;
    readonly severity: Severity;
    /** In words that follow "expected". */
    readonly expected: string;
    /** An imperative sentence without a full stop. */
    readonly remedy: string;
    readonly reference: string;
}

/** Faults by their identifiers, the `rule` of their findings. */
export type FaultKinds = Readonly<Record<string, FaultKind>>;

/** What is particular to one occurrence of a fault. */
export interface Occurrence {
    readonly path: string;
    readonly got: string;
    /** @default what the kind expects */
    readonly expected?: string;
    /** @default what the kind advises */
    readonly remedy?: string;
}

/** Makes findings of the kinds in a table: `const fault = faultsOf(kinds); fault("tls-silent", {path, got})`. */
export function faultsOf<Kinds extends FaultKinds>(kinds: Kinds) {
    return (rule: keyof Kinds & string, occurrence: Occurrence): Finding => {
        const { severity, expected, remedy, reference } = kinds[rule] as FaultKind;
        return { rule, severity, expected, remedy, reference, ...occurrence };
    };
}
