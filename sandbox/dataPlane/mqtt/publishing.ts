import type { IPublishPacket } from "mqtt-packet";
import { mqttLimits, topicFault } from "../../../rules/mqttLimits";
import type { ConnectionRights } from "../authorization/rights";
import { publishWishes } from "./connecting";
import type { MqttGateway, ReservedAnswer } from "./gateway";
import type { MqttVersion, PacketSink } from "./packets";
import { Disconnection, reasons } from "./reasons";
import type { Subscriptions } from "./subscriptions";
import { isReserved } from "./topicFilters";

interface Parts {
    readonly version: MqttVersion;
    readonly rights: ConnectionRights;
    readonly client: PacketSink;
    readonly broker: PacketSink;
    readonly subscriptions: Subscriptions;
    readonly gateway: MqttGateway;
}

/** What one client publishes. */
export class Publishing {
    /** Topics by the numbers that the client has given them. */
    private readonly aliases = new Map<number, string>();

    constructor(private readonly parts: Parts) {}

    /** @throws Disconnection where AWS cuts the connection */
    async fromClient(packet: IPublishPacket): Promise<void> {
        const { rights, version, client, broker } = this.parts;
        const topic = this.topicOf(packet);
        refuseMessage(packet, topic);
        if (!(await rights.allows(...publishWishes(topic, packet.retain)))) {
            const refusal = `it may not publish to ${topic}`;
            if (version === 5 && packet.qos === 1) {
                const reasonCode = reasons.notAuthorized;
                return client.write({ cmd: "puback", messageId: packet.messageId, reasonCode });
            }
            throw new Disconnection(reasons.notAuthorized, refusal);
        }
        if (isReserved(topic)) {
            return this.askService(packet, topic);
        }
        const properties = { ...packet.properties, topicAlias: undefined };
        return broker.write({ ...packet, topic, ...(version === 5 && { properties }) });
    }

    /** The alias is resolved here, for the broker must see the topic that was allowed. */
    private topicOf({ topic, properties }: IPublishPacket): string {
        const alias = properties?.topicAlias;
        if (alias === undefined) {
            return topic;
        }
        const known = topic === "" ? this.aliases.get(alias) : topic;
        if (alias < 1 || alias > mqttLimits.topicAliases || known === undefined) {
            throw new Disconnection(reasons.topicAliasInvalid, `the topic alias ${alias}`);
        }
        this.aliases.set(alias, known);
        return known;
    }

    private async askService(packet: IPublishPacket, topic: string): Promise<void> {
        const { gateway, rights, client } = this.parts;
        const { principal, facts } = rights;
        const payload = Buffer.from(packet.payload);
        const answers = await gateway.answer({ topic, payload, principal, facts });
        if (answers === undefined) {
            throw new Disconnection(
                reasons.implementationSpecificError,
                `the sandbox has no service of AWS's behind ${topic}`,
            );
        }
        if (packet.qos === 1) {
            await client.write({ cmd: "puback", messageId: packet.messageId });
        }
        for (const answer of answers) {
            await this.deliver(answer);
        }
    }

    private async deliver({ topic, payload }: ReservedAnswer): Promise<void> {
        const { subscriptions, rights, client } = this.parts;
        const wish = { action: "iot:Receive", kind: "topic", name: topic } as const;
        if (subscriptions.wants(topic) && (await rights.allows(wish))) {
            await client.write({ cmd: "publish", topic, payload, qos: 0, dup: false, retain: false });
        }
    }
}

/** @throws Disconnection for what AWS's broker takes from nobody */
function refuseMessage({ qos, payload }: IPublishPacket, topic: string): void {
    if (qos > mqttLimits.maximumQos) {
        throw new Disconnection(reasons.qosNotSupported, `it published with QoS ${qos}`);
    }
    const bytes = Buffer.byteLength(payload);
    if (bytes > mqttLimits.payload) {
        throw new Disconnection(reasons.packetTooLarge, `it published ${bytes} bytes`);
    }
    const fault = topic === "" || /[+#\0]/.test(topic) ? "a topic that is none" : topicFault(topic);
    const isForeign = topic.startsWith("$") && !isReserved(topic);
    if (fault !== undefined || isForeign) {
        throw new Disconnection(reasons.topicNameInvalid, `it published to ${fault ?? "a reserved topic"}`);
    }
}
