import { grouped, outcomeInWords, type CheckReport, type GroupedFinding } from "../finding";
import { changesInWords, exemptionInWords, locationInWords } from "./words";

/** The report for people at a terminal: the outcome first, then the findings, the worst first. */
export function text(report: CheckReport): string {
    const { stack, subject, findings, changes, failures } = report;
    const sections = [
        `Stack ${stack}, ${subject}: ${outcomeInWords(report)}`,
        ...(changes === undefined ? [] : [changesInWords(changes)]),
        ...grouped(findings).map(section),
        ...failures.map((failure) => `Could not be checked: ${failure}`),
    ];
    return `${sections.join("\n\n")}\n`;
}

function section(finding: GroupedFinding): string {
    const { level, severity, rule, title, resources, location, message, remediation, reference } = finding;
    const exemption = exemptionInWords(finding);
    const rows = [
        ...(resources.length === 0 ? [] : [["resource", resources.map(({ urn }) => urn).join("\n")]]),
        ...(location === undefined ? [] : [["at", locationInWords(location)]]),
        ["finding", message],
        ...(exemption === undefined ? [] : [["exempted", exemption]]),
        ...(remediation === undefined ? [] : [["remedy", remediation]]),
        ["see", reference],
    ] as const;
    const width = Math.max(...rows.map(([label = ""]) => label.length));
    const lines = rows.map(
        ([label = "", value = ""]) =>
            `  ${label.padEnd(width)}  ${value.replaceAll("\n", `\n${" ".repeat(width + 4)}`)}`,
    );
    return [`${level} (${severity})  ${rule}: ${title}`, ...lines].join("\n");
}
