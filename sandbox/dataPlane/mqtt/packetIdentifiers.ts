import type { Packet } from "mqtt-packet";

const largest = 0xffff;

/** Packets of the broker's that answer one of the client's by its identifier. */
const answers: ReadonlySet<Packet["cmd"]> = new Set(["puback", "suback", "unsuback"]);

/**
 * Identifiers of a client's packets as the broker gets them.
 *
 * In MQTT, client and server number their packets apart from each other. The broker does not tell them apart: it refuses a
 * SUBSCRIBE with the number of a message that the client has not acknowledged yet, and forgets such a message when the client
 * publishes with its number. It counts from 1 up; so what a client asks is numbered from the top down.
 *
 * @see https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html#_Toc3901026
 */
export class PacketIdentifiers {
    /** The client's, by the broker's, of packets without an answer so far. */
    private readonly ofClient = new Map<number, number>();

    /** A packet of the client's, for the broker. */
    request<Request extends Packet>(packet: Request): Request {
        const { messageId } = packet;
        if (messageId === undefined) {
            return packet;
        }
        let free = largest;
        while (this.ofClient.has(free)) {
            free -= 1;
        }
        this.ofClient.set(free, messageId);
        return { ...packet, messageId: free };
    }

    /** A packet of the broker's, for the client. */
    answer(packet: Packet): Packet {
        const { cmd, messageId = 0 } = packet;
        const known = this.ofClient.get(messageId);
        if (!answers.has(cmd) || known === undefined) {
            return packet;
        }
        this.ofClient.delete(messageId);
        return { ...packet, messageId: known };
    }
}
