import { isFault, type Finding } from "../../rules/finding";
import { faultKinds } from "../../verify/faults";
import type { LookResult, Observation, Outcome } from "../../verify/look";
import { exitStatusOf, type CheckFinding, type CheckReport } from "../check/finding";
import { formats as checkFormats, type Format } from "../check/formats";
import { junit } from "../check/formats/junit";
import { observationTable } from "./table";

/** What a look at a stack came to. */
export interface VerifyReport extends Required<LookResult> {
    readonly stack: string;
    /** What was looked at, in words. */
    readonly subject: string;
}

/** The report as the formats know it that are shared with `npm run check`. */
export function checkReportOf({ stack, subject, findings, failures }: VerifyReport): CheckReport {
    return { stack, subject, findings: findings.map(checkFinding), failures };
}

function checkFinding(finding: Finding): CheckFinding {
    const { rule, severity, path, got, expected, remedy, reference = "" } = finding;
    return {
        rule,
        title: faultKinds.get(rule)?.title ?? rule,
        severity,
        level: isFault(finding) ? "mandatory" : "advisory",
        resource: { urn: path, type: "output", name: path },
        message: `expected ${expected}, got ${got}; ${remedy}`,
        reference,
    };
}

/** How a report is written, by the format's name; what is not here is written as `npm run check` does. */
const ownFormats: Partial<Readonly<Record<Format, (report: VerifyReport) => string>>> = {
    text: (report) => `${observationTable(report.observations)}\n\n${checkFormats.text(checkReportOf(report))}`,
    json: (report) => {
        const { stack, subject, observations, findings, failures } = report;
        const exitStatus = exitStatusOf(checkReportOf(report));
        const seen = observations.map(({ findings: own = [], ...observation }) => ({
            ...observation,
            rules: own.map(({ rule }) => rule),
        }));
        return `${JSON.stringify({ stack, subject, exitStatus, observations: seen, findings, failures }, null, 2)}\n`;
    },
    junit: (report) => {
        const of = (outcome: Outcome) => report.observations.filter((observation) => observation.outcome === outcome);
        const skipped = new Map(of("unseen").map((observation) => [nameOf(observation), observation.detail]));
        return junit(checkReportOf(report), of("sound").map(nameOf), skipped);
    },
};

/** Writes a report in a format. */
export function render(report: VerifyReport, format: Format): string {
    return ownFormats[format]?.(report) ?? checkFormats[format](checkReportOf(report));
}

function nameOf({ look, what, domain, region }: Observation): string {
    return [look, what, domain, region].filter((part) => part !== undefined).join(" ");
}
