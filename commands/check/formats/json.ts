import { exitStatusOf, inOrder, type CheckReport } from "../finding";

/** The report for programs; the fields are those of {@link CheckReport}. */
export function json(report: CheckReport): string {
    const { stack, subject, changes, findings, failures, disabled = [] } = report;
    const content = {
        stack,
        subject,
        exitStatus: exitStatusOf(report),
        changes,
        findings: inOrder(findings),
        failures,
        disabled,
    };
    return `${JSON.stringify(content, null, 2)}\n`;
}
