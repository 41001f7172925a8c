import { inOrder, type CheckFinding, type CheckReport } from "../finding";
import { fingerprint } from "./fingerprint";
import { exemptionInWords } from "./words";

const severities: Readonly<Record<CheckFinding["severity"], string>> = {
    critical: "blocker",
    high: "critical",
    medium: "major",
    low: "minor",
};

/**
 * A Code Quality report, which GitLab shows in a merge request and beside the changed lines.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/
 */
export function codeQuality({ stack, findings }: CheckReport): string {
    const issues = inOrder(findings).map((finding) => ({
        description: [exempted(finding), finding.resource?.name, finding.message]
            .filter((part) => part !== undefined)
            .join(": "),
        check_name: finding.rule,
        fingerprint: fingerprint(stack, finding),
        severity: finding.level === "mandatory" ? severities[finding.severity] : "info",
        location: { path: finding.location?.file ?? "Pulumi.yaml", lines: { begin: finding.location?.line ?? 1 } },
    }));
    return `${JSON.stringify(issues, null, 2)}\n`;
}

function exempted(finding: CheckFinding): string | undefined {
    const exemption = exemptionInWords(finding);
    return exemption && `Exempted, ${exemption}`;
}
