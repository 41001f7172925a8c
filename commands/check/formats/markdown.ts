import {
    exitStatus,
    exitStatusOf,
    grouped,
    outcomeInWords,
    type Changes,
    type CheckReport,
    type GroupedFinding,
} from "../finding";
import { changesInWords, exemptionInWords } from "./words";

/**
 * How much is written out: a comment is read by people, and GitHub refuses one of more than 65536 characters.
 *
 * @see https://docs.github.com/en/rest/issues/comments
 */
const shown = {
    findings: 25,
    /** Characters of the table with all its markup. */
    table: 30_000,
    /** Characters of one text, before what is markup in it is escaped. */
    text: 1000,
    resources: 10,
    destroyed: 25,
    failures: 2,
} as const;

const outcomes: Readonly<Record<number, string>> = {
    [exitStatus.clean]: "✅",
    [exitStatus.violated]: "❌",
    [exitStatus.unchecked]: "⚠️",
};

/**
 * A comment for a pull request: the outcome, what would change, then a table of findings.
 *
 * The first line is invisible and the same for a stack in every run: by it a comment is found again and brought up to date.
 */
export function markdown(report: CheckReport): string {
    const { stack, subject, findings, changes, failures } = report;
    const groups = grouped(findings);
    const rows = rowsOf(groups);
    const sections = [
        `<!-- iot-domains check: ${stack} -->`,
        `### ${outcomes[exitStatusOf(report)]} \`${stack}\`: ${outcomeInWords(report)}`,
        `${subject[0]?.toUpperCase()}${subject.slice(1)}. ${changes === undefined ? "" : `${changesInWords(changes)}.`}`.trimEnd(),
        ...(changes === undefined ? [] : destroyedSection(changes)),
        ...(rows.length === 0 ? [] : [[...tableHead, ...rows].join("\n")]),
        ...(groups.length > rows.length ? [`${groups.length - rows.length} more are in the full report.`] : []),
        ...failures.slice(0, shown.failures).map((failure) => `> ${plain(failure).replaceAll("<br>", "\n> ")}`),
        ...(failures.length > shown.failures
            ? [`${failures.length - shown.failures} more failures are in the full report.`]
            : []),
    ];
    return `${sections.join("\n\n")}\n`;
}

function destroyedSection({ destroyed }: Changes): string[] {
    const lines = destroyed
        .slice(0, shown.destroyed)
        .map(({ operation, type, name }) => `- ${operation} ${plain(name)} (${plain(type)})`);
    const further = destroyed.length - lines.length;
    return lines.length === 0
        ? []
        : [`**Replaced or deleted:**\n\n${[...lines, ...(further > 0 ? [`- and ${further} more`] : [])].join("\n")}`];
}

const tableHead = ["| Level | Rule | Where | Finding |", "| --- | --- | --- | --- |"];

/** The findings' rows, as many as the comment has room for. */
function rowsOf(findings: readonly GroupedFinding[]): readonly string[] {
    const rows = findings.slice(0, shown.findings).map(row);
    let length = 0;
    const full = rows.findIndex((text) => (length += text.length) > shown.table);
    return full < 0 ? rows : rows.slice(0, full);
}

function row(finding: GroupedFinding): string {
    const { level, severity, rule, title, resources, location, message, reference } = finding;
    const exemption = exemptionInWords(finding);
    const where = [
        ...(location === undefined ? [] : [`${plain(location.file)}:${location.line}`]),
        ...resources.slice(0, shown.resources).map(({ name }) => plain(name)),
        ...(resources.length > shown.resources ? [`and ${resources.length - shown.resources} more`] : []),
    ];
    const text = [plain(message), ...(exemption === undefined ? [] : [plain(`Exempted: ${exemption}`)])];
    return `| ${level} (${severity}) | [${rule}](${reference} "${title}") | ${where.join("<br>")} | ${text.join("<br>")} |`;
}

const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "@": "&#64;",
    "|": "&#124;",
};

/** A text without meaning for Markdown, cut short: what comes from a configuration mentions nobody and is no markup. */
function plain(text: string): string {
    const short = text.length > shown.text ? `${text.slice(0, shown.text)}...` : text;
    return short
        .replace(/[\\`*_[\]~#!]/g, "\\$&")
        .replace(/[&<>@|]/g, (character) => entities[character] ?? character)
        .replaceAll("\n", "<br>");
}
