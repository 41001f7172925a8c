import type { Policies, ReportViolation, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { formatFinding } from "../../rules/finding";
import { readConfiguration, type ConfigurationEntry } from "./configuration";
import { configurationPolicy } from "./configurationPolicy";
import { ExemptionLedger } from "./exemptionLedger";
import { describeExemption } from "./exemptions";
import { viewResource, viewStack } from "./resources";
import { frameworkTag, type Fault, type Rule, type RuleContext } from "./rule";
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

/** Turns rules into CrossGuard policies; `now` is there for tests. */
export function packRules(rules: readonly Rule[], now: () => Date = () => new Date()): RulePack {
    const ledger = new ExemptionLedger(now);
    return {
        policies: [...rules.map((rule) => policyOf(rule, ledger, now)), configurationPolicy(ledger)],
        configure: (given) => {
            const { faults, entries, exemptions } = readConfiguration(rules, given);
            if (faults.length > 0) {
                throw new Error(["the policy pack's configuration is wrong", ...faults].join("\n  "));
            }
            ledger.replace(exemptions);
            return entries;
        },
    };
}

type Policy = Partial<ResourceValidationPolicy> &
    Partial<StackValidationPolicy> & { name: string; description: string };

function policyOf(rule: Rule, ledger: ExemptionLedger, now: () => Date): Policy {
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
        ...frameworksOf(rule),
        ...(rule.settings && { configSchema: { properties: schemaOf(rule) } }),
    };
    const { resource, stack } = rule;
    if (resource !== undefined) {
        policy.validateResource = onlyFor(resource.types, async (args, reportViolation) => {
            const faults = await resource.check(viewResource(args), context(args.getConfig()));
            report(rule, new Map([[args.urn, [...faults]]]), ledger, reportViolation);
        });
    }
    if (stack !== undefined) {
        policy.validateStack = async (args, reportViolation) => {
            const faults = new Map<string, Fault[]>();
            for (const fault of await stack(viewStack(args.resources), context(args.getConfig()))) {
                const { urn } = fault.resource;
                faults
                    .set(urn, faults.get(urn) ?? [])
                    .get(urn)
                    ?.push(fault);
            }
            report(rule, faults, ledger, reportViolation);
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

/** CrossGuard knows one framework a policy: the others are tags. */
function frameworksOf({ frameworks = [] }: Rule): Pick<Policy, "framework" | "tags"> {
    const [first] = frameworks;
    if (first === undefined) {
        return {};
    }
    const { name, version, reference, specification } = first;
    return { framework: { name, version, reference, specification }, tags: frameworks.map(frameworkTag) };
}

function remediationText(rule: Rule): string {
    const { code, cli, console } = rule.remediation;
    return `Pulumi:\n${code}\n\nAWS CLI:\n${cli}\n\nAWS console:\n${console}`;
}

function schemaOf(rule: Rule): NonNullable<Policy["configSchema"]>["properties"] {
    return JSON.parse(JSON.stringify(rule.settings)) as NonNullable<Policy["configSchema"]>["properties"];
}

/** Faults of one rule that are printed for one resource: who mends those will find the rest. */
const shownFaults = 20;

function report(
    rule: Rule,
    faultsByUrn: ReadonlyMap<string, readonly Fault[]>,
    ledger: ExemptionLedger,
    reportViolation: ReportViolation,
): void {
    for (const [urn, faults] of faultsByUrn) {
        const further = faults.length - shownFaults;
        const texts = faults
            .slice(0, shownFaults)
            .map((fault) => formatFinding({ ...fault, rule: rule.name, severity: rule.severity }));
        for (const text of further > 0 ? [...texts, `${further} further faults of this kind`] : texts) {
            const verdict = ledger.judge(rule.name, urn, text);
            if (!verdict.isExempt) {
                const note =
                    verdict.expired && `\nThe exemption that ${describeExemption(verdict.expired)} has expired.`;
                reportViolation(`${text}${note ?? ""}\nSee ${rule.reference}`, urn);
            }
        }
    }
}
