import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { IConnackPacket, IDisconnectPacket, IPublishPacket, Packet } from "mqtt-packet";
import type { ConnectionRights } from "../authorization/rights";
import type { Introduction } from "./connecting";
import { bidFarewell } from "./farewell";
import type { MqttGateway, MqttSession } from "./gateway";
import { PacketIdentifiers } from "./packetIdentifiers";
import { PacketWriter, readPackets, type MqttVersion, type PacketSink } from "./packets";
import { Publishing } from "./publishing";
import { Disconnection, reasons } from "./reasons";
import { Subscriptions } from "./subscriptions";

/** A client that has been let in, between the client itself and the broker. */
export class ClientSession implements MqttSession {
    private readonly brokerSocket: Socket;
    private readonly broker: PacketWriter;
    private readonly identifiers = new PacketIdentifiers();
    private readonly publishing: Publishing;
    private readonly subscriptions: Subscriptions;
    private hasSaidGoodbye = false;
    /** On the cloud's clock, in milliseconds since the epoch. */
    private readonly connectedAt: number;

    constructor(
        private readonly stream: Duplex,
        private readonly client: PacketWriter,
        private readonly version: MqttVersion,
        private readonly rights: ConnectionRights,
        private readonly gateway: MqttGateway,
    ) {
        this.connectedAt = gateway.cloud.now().getTime();
        this.brokerSocket = gateway.broker.connect();
        this.broker = new PacketWriter(this.brokerSocket, version);
        const broker: PacketSink = { write: (packet) => this.broker.write(this.identifiers.request(packet)) };
        this.subscriptions = new Subscriptions({ version, rights, client, broker });
        const { subscriptions } = this;
        this.publishing = new Publishing({ version, rights, client, broker, subscriptions, gateway });
    }

    async run(introduction: Introduction, packets: AsyncGenerator<Packet>): Promise<void> {
        const { brokerSocket, stream, gateway } = this;
        const cutBroker = () => brokerSocket.destroy();
        brokerSocket.on("error", () => brokerSocket.destroy());
        stream.once("close", cutBroker);
        gateway.sessions.add(this);
        try {
            await this.broker.write(introduction.connect);
            // Together, so that what goes wrong with the one is seen while the other is still under way.
            await Promise.all([
                this.relayFromBroker(introduction).finally(() => bidFarewell(stream)),
                this.relayFromClient(packets).finally(() => this.leaveBroker()),
            ]);
        } finally {
            gateway.sessions.delete(this);
            stream.off("close", cutBroker);
            brokerSocket.destroy();
        }
    }

    async endIfOver(): Promise<void> {
        const { disconnectAfter = Infinity } = this.rights.principal;
        if (this.gateway.cloud.now().getTime() - this.connectedAt >= disconnectAfter) {
            await this.disconnect(reasons.maximumConnectTime);
        } else if (!(await this.rights.areInForce())) {
            await this.disconnect(reasons.notAuthorized);
        }
    }

    /** Without a DISCONNECT of the client's, the broker has to see that the connection was lost: it publishes the last will. */
    private leaveBroker(): void {
        if (this.hasSaidGoodbye) {
            this.brokerSocket.end();
        } else {
            this.brokerSocket.destroy();
        }
    }

    private async relayFromClient(packets: AsyncGenerator<Packet>): Promise<void> {
        try {
            for await (const packet of packets) {
                await this.takeFromClient(packet);
                if (this.hasSaidGoodbye) {
                    return;
                }
            }
        } catch (error) {
            if (!(error instanceof Disconnection)) {
                throw error;
            }
            this.gateway.report(
                `${this.gateway.region}: ${this.rights.facts.clientId} is disconnected: ${error.message}`,
            );
            await this.disconnect(error.reasonCode);
        }
    }

    private async takeFromClient(packet: Packet): Promise<void> {
        switch (packet.cmd) {
            case "publish":
                return this.publishing.fromClient(packet);
            case "subscribe":
                return this.subscriptions.subscribe(packet);
            case "unsubscribe":
                return this.subscriptions.unsubscribe(packet);
            case "disconnect":
                this.hasSaidGoodbye = (packet.reasonCode ?? 0) === 0;
                return this.broker.write(packet);
            case "connect":
            case "auth":
                throw new Disconnection(reasons.protocolError, `a second ${packet.cmd.toUpperCase()}`);
            default:
                return this.broker.write(packet);
        }
    }

    private async relayFromBroker(introduction: Introduction): Promise<void> {
        for await (const fromBroker of readPackets(this.brokerSocket, this.version)) {
            const packet = this.identifiers.answer(fromBroker);
            switch (packet.cmd) {
                case "connack":
                    await this.client.write(this.withProperties(packet, introduction));
                    break;
                case "publish":
                    await this.fromBroker(packet);
                    break;
                case "suback":
                    await this.subscriptions.acknowledge(packet);
                    break;
                default:
                    await this.client.write(packet);
            }
        }
    }

    private withProperties(packet: IConnackPacket, { connackProperties }: Introduction): IConnackPacket {
        return this.version === 5 ? { ...packet, properties: { ...packet.properties, ...connackProperties } } : packet;
    }

    private async fromBroker(packet: IPublishPacket): Promise<void> {
        if (await this.rights.allows({ action: "iot:Receive", kind: "topic", name: packet.topic })) {
            await this.client.write(packet);
        } else if (packet.qos === 1) {
            await this.broker.write({ cmd: "puback", messageId: packet.messageId });
        }
    }

    private async disconnect(reasonCode: number): Promise<void> {
        if (this.version === 5) {
            const packet: IDisconnectPacket = { cmd: "disconnect", reasonCode };
            await this.client.write(packet);
        }
        this.stream.end();
        this.brokerSocket.destroy();
    }
}
