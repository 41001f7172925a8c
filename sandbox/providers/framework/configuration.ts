import { checkInputs, type CheckResult } from "./check";
import type { Properties } from "./properties";
import { Secret, type Bag, type Value } from "./values";

/** What the engine puts beside a provider's own configuration. */
const enginesOwn = new Set(["version", "pluginDownloadURL", "__internal"]);

/**
 * Checks a provider's configuration.
 *
 * A stack's configuration knows text only, so whatever is no text arrives as JSON in a string, and what a program passes
 * to an explicit provider does too.
 */
export function checkConfiguration(provider: string, properties: Properties, given: Bag): CheckResult {
    const own = Object.entries(given).filter(([name]) => !enginesOwn.has(name));
    const inputs: Bag = {};
    for (const [name, value] of own) {
        inputs[name] = open(value, properties[name]?.shape.kind);
    }
    return checkInputs({ subject: `the configuration of provider ${provider}`, properties, inputs, previous: {} });
}

function open(value: Value, kind: string | undefined): Value {
    if (value instanceof Secret) {
        return new Secret(open(value.value, kind));
    }
    if (typeof value !== "string" || kind === undefined || kind === "string") {
        return value;
    }
    try {
        return JSON.parse(value) as Value;
    } catch {
        return value;
    }
}
