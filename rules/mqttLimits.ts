/**
 * What AWS IoT Core's message broker takes.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/iot-core.html#message-broker-limits
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/mqtt.html#mqtt-differences
 */
export const mqttLimits = {
    /** Quality of service: there is no "exactly once". */
    maximumQos: 1,
    /** Bytes of a message's payload. */
    payload: 128 * 1024,
    /** Bytes of a whole packet. */
    packet: 146 * 1024,
    /** Bytes in UTF-8. */
    topic: 256,
    /** Slashes in a topic or topic filter, those of a reserved beginning left out. */
    topicSlashes: 7,
    /** Bytes in UTF-8. */
    clientId: 128,
    /** Topic filters in one SUBSCRIBE. */
    subscriptionsPerRequest: 8,
    /** Topic filters of one connection. */
    subscriptionsPerConnection: 50,
    /** Seconds; who asks for more, or for none, gets this. */
    keepAlive: 1200,
    /** Seconds that a session outlives its connection. */
    sessionExpiry: 3600,
    /** Seconds that a message waits. */
    messageExpiry: 7 * 24 * 60 * 60,
    /** Messages that may wait to be acknowledged in either direction. */
    receiveMaximum: 100,
    topicAliases: 8,
} as const;

/** Beginnings of topics that AWS IoT Core keeps for itself: their slashes do not count. */
const reservedBeginnings = [/^\$aws\/rules\/[^/]+\//, /^\$aws\/things\/[^/]+\/(shadow\/|jobs\/)?/, /^\$share\/[^/]+\//];

/** Why the broker refuses a topic or a topic filter; `undefined` for one that it takes. */
export function topicFault(topic: string): string | undefined {
    const bytes = Buffer.byteLength(topic);
    if (bytes > mqttLimits.topic) {
        return `a topic of ${bytes} bytes, expected at most ${mqttLimits.topic}`;
    }
    const own = reservedBeginnings.reduce((rest, beginning) => rest.replace(beginning, ""), topic);
    const slashes = own.split("/").length - 1;
    return slashes > mqttLimits.topicSlashes
        ? `a topic with ${slashes} slashes, expected at most ${mqttLimits.topicSlashes}`
        : undefined;
}
