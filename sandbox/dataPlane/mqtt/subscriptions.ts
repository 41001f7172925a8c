import type { ISubackPacket, ISubscribePacket, ISubscription, IUnsubscribePacket } from "mqtt-packet";
import { mqttLimits, topicFault } from "../../../rules/mqttLimits";
import type { ConnectionRights, Wish } from "../authorization/rights";
import type { MqttVersion, PacketSink } from "./packets";
import { Disconnection, reasons, subscriptionFailure } from "./reasons";
import { isReserved, isTopicFilter, matchesFilter } from "./topicFilters";

interface Parts {
    readonly version: MqttVersion;
    readonly rights: ConnectionRights;
    readonly client: PacketSink;
    readonly broker: PacketSink;
}

/** What one client subscribes to: at the broker, or for topics of AWS's own services, here. */
export class Subscriptions {
    /** Topic filters of AWS's own services. */
    private readonly reserved = new Set<string>();
    private readonly all = new Set<string>();
    /** For each SUBSCRIBE that the broker has in part: what to say of each filter, `undefined` where the broker says it. */
    private readonly waiting = new Map<number, readonly (number | undefined)[]>();

    constructor(private readonly parts: Parts) {}

    /** Whether the client has subscribed to a topic of one of AWS's own services. */
    wants(topic: string): boolean {
        return [...this.reserved].some((filter) => matchesFilter(filter, topic));
    }

    /** @throws Disconnection where AWS cuts the connection */
    async subscribe(packet: ISubscribePacket): Promise<void> {
        const { version, rights, client, broker } = this.parts;
        const { subscriptions, properties, messageId = 0 } = packet;
        this.refuse(subscriptions, properties);
        const granted = await rights.decide(subscriptions.map(wishFor));
        const codes = subscriptions.map(({ topic, qos }, index) => {
            if (granted[index] !== true) {
                return version === 5 ? reasons.notAuthorized : subscriptionFailure;
            }
            this.all.add(topic);
            if (isReserved(topic)) {
                this.reserved.add(topic);
                return qos;
            }
            return undefined;
        });
        const forBroker = subscriptions.filter((_, index) => codes[index] === undefined);
        if (forBroker.length === 0) {
            return client.write({ cmd: "suback", messageId, granted: codes.map((code) => code ?? 0) });
        }
        this.waiting.set(messageId, codes);
        return broker.write({ ...packet, subscriptions: forBroker });
    }

    /** Puts together what the broker says and what was decided here. */
    async acknowledge(packet: ISubackPacket): Promise<void> {
        const codes = this.waiting.get(packet.messageId ?? 0) ?? [];
        this.waiting.delete(packet.messageId ?? 0);
        const fromBroker = (packet.granted as number[]).values();
        const granted = codes.map((code) => code ?? fromBroker.next().value ?? subscriptionFailure);
        return this.parts.client.write({ ...packet, granted });
    }

    async unsubscribe(packet: IUnsubscribePacket): Promise<void> {
        for (const filter of packet.unsubscriptions) {
            this.reserved.delete(filter);
            this.all.delete(filter);
        }
        // The broker does not mind filters that it has never had, and answers for each.
        return this.parts.broker.write(packet);
    }

    private refuse(subscriptions: readonly ISubscription[], properties: ISubscribePacket["properties"]): void {
        if (subscriptions.length > mqttLimits.subscriptionsPerRequest) {
            throw new Disconnection(reasons.quotaExceeded, `it subscribed to ${subscriptions.length} filters at once`);
        }
        if (properties?.subscriptionIdentifier !== undefined) {
            throw new Disconnection(
                reasons.subscriptionIdentifiersNotSupported,
                "it subscribed with a subscription identifier",
            );
        }
        for (const { topic, qos } of subscriptions) {
            if (qos > mqttLimits.maximumQos) {
                throw new Disconnection(reasons.qosNotSupported, `it subscribed with QoS ${qos}`);
            }
            const fault = isTopicFilter(topic) ? topicFault(topic) : "a topic filter that is none";
            if (fault !== undefined) {
                throw new Disconnection(reasons.topicFilterInvalid, `it subscribed to ${fault}`);
            }
        }
        const total = new Set([...this.all, ...subscriptions.map(({ topic }) => topic)]).size;
        if (total > mqttLimits.subscriptionsPerConnection) {
            throw new Disconnection(reasons.quotaExceeded, `it subscribed to ${total} filters`);
        }
    }
}

function wishFor({ topic }: ISubscription): Wish {
    return { action: "iot:Subscribe", kind: "topicfilter", name: topic };
}
