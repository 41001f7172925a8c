import type { Policies, ReportViolation, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { formatFinding } from "../../rules/finding";
import { matchesPattern } from "./glob";
import { configurationName, defaultPreset, presets, readConfiguration, type ConfigurationEntry } from "./configuration";
import { findExemption, isExpired, type Exemption } from "./exemptions";
import { viewResource, viewStack } from "./resources";
import type { Fault, Rule, RuleContext } from "./rule";
import { settingsOf } from "./settings";

/** The rules as CrossGuard policies, and the configuration that they share. */
export interface RulePack {
    readonly policies: Policies;
    /**
     * Takes the configuration in.
     *
     * @throws Error with every fault of it.
     */
    readonly configure: (entries: ReadonlyMap<string, ConfigurationEntry>) => ReadonlyMap<string, ConfigurationEntry>;
}

type Policy = Partial<ResourceValidationPolicy> &
    Partial<StackValidationPolicy> & { name: string; description: string };

/** Turns rules into CrossGuard policies; `now` is there for tests. */
export function packRules(rules: readonly Rule[], now: () => Date = () => new Date()): RulePack {
    let exemptions: readonly Exemption[] = [];
    const used = new Set<Exemption>();
    const exempted = new Exempted();

    const report: Report = (rule, faults, reportViolation) => {
        const counts = new Map<string, number>();
        for (const { urn, fault } of faults) {
            const count = (counts.get(urn) ?? 0) + 1;
            counts.set(urn, count);
            if (count > shownFaults) {
                continue;
            }
            const text =
                count < shownFaults
                    ? formatFinding({ ...fault, rule: rule.name, severity: rule.severity })
                    : "Further faults of this kind are left out.";
            const exemption = findExemption(exemptions, rule.name, urn, now());
            if (exemption === undefined) {
                reportViolation(`${text}\nSee ${rule.reference}`, urn);
            } else if (isExpired(exemption, now())) {
                reportViolation(`${text}\nThe exemption that ${describeExemption(exemption)} has expired.`, urn);
            } else {
                used.add(exemption);
                exempted.add(urn, `Exempted from ${rule.name}, ${describeExemption(exemption)}: ${text}`);
            }
        }
    };

    return {
        policies: [
            ...rules.map((rule) => policyOf(rule, report, now)),
            configurationPolicy(
                exempted,
                () => exemptions.map((exemption) => ({ exemption, isUsed: used.has(exemption) })),
                now,
            ),
        ],
        configure: (entries) => {
            const configuration = readConfiguration(rules, entries);
            if (configuration.faults.length > 0) {
                throw new Error(["the policy pack's configuration is wrong", ...configuration.faults].join("\n  "));
            }
            exemptions = configuration.exemptions;
            used.clear();
            return configuration.entries;
        },
    };
}

function describeExemption(exemption: Exemption): string {
    return `${exemption.approvedBy} approved until ${exemption.until} (${exemption.reason})`;
}

/** Lines of one rule that are printed for one resource: who mends those will find the rest. */
const shownFaults = 20;

type Report = (
    rule: Rule,
    faults: Iterable<{ readonly urn: string; readonly fault: Fault }>,
    reportViolation: ReportViolation,
) => void;

function policyOf(rule: Rule, report: Report, now: () => Date): Policy {
    const context = (given: object): RuleContext<object> => ({
        settings: settingsOf(rule, given as Record<string, unknown>),
        now: now(),
    });
    const policy: Policy = {
        name: rule.name,
        displayName: rule.title,
        description: rule.description,
        enforcementLevel: rule.enforcementLevel,
        severity: rule.severity,
        url: rule.reference,
        remediationSteps: remediationText(rule),
        ...(rule.framework && { framework: { ...rule.framework } }),
        ...(rule.settings && { configSchema: { properties: schemaOf(rule) } }),
    };
    const { resource, stack } = rule;
    if (resource !== undefined) {
        policy.validateResource = onlyFor(resource.types, async (args, reportViolation) => {
            const faults = await resource.check(viewResource(args), context(args.getConfig()));
            report(
                rule,
                [...faults].map((fault) => ({ urn: args.urn, fault })),
                reportViolation,
            );
        });
    }
    if (stack !== undefined) {
        policy.validateStack = async (args, reportViolation) => {
            const faults = await stack(viewStack(args.resources), context(args.getConfig()));
            report(
                rule,
                [...faults].map((fault) => ({ urn: fault.resource.urn, fault })),
                reportViolation,
            );
        };
    }
    return policy;
}

type ResourceValidation = Extract<ResourceValidationPolicy["validateResource"], (...args: never[]) => unknown>;

/** CrossGuard looks at this property before it decodes a resource, so rules on other types cost nothing. */
function onlyFor(types: readonly string[], validate: ResourceValidation): ResourceValidation {
    if (types.length === 1) {
        return Object.assign(validate, { __pulumiType: types[0] });
    }
    return (args, reportViolation) => (types.includes(args.type) ? validate(args, reportViolation) : undefined);
}

function remediationText(rule: Rule): string {
    const { code, cli, console } = rule.remediation;
    return `Pulumi:\n${code}\n\nAWS CLI:\n${cli}\n\nAWS console:\n${console}`;
}

function schemaOf(rule: Rule): NonNullable<Policy["configSchema"]>["properties"] {
    return JSON.parse(JSON.stringify(rule.settings)) as NonNullable<Policy["configSchema"]>["properties"];
}

/** What was exempted, until it is printed. */
class Exempted {
    private readonly texts = new Map<string, string[]>();

    add(urn: string, text: string): void {
        this.texts.set(urn, [...(this.texts.get(urn) ?? []), text]);
    }

    take(urn: string): string[] {
        const texts = this.texts.get(urn) ?? [];
        this.texts.delete(urn);
        return texts;
    }

    takeAll(): [string, string[]][] {
        const texts = [...this.texts];
        this.texts.clear();
        return texts;
    }
}

/**
 * The policy that speaks for the pack's own configuration: it stands last, prints what the rules before it exempted, and
 * at the end names the exemptions that exempt nothing.
 */
function configurationPolicy(
    exempted: Exempted,
    exemptions: () => readonly { readonly exemption: Exemption; readonly isUsed: boolean }[],
    now: () => Date,
): Policy {
    return {
        name: configurationName,
        displayName: "The pack's own configuration",
        description: "Exemptions stay visible.",
        enforcementLevel: "advisory",
        severity: "low",
        configSchema: {
            properties: {
                preset: { type: "string", enum: [...presets], default: defaultPreset },
                exemptions: { type: "array", items: { type: "object" }, default: [] },
            },
        },
        validateResource: ({ urn }, reportViolation) => {
            exempted.take(urn).forEach((text) => reportViolation(text, urn));
        },
        validateStack: ({ resources }, reportViolation) => {
            for (const [urn, texts] of exempted.takeAll()) {
                texts.forEach((text) => reportViolation(text, urn));
            }
            for (const { exemption, isUsed } of exemptions()) {
                const isNeeded = isUsed || isExpired(exemption, now());
                const isPlaced = resources.some(({ urn }) => matchesPattern(exemption.resource, urn));
                if (!isPlaced || !isNeeded) {
                    reportViolation(
                        `The exemption from ${exemption.rule} for ${JSON.stringify(exemption.resource)} ` +
                            `${isPlaced ? "exempted nothing in this run" : "matches no resource of the stack"}; ` +
                            `remove it${isPlaced ? "" : " or correct its pattern"}.`,
                    );
                }
            }
        },
    };
}
