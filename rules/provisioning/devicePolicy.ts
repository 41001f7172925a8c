import type { Finding } from "../finding";
import { iotArn, type Location } from "./arns";
import { bindingOf, thingNameVariable } from "./identity";
import { policyLanguageVersion, type PolicyDocument } from "./policyDocument";

/** What a provisioned device may do, in topics that hold the name of its thing. */
export interface DeviceTopics {
    readonly publish: readonly string[];
    /** Topic filters that it may subscribe to; it receives what arrives on them. */
    readonly subscribe: readonly string[];
}

/** Topics of a device where nothing else is said: everything below one topic of its own. */
export const defaultDeviceTopics: DeviceTopics = {
    publish: [`devices/${thingNameVariable}/*`],
    subscribe: [`devices/${thingNameVariable}/*`],
};

/**
 * The policy of a provisioned device: it connects under the name of its own thing, and speaks below its own topics.
 *
 * @see https://docs.aws.amazon.com/iot-device-defender/latest/devguide/audit-chk-iot-policy-permissive.html
 */
export function devicePolicy(location: Location, { publish, subscribe }: DeviceTopics): PolicyDocument {
    const resources = (kind: string, names: readonly string[]) =>
        names.map((name) => iotArn(location, `${kind}/${name}`));
    const messages = [
        { Action: "iot:Publish", Resource: resources("topic", publish) },
        { Action: "iot:Subscribe", Resource: resources("topicfilter", subscribe) },
        { Action: "iot:Receive", Resource: resources("topic", subscribe) },
    ];
    return {
        Version: policyLanguageVersion,
        Statement: [
            {
                Effect: "Allow",
                Action: "iot:Connect",
                Resource: resources("client", [thingNameVariable]),
                // Only a certificate that is attached to the thing can use the thing's name.
                Condition: { Bool: { "iot:Connection.Thing.IsAttached": ["true"] } },
            },
            ...messages
                .filter(({ Resource }) => Resource.length > 0)
                .map((message) => ({ Effect: "Allow" as const, ...message })),
        ],
    };
}

const reference =
    "https://docs.aws.amazon.com/iot-device-defender/latest/devguide/audit-chk-iot-policy-permissive.html";

const remedies = {
    fixed: `put ${thingNameVariable} into it`,
    open: `put ${thingNameVariable} into it, before any wildcard`,
    "open-before": `write the levels before ${thingNameVariable} without wildcards`,
    "open-beside": `end the level after ${thingNameVariable}; with a wildcard there, sensor-1 is also sensor-10`,
} as const;

/** Faults of a topic that devices are to get: it must belong to one device alone. */
export function deviceTopicFindings(topic: string, path: string): Finding[] {
    const finding = (expected: string, remedy: string): Finding => ({
        rule: "device-topic",
        severity: "high",
        path,
        got: JSON.stringify(topic.length > 256 ? `${topic.slice(0, 256)}...` : topic),
        expected,
        remedy,
        reference,
    });
    if (/[+#]/.test(topic)) {
        return [
            finding(
                "a topic without + and #, which are plain characters in a policy",
                "use * for the levels below, as in the default",
            ),
        ];
    }
    const binding = bindingOf(topic);
    return binding === "own" ? [] : [finding("a topic of the device's own", remedies[binding])];
}
