/** Reason codes of MQTT 5 that AWS IoT Core answers with. @see https://docs.aws.amazon.com/iot/latest/developerguide/mqtt.html#mqtt5-reason-codes */
export const reasons = {
    malformedPacket: 0x81,
    protocolError: 0x82,
    implementationSpecificError: 0x83,
    notAuthorized: 0x87,
    topicFilterInvalid: 0x8f,
    topicNameInvalid: 0x90,
    topicAliasInvalid: 0x94,
    packetTooLarge: 0x95,
    quotaExceeded: 0x97,
    qosNotSupported: 0x9b,
    maximumConnectTime: 0xa0,
    subscriptionIdentifiersNotSupported: 0xa1,
} as const;

/** Return code of a CONNACK of MQTT 3.1.1 for a client that may not connect. */
export const notAuthorizedReturnCode = 5;

/** What a SUBACK of MQTT 3.1.1 says of a topic filter that is refused. */
export const subscriptionFailure = 0x80;

/** Why a client is disconnected. */
export class Disconnection extends Error {
    constructor(
        readonly reasonCode: number,
        message: string,
    ) {
        super(message);
    }
}
