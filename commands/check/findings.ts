import { readExemptedText, type Exemption } from "../../policies/framework/exemptions";
import { configurationName } from "../../policies/framework/configuration";
import type { EngineEvent, PolicyEvent } from "./engineEvents";
import { checkRule, configurationRule, refusalRule } from "./checkRules";
import type { CheckFinding } from "./finding";
import { foundResource, type Locator } from "./locator";

/** A violation as the engine or the pack itself reports it. */
export type ReportedViolation = PolicyEvent;

/**
 * Turns what a pack reported into a finding, with what the rule says of itself and the place in the configuration.
 *
 * @param exemptions Those of the pack's configuration: what they exempt is a finding of its own rule again.
 */
export function violationFinding(
    violation: ReportedViolation,
    locator: Locator,
    exemptions: readonly Exemption[] = [],
): CheckFinding {
    const printed = ownWords(violation.message, checkRule(violation.policyName).description);
    const exempted = violation.policyName === configurationName ? readExemptedText(printed, exemptions) : undefined;
    const rule = exempted?.exemption.rule ?? violation.policyName;
    const { title, severity, reference, remediation } = checkRule(rule);
    const message = exempted?.violation ?? printed;
    const resource = violation.resourceUrn ? foundResource(violation.resourceUrn) : undefined;
    const isOfStack = resource === undefined || resource.type === "pulumi:pulumi:Stack";
    return {
        rule,
        title,
        severity,
        ...(exempted === undefined
            ? { level: violation.enforcementLevel === "mandatory" ? "mandatory" : "advisory" }
            : { level: "exempted", exemption: approvalOf(exempted.exemption) }),
        ...(isOfStack ? {} : { resource }),
        message,
        remediation: remediation.find(({ isCode }) => isCode)?.text,
        reference,
        location: isOfStack ? locator.ofStack() : locator.ofResource(resource, message),
    };
}

function approvalOf({ approvedBy, until, reason }: Exemption): CheckFinding["exemption"] {
    return { approvedBy, until, reason };
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
