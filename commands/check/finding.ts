import type { Exemption } from "../../policies/framework/exemptions";
import type { Severity } from "../../rules/finding";

/** Where something stands in a stack's configuration file. */
export interface Location {
    /** From the repository's root, with forward slashes. */
    readonly file: string;
    /** The configuration's path, such as `domains.telemetry.securityPolicy`; empty for the file as a whole. */
    readonly path: string;
    /** Lines and columns count from 1; the end column is the one after the last character. */
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
}

/** A resource that a finding is about. */
export interface FoundResource {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
}

/** What a finding does to the check, in the order in which people should read findings. */
const levels = ["mandatory", "advisory", "exempted"] as const;

/** One violation or refusal, as every format reports it. */
export interface CheckFinding {
    /** The name of the pack's rule, or one of those that the check itself adds. */
    readonly rule: string;
    readonly title: string;
    readonly severity: Severity;
    /** `mandatory` fails the check, `advisory` does not, and `exempted` would, had nobody approved an exemption. */
    readonly level: (typeof levels)[number];
    /** Of what is exempted: who approved it, until when and why. */
    readonly exemption?: Pick<Exemption, "approvedBy" | "until" | "reason">;
    /** Absent where the finding is about the stack as a whole. */
    readonly resource?: FoundResource;
    /** What was expected, what was got, and what to do about this resource. */
    readonly message: string;
    /** How to mend what the rule finds, with Pulumi. */
    readonly remediation?: string;
    /** AWS's or Pulumi's page on the matter. */
    readonly reference: string;
    /** Absent where the stack has no configuration file here. */
    readonly location?: Location;
}

/** What a preview would do to a stack. */
export interface Changes {
    readonly create: number;
    readonly update: number;
    readonly replace: number;
    readonly delete: number;
    readonly same: number;
    /** What is replaced or deleted, which a reviewer has to see by name. */
    readonly destroyed: readonly (FoundResource & { readonly operation: "replace" | "delete" })[];
}

/** What a check came to. */
export interface CheckReport {
    readonly stack: string;
    /** What was looked at, in words. */
    readonly subject: string;
    readonly findings: readonly CheckFinding[];
    /** Absent where nothing was previewed. */
    readonly changes?: Changes;
    /** Rules that the pack's configuration turned off. @default none */
    readonly disabled?: readonly string[];
    /** Why not everything could be checked; empty where it could. */
    readonly failures: readonly string[];
}

/** Exit statuses, as `--help` lists them. */
export const exitStatus = { clean: 0, violated: 1, unchecked: 2 } as const;

/** The exit status of a report: what could not be checked weighs more than what was found. */
export function exitStatusOf({ findings, failures }: CheckReport): number {
    if (failures.length > 0) {
        return exitStatus.unchecked;
    }
    return findings.some(({ level }) => level === "mandatory") ? exitStatus.violated : exitStatus.clean;
}

const severities: readonly Severity[] = ["critical", "high", "medium", "low"];

/** The findings in the order in which people should read them: by level, the worst first. */
export function inOrder(findings: readonly CheckFinding[]): CheckFinding[] {
    const rank = ({ level, severity }: CheckFinding) =>
        levels.indexOf(level) * severities.length + severities.indexOf(severity);
    return findings.toSorted(
        (first, second) =>
            rank(first) - rank(second) ||
            (first.location?.line ?? 0) - (second.location?.line ?? 0) ||
            first.rule.localeCompare(second.rule) ||
            (first.resource?.urn ?? "").localeCompare(second.resource?.urn ?? ""),
    );
}

/** How many findings of each level there are, in words. */
function countsInWords(findings: readonly CheckFinding[]): string {
    const count = (level: CheckFinding["level"]) => findings.filter((finding) => finding.level === level).length;
    const exempted = count("exempted");
    return `${count("mandatory")} mandatory, ${count("advisory")} advisory${exempted === 0 ? "" : `, ${exempted} exempted`}`;
}

/** What a check came to, in words: what could not be checked is never called clean. */
export function outcomeInWords({ findings, failures }: CheckReport): string {
    const counts = findings.length === 0 ? "no findings" : countsInWords(findings);
    if (failures.length === 0) {
        return counts;
    }
    return findings.length === 0 ? "could not be checked" : `could not be checked in full, ${counts}`;
}

/** A finding with all resources that it is about. */
export interface GroupedFinding extends CheckFinding {
    readonly resources: readonly FoundResource[];
}

/** The findings in order, with one for all resources of which the same is said at the same place, as of those of every region. */
export function grouped(findings: readonly CheckFinding[]): GroupedFinding[] {
    const groups = new Map<string, CheckFinding[]>();
    for (const finding of inOrder(findings)) {
        const { rule, level, message, location, exemption } = finding;
        const key = JSON.stringify([rule, level, message, location, exemption]);
        groups.set(key, [...(groups.get(key) ?? []), finding]);
    }
    return [...groups.values()].flatMap((group) =>
        group.slice(0, 1).map((first) => ({ ...first, resources: group.flatMap(({ resource }) => resource ?? []) })),
    );
}
