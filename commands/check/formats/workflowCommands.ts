import { inOrder, type CheckFinding, type CheckReport } from "../finding";

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

function annotation({ level, rule, title, resource, location, message, reference }: CheckFinding): string {
    const properties = {
        ...(location === undefined ? {} : { file: location.file, line: location.line, endLine: location.endLine }),
        title: `${rule}: ${title}`,
    };
    const written = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
    const about = resource === undefined ? "" : `${resource.name}: `;
    return `::${level === "mandatory" ? "error" : "warning"} ${written.join(",")}::${data(`${about}${message}\nSee ${reference}`)}`;
}

function data(text: string): string {
    return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
    return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
