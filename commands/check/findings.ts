import type { EngineEvent, PolicyEvent } from "./engineEvents";
import { checkRule, configurationRule, refusalRule } from "./checkRules";
import type { CheckFinding } from "./finding";
import { foundResource, type Locator } from "./locator";

/** A violation as the engine or the pack itself reports it. */
export type ReportedViolation = PolicyEvent;

/** Turns what a pack reported into a finding, with what the rule says of itself and the place in the configuration. */
export function violationFinding(violation: ReportedViolation, locator: Locator): CheckFinding {
    const { title, severity, reference, description, remediation } = checkRule(violation.policyName);
    const message = ownWords(violation.message, description);
    const resource = violation.resourceUrn ? foundResource(violation.resourceUrn) : undefined;
    const isOfStack = resource === undefined || resource.type === "pulumi:pulumi:Stack";
    return {
        rule: violation.policyName,
        title,
        severity,
        level: violation.enforcementLevel === "mandatory" ? "mandatory" : "advisory",
        ...(isOfStack ? {} : { resource }),
        message,
        remediation: remediation.find(({ isCode }) => isCode)?.text,
        reference,
        location: isOfStack ? locator.ofStack() : locator.ofResource(resource, message),
    };
}

/** What the pack says of this resource, without the rule's description before it and the page after it. */
function ownWords(message: string, description: string): string {
    const text = message.trim();
    return (text.startsWith(description) ? text.slice(description.length) : text).replace(/\nSee \S+$/, "").trim();
}

/** What an error of a preview comes to: findings where the change is at fault, a failure where the check itself is. */
export interface Refusals {
    readonly findings: readonly CheckFinding[];
    readonly failures: readonly string[];
}

/** One fault of the configuration, as the program words it. */
const configurationFault = /^\s*(?:- )?([\w"/.:[\]-]+): (expected [^]+?, got [^]+?; [^]+)$/;

/** Errors that only say that there were others. */
const echo = /^(preview failed|update failed)$/;

/** Reads the errors of a preview. */
export function refusalsIn(events: readonly EngineEvent[], locator: Locator): Refusals {
    const findings: CheckFinding[] = [];
    const failures: string[] = [];
    for (const { diagnosticEvent } of events) {
        const message = diagnosticEvent?.message.trim() ?? "";
        if (diagnosticEvent?.severity !== "error" || echo.test(message)) {
            continue;
        }
        const faults = message.split("\n").flatMap((line) => configurationFault.exec(line) ?? []);
        const resource = diagnosticEvent.urn ? foundResource(diagnosticEvent.urn) : undefined;
        if (faults.length > 0) {
            findings.push(...configurationFindings(message, locator));
        } else if (resource !== undefined && isOwn(resource.type)) {
            findings.push({
                ...described(refusalRule),
                resource,
                message,
                location: locator.ofResource(resource, message),
            });
        } else {
            failures.push(message);
        }
    }
    return { findings, failures };
}

function configurationFindings(message: string, locator: Locator): CheckFinding[] {
    return message.split("\n").flatMap((line) => {
        const [, path, text] = configurationFault.exec(line) ?? [];
        return path === undefined
            ? []
            : [{ ...described(configurationRule), message: `${path}: ${text}`, location: locator.ofPath(path) }];
    });
}

/** Whether a resource is one that the configuration asks for, and neither the stack nor its way to AWS. */
function isOwn(type: string): boolean {
    return type !== "pulumi:pulumi:Stack" && !type.startsWith("pulumi:providers:");
}

function described(name: string): Pick<CheckFinding, "rule" | "title" | "severity" | "level" | "reference"> {
    const { title, severity, reference } = checkRule(name);
    return { rule: name, title, severity, level: "mandatory", reference };
}
