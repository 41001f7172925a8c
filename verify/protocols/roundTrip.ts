import { randomUUID } from "node:crypto";
import type { Duplex } from "node:stream";
import { MqttFailure, MqttSession, type MqttIdentity } from "./mqttSession";

/** What a round trip took, in milliseconds. */
export interface RoundTrip {
    /** From CONNECT to CONNACK. */
    readonly connect: number;
    /** From PUBLISH to the message's return. */
    readonly message: number;
}

/** Connects, and has a message of its own come back. @throws {MqttFailure} */
export async function makeRoundTrip(
    stream: Duplex,
    identity: MqttIdentity,
    topic: string,
    timeout: number,
): Promise<RoundTrip> {
    const connecting = performance.now();
    const session = await MqttSession.open(stream, identity, timeout);
    const connect = Math.round(performance.now() - connecting);
    return { connect, message: await publishToItself(session, topic, timeout) };
}

/**
 * Subscribes to a topic, publishes to it, and waits for its own message; the session is closed in any case.
 *
 * @returns milliseconds from PUBLISH to the message's return
 * @throws {MqttFailure}
 */
export async function publishToItself(session: MqttSession, topic: string, timeout: number): Promise<number> {
    try {
        await session.subscribe(topic);
        const payload = JSON.stringify({ message: "a look from outside", id: randomUUID() });
        const publishing = performance.now();
        await session.publish(topic, payload);
        // Others may publish to the topic as well, however often.
        while (performance.now() - publishing < timeout) {
            if ((await session.receive(topic)).payload.toString() === payload) {
                return Math.round(performance.now() - publishing);
            }
        }
        throw new MqttFailure("receive", "silent", undefined, "messages of others, and not the own one");
    } finally {
        session.close();
    }
}
