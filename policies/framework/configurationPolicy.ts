import type { ReportViolation, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { configurationName, defaultPreset, presets } from "./configuration";
import type { ExemptionLedger, LedgerLine } from "./exemptionLedger";

/** What the engine prints above each line of {@link configurationPolicy}. */
export const configurationDescription = "Exemptions stay visible.";

/**
 * The policy that speaks for the pack's own configuration.
 *
 * It stands last, prints as advice what the rules before it exempted, and at the end names the exemptions that exempt
 * nothing.
 */
export function configurationPolicy(ledger: ExemptionLedger): ResourceValidationPolicy & StackValidationPolicy {
    const print = (lines: readonly LedgerLine[], reportViolation: ReportViolation): void =>
        lines.forEach(({ text, urn }) => reportViolation(text, urn));
    return {
        name: configurationName,
        displayName: "The pack's own configuration",
        description: configurationDescription,
        enforcementLevel: "advisory",
        severity: "low",
        configSchema: {
            properties: {
                preset: { type: "string", enum: [...presets], default: defaultPreset },
                exemptions: { type: "array", items: { type: "object" }, default: [] },
            },
        },
        validateResource: ({ urn }, reportViolation) => print(ledger.takeExempted(urn), reportViolation),
        validateStack: ({ resources }, reportViolation) => {
            print(ledger.takeExempted(), reportViolation);
            print(ledger.superfluous(resources.map(({ urn }) => urn)), reportViolation);
        },
    };
}
