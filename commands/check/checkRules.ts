import { configurationName } from "../../policies/framework/configuration";
import { configurationDescription } from "../../policies/framework/configurationPolicy";
import { frameworkTag, type Rule } from "../../policies/framework/rule";
import { rules } from "../../policies/rules";
import type { Severity } from "../../rules/finding";

/** What reports say about a rule. */
export interface CheckRule {
    readonly name: string;
    readonly title: string;
    readonly description: string;
    readonly rationale: string;
    readonly severity: Severity;
    readonly level: "mandatory" | "advisory" | "disabled";
    readonly reference: string;
    /** How to mend what it finds, by what one works with; empty where only the message can say. */
    readonly remediation: readonly { readonly means: string; readonly text: string; readonly isCode: boolean }[];
    /** A group that tools can filter by. */
    readonly tags: readonly string[];
}

/** The rule of configurations that the program refuses. */
export const configurationRule = "stack-configuration";

/** The rule of resources that the engine or a provider refuses in the preview. */
export const refusalRule = "preview-refusal";

const ownRules: readonly CheckRule[] = [
    {
        name: configurationRule,
        title: "Stack configuration",
        description: "The stack's configuration is one that the program deploys.",
        rationale: "A configuration with faults registers nothing: neither a preview nor a deployment comes further.",
        severity: "high",
        level: "mandatory",
        reference: "https://www.pulumi.com/docs/iac/concepts/config/",
        remediation: [],
        tags: ["configuration"],
    },
    {
        name: refusalRule,
        title: "Refused in the preview",
        description: "Every resource is one that the engine and the provider take.",
        rationale: "What a preview refuses, such as the replacement of a protected resource, a deployment refuses too.",
        severity: "high",
        level: "mandatory",
        reference: "https://www.pulumi.com/docs/iac/cli/commands/pulumi_preview/",
        remediation: [],
        tags: ["preview"],
    },
    {
        name: configurationName,
        title: "The pack's own configuration",
        description: configurationDescription,
        rationale: "An exemption that nobody sees is never taken back; one that exempts nothing is named.",
        severity: "low",
        level: "advisory",
        reference: "https://www.pulumi.com/docs/insights/policy/policy-packs/",
        remediation: [],
        tags: ["exemption"],
    },
];

/** Everything that a check can report, in the order of the documentation. */
export const checkRules: readonly CheckRule[] = [...rules.map(describe), ...ownRules];

const byName = new Map(checkRules.map((rule) => [rule.name, rule]));

/** The rule of a name; one of another pack, of which only the name is known, where there is none. */
export function checkRule(name: string): CheckRule {
    return (
        byName.get(name) ?? {
            name,
            title: name,
            description: `A rule of another policy pack: ${name}.`,
            rationale: "",
            severity: "medium",
            level: "mandatory",
            reference: "https://www.pulumi.com/docs/insights/policy/",
            remediation: [],
            tags: ["other-pack"],
        }
    );
}

function describe(rule: Rule): CheckRule {
    const { code, cli, console } = rule.remediation;
    return {
        name: rule.name,
        title: rule.title,
        description: rule.description,
        rationale: rule.rationale,
        severity: rule.severity,
        level: rule.enforcementLevel,
        reference: rule.reference,
        remediation: [
            { means: "Pulumi", text: code, isCode: true },
            { means: "AWS CLI", text: cli, isCode: true },
            { means: "AWS console", text: console, isCode: false },
        ],
        tags: ["aws", "iot", ...(rule.frameworks ?? []).map(frameworkTag)],
    };
}
