import { exemptionFaults, type Exemption } from "./exemptions";
import { nearest } from "./nearest";
import type { EnforcementLevel, Preset, Rule } from "./rule";
import { settingFaults } from "./settings";

/** The name under which the pack itself is configured, beside its rules. */
export const configurationName = "configuration";

/** The presets; {@link defaultPreset} is how the rules stand. */
export const presets: readonly Preset[] = ["development", "production", "strict"];

/** The preset that holds where none is named. */
export const defaultPreset: Preset = "production";

/** Keys that the engine keeps for itself. */
const reservedNames = ["all", "environments"];

/** What the configuration says under one name. */
export interface ConfigurationEntry {
    readonly enforcementLevel: EnforcementLevel | "remediate";
    readonly properties: Readonly<Record<string, unknown>>;
}

/** What a configuration comes to. */
export interface ReadConfiguration {
    /** Everything that is wrong with it, one line each; when there is any, nothing else counts. */
    readonly faults: readonly string[];
    readonly entries: ReadonlyMap<string, ConfigurationEntry>;
    readonly exemptions: readonly Exemption[];
}

/** The level of a rule in a preset. */
export function levelIn(preset: Preset, rule: Rule): EnforcementLevel {
    return rule.presets?.[preset] ?? (preset === "strict" ? "mandatory" : rule.enforcementLevel);
}

/**
 * Reads what a client of the pack sends: checks every name in it, and settles each rule's level.
 *
 * The engine lets misspelt names pass, and the protocol cannot tell "advisory" from "no level": a client that does not
 * fill in levels, as the engine does, would turn a mandatory rule into advice by giving it a setting. Where levels are not
 * filled in, an entry with settings and no level keeps the rule's own.
 */
export function readConfiguration(
    rules: readonly Rule[],
    given: ReadonlyMap<string, ConfigurationEntry>,
): ReadConfiguration {
    const own = given.get(configurationName)?.properties ?? {};
    const faults = [...nameFaults(rules, given), ...ownFaults(own, rules)];
    for (const rule of rules) {
        faults.push(...settingFaults(rule, given.get(rule.name)?.properties ?? {}));
    }
    if (faults.length > 0) {
        return { faults, entries: new Map(), exemptions: [] };
    }
    const preset = (own["preset"] ?? defaultPreset) as Preset;
    const isFilledIn = rules.every((rule) => given.has(rule.name));
    const entries = new Map(
        rules.map((rule) => {
            const entry = given.get(rule.name);
            return [
                rule.name,
                {
                    enforcementLevel: levelOf(rule, entry, preset, isFilledIn),
                    properties: entry?.properties ?? {},
                },
            ];
        }),
    );
    // The pack's own lines are advice whatever is said to "all": an exemption that stops the deployment would be none.
    entries.set(configurationName, { enforcementLevel: "advisory", properties: own });
    return { faults, entries, exemptions: (own["exemptions"] ?? []) as Exemption[] };
}

function levelOf(
    rule: Rule,
    entry: ConfigurationEntry | undefined,
    preset: Preset,
    isFilledIn: boolean,
): ConfigurationEntry["enforcementLevel"] {
    const isUnsaid =
        entry === undefined ||
        entry.enforcementLevel === rule.enforcementLevel ||
        (!isFilledIn && entry.enforcementLevel === "advisory" && Object.keys(entry.properties).length > 0);
    return isUnsaid ? levelIn(preset, rule) : entry.enforcementLevel;
}

function nameFaults(rules: readonly Rule[], given: ReadonlyMap<string, unknown>): string[] {
    const names = [...rules.map((rule) => rule.name), configurationName];
    return [...given.keys()]
        .filter((name) => !names.includes(name) && !reservedNames.includes(name))
        .map((name) => `${name}: expected the name of a rule, got an unknown name; ${nearest(name, names)}`);
}

const ownNames = ["preset", "exemptions"];

function ownFaults(own: Readonly<Record<string, unknown>>, rules: readonly Rule[]): string[] {
    const strange = Object.keys(own)
        .filter((name) => !ownNames.includes(name))
        .map(
            (name) =>
                `${configurationName}.${name}: expected one of ${ownNames.join(", ")}, got an unknown name; ${nearest(name, ownNames)}`,
        );
    const preset = own["preset"];
    const wrongPreset =
        preset === undefined || (presets as readonly unknown[]).includes(preset)
            ? []
            : [
                  `${configurationName}.preset: expected one of ${presets.join(", ")}, got ${JSON.stringify(preset)}; ` +
                      (typeof preset === "string" ? nearest(preset, presets) : "correct it"),
              ];
    return [...strange, ...wrongPreset, ...exemptionFaults(own["exemptions"], rules)];
}
