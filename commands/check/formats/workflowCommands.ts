import { inOrder, type CheckFinding, type CheckReport } from "../finding";
import { exemptionInWords } from "./words";

const commands: Readonly<Record<CheckFinding["level"], string>> = {
    mandatory: "error",
    advisory: "warning",
    exempted: "notice",
};

/**
 * Commands that GitHub Actions turns into annotations of the changed files.
 *
 * They need no permission and no code scanning. GitHub shows ten of each kind a step.
 *
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function workflowCommands({ findings, failures }: CheckReport): string {
    const lines = [
        ...inOrder(findings).map(annotation),
        ...failures.map((failure) => `::error title=${property("Could not be checked")}::${data(failure)}`),
    ];
    return lines.map((line) => `${line}\n`).join("");
}

function annotation(finding: CheckFinding): string {
    const { level, rule, title, resource, location, message, reference } = finding;
    const exemption = exemptionInWords(finding);
    const properties = {
        ...(location === undefined ? {} : { file: location.file, line: location.line, endLine: location.endLine }),
        title: `${rule}: ${title}`,
    };
    const written = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
    const about = resource === undefined ? "" : `${resource.name}: `;
    const lines = [
        ...(exemption === undefined ? [] : [`Exempted, ${exemption}`]),
        `${about}${message}`,
        `See ${reference}`,
    ];
    return `::${commands[level]} ${written.join(",")}::${data(lines.join("\n"))}`;
}

function data(text: string): string {
    return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
    return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
