import { countsInWords, exitStatus, exitStatusOf, grouped, type CheckReport, type GroupedFinding } from "../finding";
import { changesInWords, exemptionInWords } from "./words";

/** Findings that are written out; a comment is read by people, and cannot be longer than 65536 characters. */
const shownFindings = 25;

const outcomes: Readonly<Record<number, string>> = {
    [exitStatus.clean]: "✅",
    [exitStatus.violated]: "❌",
    [exitStatus.unchecked]: "⚠️ could not be checked in full,",
};

/**
 * A comment for a pull request: the outcome, what would change, then a table of findings.
 *
 * The first line is invisible and the same for a stack in every run: by it a comment is found again and brought up to date.
 */
export function markdown(report: CheckReport): string {
    const { stack, subject, findings, changes, failures } = report;
    const groups = grouped(findings);
    const counts = findings.length === 0 ? "no findings" : countsInWords(findings);
    const sections = [
        `<!-- iot-domains check: ${stack} -->`,
        `### ${outcomes[exitStatusOf(report)]} \`${stack}\`: ${counts}`,
        `${subject[0]?.toUpperCase()}${subject.slice(1)}. ${changes === undefined ? "" : `${changesInWords(changes)}.`}`.trimEnd(),
        ...(changes === undefined || changes.destroyed.length === 0
            ? []
            : [
                  `**Replaced or deleted:**\n\n${changes.destroyed
                      .map(({ operation, type, name }) => `- ${operation} ${plain(name)} (${plain(type)})`)
                      .join("\n")}`,
              ]),
        ...(groups.length === 0 ? [] : [table(groups.slice(0, shownFindings))]),
        ...(groups.length > shownFindings ? [`${groups.length - shownFindings} more are in the full report.`] : []),
        ...failures.map((failure) => `> ${plain(failure).replaceAll("<br>", "\n> ")}`),
    ];
    return `${sections.join("\n\n")}\n`;
}

function table(findings: readonly GroupedFinding[]): string {
    const rows = findings.map((finding) => {
        const { level, severity, rule, title, resources, location, message, reference } = finding;
        const exemption = exemptionInWords(finding);
        const text = exemption === undefined ? message : `${message}\nExempted: ${exemption}`;
        return `| ${level} (${severity}) | [${rule}](${reference} "${title}") | ${[
            ...(location === undefined ? [] : [`${plain(location.file)}:${location.line}`]),
            ...resources.map(({ name }) => plain(name)),
        ].join("<br>")} | ${plain(text)} |`;
    });
    return ["| Level | Rule | Where | Finding |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "@": "&#64;",
    "|": "&#124;",
};

/** A text without meaning for Markdown: what comes from a configuration mentions nobody and is no markup. */
function plain(text: string): string {
    return text
        .replace(/[\\`*_[\]~#!]/g, "\\$&")
        .replace(/[&<>@|]/g, (character) => entities[character] ?? character)
        .replaceAll("\n", "<br>");
}
