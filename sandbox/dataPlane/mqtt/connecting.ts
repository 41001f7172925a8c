import { randomUUID } from "node:crypto";
import type { IConnackPacket, IConnectPacket } from "mqtt-packet";
import { mqttLimits, topicFault } from "../../../rules/mqttLimits";
import type { Wish } from "../authorization/rights";
import { isReserved } from "./topicFilters";

/** A CONNECT as the broker gets it, and what the client has to be told of the differences. */
export interface Introduction {
    readonly clientId: string;
    readonly connect: IConnectPacket;
    readonly connackProperties: NonNullable<IConnackPacket["properties"]>;
}

/** Why AWS takes a CONNECT from nobody; `undefined` for one that it may take. */
export function connectFault({ clientId, will, protocolVersion, properties }: IConnectPacket): string | undefined {
    if (protocolVersion !== 4 && protocolVersion !== 5) {
        return `MQTT of version ${protocolVersion}, expected 3.1.1 or 5`;
    }
    const bytes = Buffer.byteLength(clientId);
    if (bytes > mqttLimits.clientId) {
        return `a client ID of ${bytes} bytes, expected at most ${mqttLimits.clientId}`;
    }
    if (properties?.authenticationMethod !== undefined) {
        return "enhanced authentication, which AWS IoT Core does not support";
    }
    if (will === undefined) {
        return undefined;
    }
    if ((will.qos ?? 0) > mqttLimits.maximumQos) {
        return `a last will of QoS ${will.qos}, expected at most ${mqttLimits.maximumQos}`;
    }
    return isReserved(will.topic) ? `a last will to ${will.topic}` : topicFault(will.topic);
}

/**
 * What a client wants by its CONNECT.
 *
 * AWS looks at the last will when it publishes it; here it is looked at before, for the broker publishes by itself.
 */
export function connectWishes(clientId: string, { will }: IConnectPacket): Wish[] {
    return [{ action: "iot:Connect", kind: "client", name: clientId }, ...publishWishes(will?.topic, will?.retain)];
}

/** What it takes to publish to a topic. @see https://docs.aws.amazon.com/iot/latest/developerguide/retained-message-policy-examples.html */
export function publishWishes(topic: string | undefined, retain: boolean | undefined): Wish[] {
    if (topic === undefined) {
        return [];
    }
    const actions = ["iot:Publish", ...(retain === true ? ["iot:RetainPublish"] : [])];
    return actions.map((action) => ({ action, kind: "topic", name: topic }));
}

/** Introduces a client to the broker, which need not know how it has proven who it is. */
export function introduce(connect: IConnectPacket): Introduction {
    const { protocolVersion, clean, will, keepalive = 0, properties = {} } = connect;
    const clientId = connect.clientId === "" ? randomUUID() : connect.clientId;
    const isCapped = keepalive === 0 || keepalive > mqttLimits.keepAlive;
    const { sessionExpiryInterval, receiveMaximum, maximumPacketSize, userProperties } = properties;
    const forwarded = { sessionExpiryInterval, receiveMaximum, maximumPacketSize, userProperties };
    return {
        clientId,
        connect: {
            cmd: "connect",
            protocolId: "MQTT",
            protocolVersion,
            clientId,
            clean,
            keepalive: isCapped ? mqttLimits.keepAlive : keepalive,
            will,
            ...(protocolVersion === 5 && { properties: withoutUndefined(forwarded) }),
        },
        connackProperties: {
            ...(isCapped && { serverKeepAlive: mqttLimits.keepAlive }),
            ...(connect.clientId === "" && { assignedClientIdentifier: clientId }),
        },
    };
}

function withoutUndefined<Value extends object>(value: Value): Value {
    return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Value;
}
