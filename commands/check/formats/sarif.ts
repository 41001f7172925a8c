import type { Location as SarifLocation, Log, ReportingDescriptor, Result } from "sarif";
import packManifest from "../../../policies/package.json";
import { checkRules, type CheckRule } from "../checkRules";
import { inOrder, type CheckFinding, type CheckReport } from "../finding";
import { fingerprint } from "./fingerprint";
import { exemptionInWords } from "./words";

/** How GitHub ranks security findings: a number from 0 to 10 in the place of each severity. */
const securitySeverities: Readonly<Record<CheckFinding["severity"], string>> = {
    critical: "9.5",
    high: "8.0",
    medium: "5.5",
    low: "2.0",
};

/**
 * SARIF 2.1.0, which GitHub, GitLab, Azure DevOps and editors read.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarif({ stack, findings, failures }: CheckReport): string {
    const ordered = inOrder(findings);
    const known = new Set(checkRules.map(({ name }) => name));
    const others = new Set(ordered.map(({ rule }) => rule).filter((rule) => !known.has(rule)));
    const ruleNames = [...known, ...others];
    const log: Log = {
        $schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [
            {
                tool: {
                    driver: {
                        name: packManifest.name,
                        version: packManifest.version,
                        semanticVersion: packManifest.version,
                        rules: [...checkRules.map(descriptor), ...[...others].map((id) => ({ id }))],
                    },
                },
                // Runs of several stacks stand beside each other and do not replace one another.
                automationDetails: { id: `iot-domains/${stack}/` },
                originalUriBaseIds: {
                    SRCROOT: {
                        description: { text: "The root of the repository that holds the stack's configuration." },
                    },
                },
                columnKind: "utf16CodeUnits",
                invocations: [
                    {
                        executionSuccessful: failures.length === 0,
                        toolExecutionNotifications: failures.map((text) => ({ level: "error", message: { text } })),
                    },
                ],
                results: ordered.map((finding) => result(stack, finding, ruleNames.indexOf(finding.rule))),
            },
        ],
    };
    return `${JSON.stringify(log, null, 2)}\n`;
}

function result(stack: string, finding: CheckFinding, ruleIndex: number): Result {
    const { rule, level, severity, resource, message, remediation } = finding;
    const about = resource === undefined ? "" : `${resource.name}: `;
    const justification = exemptionInWords(finding);
    return {
        ruleId: rule,
        ruleIndex,
        level: levelOf(level, severity),
        message: { text: `${about}${message}` },
        locations: [locationOf(finding)],
        // Without the property, a reader could not tell whether suppressions are known at all.
        suppressions: justification === undefined ? [] : [{ kind: "external", status: "accepted", justification }],
        partialFingerprints: { "iotDomainsFinding/v1": fingerprint(stack, finding) },
        properties: { stack, severity, enforcementLevel: level, ...(remediation === undefined ? {} : { remediation }) },
    };
}

function locationOf({ resource, location }: CheckFinding): SarifLocation {
    return {
        // GitHub shows no result without a file: what stands in none is about the project as a whole.
        physicalLocation: {
            artifactLocation: { uri: encodeURI(location?.file ?? "Pulumi.yaml"), uriBaseId: "SRCROOT" },
            region: {
                startLine: location?.line ?? 1,
                startColumn: location?.column ?? 1,
                endLine: location?.endLine ?? 1,
                endColumn: location?.endColumn ?? 1,
            },
        },
        ...(resource === undefined
            ? {}
            : { logicalLocations: [{ name: resource.name, fullyQualifiedName: resource.urn, kind: "resource" }] }),
    };
}

function levelOf(level: CheckFinding["level"], severity: CheckFinding["severity"]): Result.level {
    if (level !== "advisory") {
        return "error";
    }
    return severity === "low" ? "note" : "warning";
}

function descriptor(rule: CheckRule): ReportingDescriptor {
    const { name, title, description, rationale, severity, level, reference, tags } = rule;
    return {
        id: name,
        name,
        shortDescription: { text: title },
        fullDescription: { text: `${description} ${rationale}`.trim() },
        helpUri: reference,
        help: helpOf(rule),
        defaultConfiguration: {
            enabled: level !== "disabled",
            level: levelOf(level === "disabled" ? "advisory" : level, severity),
        },
        properties: {
            tags: ["security", ...tags],
            precision: "very-high",
            "problem.severity": level === "mandatory" ? "error" : "warning",
            "security-severity": securitySeverities[severity],
        },
    };
}

function helpOf({ title, description, rationale, reference, remediation }: CheckRule): ReportingDescriptor["help"] {
    const steps = remediation.map(({ means, text }) => `${means}: ${text}`);
    const markdownSteps = remediation.map(({ means, text, isCode }) =>
        isCode ? `**${means}**\n\n\`\`\`\n${text}\n\`\`\`` : `**${means}**: ${text}`,
    );
    return {
        text: [`${description} ${rationale}`, ...steps, `See ${reference}`].join("\n"),
        markdown: [`# ${title}`, description, rationale, ...markdownSteps, `[More](${reference})`].join("\n\n"),
    };
}
