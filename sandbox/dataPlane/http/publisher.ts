import { randomUUID } from "node:crypto";
import { MqttClient, type IClientPublishOptions } from "mqtt";
import type { Broker } from "../broker/broker";

/** How long the broker may take to accept a message, in milliseconds. */
const patience = 10_000;

/** Publishes what comes over HTTPS: one connection to the broker for all requests of a region, made with the first. */
export class Publisher {
    private client: MqttClient | undefined;

    constructor(private readonly broker: Broker) {}

    async publish(topic: string, payload: Buffer, options: IClientPublishOptions): Promise<void> {
        this.client ??= new MqttClient(() => this.broker.connect(), {
            clientId: randomUUID(),
            protocolVersion: 5,
            reconnectPeriod: 100,
            connectTimeout: patience,
            // Of no use in front of a message that carries its whole topic.
            properties: { topicAliasMaximum: 0 },
        }).on("error", () => {});
        let timer: NodeJS.Timeout | undefined;
        const tooLate = new Promise<never>((_, reject) => {
            timer = setTimeout(() => reject(new Error("the broker took too long")), patience);
        });
        try {
            await Promise.race([this.client.publishAsync(topic, payload, options), tooLate]);
        } finally {
            clearTimeout(timer);
        }
    }

    async close(): Promise<void> {
        await this.client?.endAsync(true);
    }
}
