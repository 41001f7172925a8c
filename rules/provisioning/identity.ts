/** The policy variable that holds the name of the thing that is connected. */
export const thingNameVariable = "${iot:Connection.Thing.ThingName}";

/**
 * Policy variables that tell one device from every other.
 *
 * The client ID is among them because a device can take only the client ID that its own policy lets it take, and the rules
 * look at that as well. A thing's type and attributes are not: many things share them.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/thing-policy-variables.html
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/cert-policy-variables.html
 */
const identityVariables: readonly string[] = [
    thingNameVariable,
    "${iot:ClientId}",
    "${iot:CertificateId}",
    "${iot:Certificate.Subject.CommonName}",
    "${iot:Certificate.Subject.SerialNumber}",
];

/**
 * How a name in a policy stands to the identity of the device that uses it.
 *
 * - `own`: only the device's own
 * - `fixed`: one name, the same for every device with the policy
 * - `open`: wildcards, and nothing of the device's identity
 * - `open-before`: wildcards before the identity
 * - `open-beside`: wildcards in the same level as the identity, so that sensor-1 is also sensor-10
 */
export type Binding = "own" | "fixed" | "open" | "open-before" | "open-beside";

/** Wildcards of the policy language; its escapes `${*}`, `${?}` and `${$}` stand for the character itself. */
const policyWildcard = /[*?]/;
const escapes = /\$\{[*?$]\}/g;

/** Wildcards of MQTT topic filters. In a policy they are plain characters, but a subscription may contain them. */
const topicFilterWildcard = /[*?+#]/;

/**
 * Judges the name in a resource: a client ID, a topic, a topic filter or a thing's name.
 *
 * @param isTopicFilter Whether MQTT's own wildcards count too: a policy that names them lets a device subscribe with them.
 */
export function bindingOf(name: string, isTopicFilter = false): Binding {
    const wildcard = isTopicFilter ? topicFilterWildcard : policyWildcard;
    const plain = name.replace(escapes, "_");
    const found = identityVariables
        .map((variable) => ({ variable, at: plain.indexOf(variable) }))
        .filter(({ at }) => at >= 0)
        .sort((left, right) => left.at - right.at)[0];
    if (found === undefined) {
        return wildcard.test(plain) ? "open" : "fixed";
    }
    if (wildcard.test(plain.slice(0, found.at))) {
        return "open-before";
    }
    const [restOfLevel = ""] = plain.slice(found.at + found.variable.length).split("/");
    return wildcard.test(restOfLevel) ? "open-beside" : "own";
}
