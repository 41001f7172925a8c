import type { Finding } from "../../rules/finding";
import { faultsOf } from "../faultKind";
import { protocolFaults } from "./faults";
import type { MqttFailure, MqttStage } from "./mqttSession";

type Rule = keyof typeof protocolFaults;

const fault = faultsOf(protocolFaults);

/** What a reason code of CONNACK says; every other one says that this device may not connect. */
const connectReasons: Readonly<Record<number, Rule>> = {
    // MQTT 3.1.1
    0x01: "mqtt-version-refused",
    0x03: "mqtt-unavailable",
    // MQTT 5
    0x84: "mqtt-version-refused",
    0x88: "mqtt-unavailable",
    0x89: "mqtt-unavailable",
    0x97: "mqtt-unavailable",
};

/** Whether with a reason code or, as AWS does without one in MQTT 3.1.1, by the end of the connection. */
const turnedAway: Readonly<Record<Exclude<MqttStage, "connect">, Rule>> = {
    subscribe: "mqtt-subscribe-refused",
    publish: "mqtt-publish-refused",
    receive: "mqtt-message-lost",
};

/** An MQTT failure as a finding. */
export function mqttFinding({ stage, kind, reasonCode, message }: MqttFailure, path: string, place: string): Finding {
    return fault(ruleOf(stage, kind, reasonCode), { path, got: `${message}, ${place}` });
}

function ruleOf(stage: MqttStage, kind: MqttFailure["kind"], reasonCode: number | undefined): Rule {
    if (kind === "tls-alert") {
        return "client-certificate-refused";
    }
    if (stage === "connect") {
        return kind === "refused"
            ? (connectReasons[reasonCode ?? 0] ?? "mqtt-connect-refused")
            : kind === "silent"
              ? "mqtt-silent"
              : "mqtt-closed";
    }
    return kind === "silent" && stage !== "receive" ? "mqtt-silent" : turnedAway[stage];
}
