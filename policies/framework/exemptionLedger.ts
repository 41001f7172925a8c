import { exemptedText, findExemption, isExpired, type Exemption } from "./exemptions";
import { matchesPattern } from "./glob";

/** A text to be printed, and the resource that it is about; none where it is about the whole stack. */
export interface LedgerLine {
    readonly text: string;
    readonly urn?: string;
}

/** What an exemption makes of a violation. */
export type Verdict = { readonly isExempt: true } | { readonly isExempt: false; readonly expired?: Exemption };

/** Keeps what exemptions exempted until it is printed, and which of them were needed. */
export class ExemptionLedger {
    private exemptions: readonly Exemption[] = [];
    private readonly used = new Set<Exemption>();
    private exempted: Required<LedgerLine>[] = [];

    constructor(private readonly now: () => Date) {}

    /** Begins anew with other exemptions. */
    replace(exemptions: readonly Exemption[]): void {
        this.exemptions = exemptions;
        this.used.clear();
        this.exempted = [];
    }

    /** Judges a violation; one that is exempted is noted down instead of being reported. */
    judge(rule: string, urn: string, text: string): Verdict {
        const exemption = findExemption(this.exemptions, rule, urn, this.now());
        if (exemption === undefined || isExpired(exemption, this.now())) {
            return { isExempt: false, expired: exemption };
        }
        this.used.add(exemption);
        this.exempted.push({ urn, text: exemptedText(exemption, text) });
        return { isExempt: true };
    }

    /** Hands out what was exempted, for one resource or for all, once. */
    takeExempted(urn?: string): readonly LedgerLine[] {
        const taken = this.exempted.filter((line) => urn === undefined || line.urn === urn);
        this.exempted = this.exempted.filter((line) => !taken.includes(line));
        return taken;
    }

    /** Names the exemptions that exempted nothing of a stack. */
    superfluous(urns: readonly string[]): readonly LedgerLine[] {
        return this.exemptions.flatMap((exemption) => {
            const title = `The exemption from ${exemption.rule} for ${JSON.stringify(exemption.resource)}`;
            if (!urns.some((urn) => matchesPattern(exemption.resource, urn))) {
                return [{ text: `${title} matches no resource of the stack; remove it or correct its pattern.` }];
            }
            return this.used.has(exemption) || isExpired(exemption, this.now())
                ? []
                : [{ text: `${title} exempted nothing in this run; remove it.` }];
        });
    }
}
