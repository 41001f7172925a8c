import { mqttLimits } from "../../../rules/mqttLimits";

/**
 * The broker's configuration: AWS's limits, one socket to listen on, and no authentication of its own, for the gateway in
 * front of it lets in whom AWS would.
 *
 * The broker takes what is left out of `capabilities` for zero, so everything is given.
 *
 * @see https://github.com/mochi-mqtt/server/blob/v2.7.9/config.yaml
 */
export function brokerConfiguration(socket: string): object {
    return {
        listeners: [{ type: "unix", id: "gateway", address: socket }],
        hooks: { auth: { allow_all: true } },
        logging: { level: "ERROR" },
        options: {
            sys_topic_resend_interval: 24 * 60 * 60,
            capabilities: {
                maximum_clients: 10_000,
                maximum_message_expiry_interval: mqttLimits.messageExpiry,
                maximum_client_writes_pending: 8192,
                maximum_session_expiry_interval: mqttLimits.sessionExpiry,
                maximum_packet_size: mqttLimits.packet,
                receive_maximum: mqttLimits.receiveMaximum,
                maximum_inflight: mqttLimits.receiveMaximum,
                topic_alias_maximum: mqttLimits.topicAliases,
                shared_sub_available: 1,
                minimum_protocol_version: 4,
                maximum_qos: mqttLimits.maximumQos,
                retain_available: 1,
                wildcard_sub_available: 1,
                sub_id_available: 0,
            },
        },
    };
}
