import { randomUUID } from "node:crypto";
import type { Duplex } from "node:stream";
import { MqttSession, type MqttIdentity } from "./mqttSession";

/** What a round trip took, in milliseconds. */
export interface RoundTrip {
    /** From CONNECT to CONNACK. */
    readonly connect: number;
    /** From PUBLISH to the message's return. */
    readonly message: number;
}

/** Connects, subscribes to a topic, publishes to it, and waits for its own message. @throws {MqttFailure} */
export async function makeRoundTrip(
    stream: Duplex,
    identity: MqttIdentity,
    topic: string,
    timeout: number,
): Promise<RoundTrip> {
    const connecting = performance.now();
    const session = await MqttSession.open(stream, identity, timeout);
    const connect = performance.now() - connecting;
    try {
        await session.subscribe(topic);
        const payload = JSON.stringify({ message: "a look from outside", id: randomUUID() });
        const publishing = performance.now();
        await session.publish(topic, payload);
        for (;;) {
            // Others may publish to the topic as well.
            if ((await session.receive(topic)).payload.toString() === payload) {
                return { connect: Math.round(connect), message: Math.round(performance.now() - publishing) };
            }
        }
    } finally {
        session.close();
    }
}
