import type { Duplex } from "node:stream";
import mqttPacket, { type Packet } from "mqtt-packet";
import { mqttLimits } from "../../../rules/mqttLimits";

/** Versions of MQTT that AWS IoT Core speaks, as CONNECT names them: 4 is 3.1.1. */
export type MqttVersion = 4 | 5;

/** A whole packet with its header: what is longer cannot become one that the broker takes. */
const maximumBuffered = mqttLimits.packet + 5;

/**
 * The packets that come out of a stream, one after the other: the stream is read on when the last one has been dealt with.
 *
 * @param version Absent where the first packet tells it
 * @throws Error for what is no MQTT, or longer than AWS takes; a connection that is lost is no error
 */
export async function* readPackets(stream: Duplex, version?: MqttVersion): AsyncGenerator<Packet> {
    const packets: Packet[] = [];
    const parser = mqttPacket.parser(version === undefined ? undefined : { protocolVersion: version });
    let fault: Error | undefined;
    parser.on("packet", (packet: Packet) => packets.push(packet));
    parser.on("error", (error: Error) => {
        fault = error;
    });
    try {
        for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
            const waiting = parser.parse(chunk as Buffer);
            yield* packets.splice(0);
            if (fault !== undefined) {
                throw fault;
            }
            if (waiting > maximumBuffered) {
                throw new Error(`a packet of more than ${mqttLimits.packet} bytes`);
            }
        }
    } catch (error) {
        // A connection that is cut has come to its end like one that is closed.
        if ((error as NodeJS.ErrnoException).code === undefined) {
            throw error;
        }
    }
}

/** Takes packets. */
export interface PacketSink {
    write(packet: Packet): Promise<void>;
}

/** Writes packets of one version of MQTT to a stream, no faster than they are read there. */
export class PacketWriter implements PacketSink {
    constructor(
        private readonly stream: Duplex,
        private readonly version: MqttVersion,
    ) {}

    async write(packet: Packet): Promise<void> {
        if (this.stream.destroyed || this.stream.writableEnded) {
            return;
        }
        const bytes = mqttPacket.generate(packet, { protocolVersion: this.version });
        if (!this.stream.write(bytes)) {
            await new Promise<void>((resolve) => {
                const done = () => {
                    this.stream.off("drain", done).off("close", done);
                    resolve();
                };
                this.stream.on("drain", done).on("close", done);
            });
        }
    }
}
