import { matchesPattern } from "./glob";
import type { Rule } from "./rule";
import { nearest } from "./nearest";

/**
 * Leave to violate one rule on some resources until a day, granted by somebody for a reason.
 *
 * It never hides anything: what it exempts is printed as advice, and after its day the violation counts again.
 */
export interface Exemption {
    /** The name of the rule. */
    readonly rule: string;
    /** A pattern of URNs in which `*` stands for any characters. */
    readonly resource: string;
    readonly reason: string;
    readonly approvedBy: string;
    /** The last day on which it holds, in UTC: `2027-01-31`. */
    readonly until: string;
}

const fields = ["rule", "resource", "reason", "approvedBy", "until"] as const;

/** Who approved an exemption, until when and why. */
export function describeExemption({ approvedBy, until, reason }: Omit<Exemption, "rule" | "resource">): string {
    return `${approvedBy} approved until ${until} (${reason})`;
}

/** What is printed in the place of a violation that is exempted. */
export function exemptedText(exemption: Exemption, violation: string): string {
    return `${exemptedPrefix(exemption)}${violation}`;
}

function exemptedPrefix(exemption: Exemption): string {
    return `Exempted from ${exemption.rule}, ${describeExemption(exemption)}: `;
}

/** The violation behind a text of {@link exemptedText}, and the exemption that it was made with; `undefined` for other texts. */
export function readExemptedText(
    text: string,
    exemptions: readonly Exemption[],
): { readonly exemption: Exemption; readonly violation: string } | undefined {
    const exemption = exemptions.find((each) => text.startsWith(exemptedPrefix(each)));
    return exemption && { exemption, violation: text.slice(exemptedPrefix(exemption).length) };
}

/** What is wrong with the exemptions in a configuration. */
export function exemptionFaults(given: unknown, rules: readonly Rule[]): string[] {
    if (given === undefined) {
        return [];
    }
    if (!Array.isArray(given)) {
        return ["configuration.exemptions: expected a list, got something else; write a list of exemptions"];
    }
    const names = rules.map((rule) => rule.name);
    return given.flatMap((exemption: unknown, index) => {
        const path = `configuration.exemptions[${index}]`;
        if (typeof exemption !== "object" || exemption === null) {
            return [`${path}: expected an object with ${fields.join(", ")}, got something else; write them out`];
        }
        const entries = new Map<string, unknown>(Object.entries(exemption));
        const missing = fields
            .filter((field) => typeof entries.get(field) !== "string" || entries.get(field) === "")
            .map(
                (field) =>
                    `${path}.${field}: expected a text, got ${entries.has(field) ? "something else" : "nothing"}; write it out`,
            );
        const strange = [...entries.keys()]
            .filter((key) => !(fields as readonly string[]).includes(key))
            .map(
                (key) =>
                    `${path}.${key}: expected one of ${fields.join(", ")}, got an unknown field; ${nearest(key, fields)}`,
            );
        const rule = entries.get("rule");
        const unknownRule =
            typeof rule === "string" && rule !== "" && !names.includes(rule)
                ? [`${path}.rule: expected the name of a rule, got ${JSON.stringify(rule)}; ${nearest(rule, names)}`]
                : [];
        const until = entries.get("until");
        const wrongDay =
            typeof until === "string" && until !== "" && endOf(until) === undefined
                ? [`${path}.until: expected a day such as 2027-01-31, got ${JSON.stringify(until)}; correct it`]
                : [];
        return [...missing, ...strange, ...unknownRule, ...wrongDay];
    });
}

/** The first moment at which an exemption of that day holds no longer; `undefined` where the text is no day. */
function endOf(until: string): number | undefined {
    const start = /^\d{4}-\d{2}-\d{2}$/.test(until) ? Date.parse(`${until}T00:00:00Z`) : NaN;
    const isDay = !Number.isNaN(start) && new Date(start).toISOString().startsWith(until);
    return isDay ? start + 86_400_000 : undefined;
}

/** Whether an exemption holds no longer. */
export function isExpired(exemption: Exemption, now: Date): boolean {
    return (endOf(exemption.until) ?? 0) <= now.getTime();
}

/** The exemption from a rule for a resource: one that holds before one that has expired. */
export function findExemption(
    exemptions: readonly Exemption[],
    rule: string,
    urn: string,
    now: Date,
): Exemption | undefined {
    const matching = exemptions.filter(
        (exemption) => exemption.rule === rule && matchesPattern(exemption.resource, urn),
    );
    return matching.find((exemption) => !isExpired(exemption, now)) ?? matching[0];
}
