import { nearest } from "./nearest";
import type { Rule, Setting } from "./rule";

type GivenSettings = Readonly<Record<string, unknown>>;

/**
 * A rule's settings: what the configuration gives, over the rule's own defaults.
 *
 * The CLI fills in defaults, other clients of the pack do not; a rule must not pass because nobody configured it.
 */
export function settingsOf(rule: Rule, given: GivenSettings): object {
    return Object.fromEntries(
        settingsIn(rule).map(([name, setting]) => [
            name,
            given[name] === undefined || settingFault(setting, given[name]) !== undefined
                ? setting.default
                : given[name],
        ]),
    );
}

/** What is wrong with the settings that a configuration gives to a rule: misspelt names and values of a wrong type. */
export function settingFaults(rule: Rule, given: GivenSettings): string[] {
    const settings = new Map(settingsIn(rule));
    return Object.entries(given).flatMap(([name, value]) => {
        const setting = settings.get(name);
        if (setting === undefined) {
            const names = [...settings.keys()];
            return [
                `${rule.name}.${name}: expected ${names.length === 0 ? "no settings, for the rule has none" : `one of ${names.join(", ")}`}, ` +
                    `got an unknown setting; ${nearest(name, names)}`,
            ];
        }
        const expected = settingFault(setting, value);
        return expected === undefined
            ? []
            : [
                  `${rule.name}.${name}: expected ${expected}, ` +
                      `got ${setting.fault === undefined ? JSON.stringify(value) : "something else"}; correct the pack's configuration`,
              ];
    });
}

function settingsIn(rule: Rule): [string, Setting<unknown>][] {
    return Object.entries((rule.settings ?? {}) as Record<string, Setting<unknown>>);
}

const types: Readonly<Record<Setting<unknown>["type"], (value: unknown) => boolean>> = {
    array: (value) => Array.isArray(value) && value.every((member) => typeof member === "string"),
    boolean: (value) => typeof value === "boolean",
    integer: (value) => Number.isInteger(value),
    string: (value) => typeof value === "string",
};

function settingFault(setting: Setting<unknown>, value: unknown): string | undefined {
    if (!types[setting.type](value)) {
        return setting.type === "array" ? "an array of strings" : `a value of type ${setting.type}`;
    }
    if (setting.minimum !== undefined && (value as number) < setting.minimum) {
        return `at least ${setting.minimum}`;
    }
    if (setting.maximum !== undefined && (value as number) > setting.maximum) {
        return `at most ${setting.maximum}`;
    }
    return setting.fault?.(value);
}
