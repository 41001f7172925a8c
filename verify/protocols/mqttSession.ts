import type { Duplex } from "node:stream";
import { MqttClient, type IClientOptions, type IPublishPacket } from "mqtt";
import { within } from "../network/deadline";
import { failureOf } from "../network/failure";

/** What a device was about when MQTT failed it. */
export type MqttStage = "connect" | "subscribe" | "publish" | "receive";

/** MQTT that failed. */
export class MqttFailure extends Error {
    public constructor(
        public readonly stage: MqttStage,
        /** `refused` with a reason code, ended without one, or no answer. */
        public readonly kind: "refused" | "closed" | "silent" | "tls-alert",
        /** Of CONNACK, SUBACK, PUBACK or DISCONNECT. */
        public readonly reasonCode: number | undefined,
        message: string,
    ) {
        super(message);
    }
}

/** Who connects, and how. */
export interface MqttIdentity {
    readonly clientId: string;
    /** 4 is MQTT 3.1.1. */
    readonly protocolVersion: 4 | 5;
    readonly username?: string;
    /** Secret. */
    readonly password?: string;
}

const keepaliveInSeconds = 60;

/**
 * One MQTT connection that never comes back once it is lost: for a look, that is a result and no mishap.
 *
 * Every method throws a {@link MqttFailure}.
 */
export class MqttSession {
    private readonly messages: { readonly topic: string; readonly payload: Buffer }[] = [];
    private readonly listeners = new Set<() => void>();
    private ended: Error | undefined;
    private disconnectReason: number | undefined;

    private constructor(
        private readonly client: MqttClient,
        private readonly timeout: number,
    ) {
        client.on("message", (topic: string, payload: Buffer, _packet: IPublishPacket) => {
            this.messages.push({ topic, payload });
            this.notify();
        });
        client.on("disconnect", ({ reasonCode }) => (this.disconnectReason = reasonCode));
        client.on("error", (error) => this.end(error));
        client.on("close", () => this.end(new Error("the connection was closed")));
    }

    /** Connects over a stream that is open already. */
    public static async open(stream: Duplex, identity: MqttIdentity, timeout: number): Promise<MqttSession> {
        const options: IClientOptions = {
            ...identity,
            clean: true,
            keepalive: keepaliveInSeconds,
            reconnectPeriod: 0,
            // How long is waited is decided here, not there.
            connectTimeout: 2 * timeout,
            manualConnect: true,
            resubscribe: false,
        };
        const client = new MqttClient(() => stream, options);
        const session = new MqttSession(client, timeout);
        const connected = new Promise<void>((resolve) => client.once("connect", () => resolve()));
        client.connect();
        await session.during("connect", connected);
        return session;
    }

    public async subscribe(topic: string): Promise<void> {
        await this.during("subscribe", this.client.subscribeAsync(topic, { qos: 1 }));
    }

    public async publish(topic: string, payload: string): Promise<void> {
        await this.during("publish", this.client.publishAsync(topic, payload, { qos: 1 }));
    }

    /** The next message on one of some topics. */
    public async receive(...topics: readonly string[]): Promise<{ readonly topic: string; readonly payload: Buffer }> {
        const received = new Promise<{ readonly topic: string; readonly payload: Buffer }>((resolve) => {
            const look = () => {
                const index = this.messages.findIndex(({ topic }) => topics.includes(topic));
                const [message] = index < 0 ? [] : this.messages.splice(index, 1);
                if (message !== undefined) {
                    this.listeners.delete(look);
                    resolve(message);
                }
            };
            this.listeners.add(look);
            look();
        });
        return this.during("receive", received);
    }

    public close(): void {
        this.client.end(true);
    }

    private notify(): void {
        for (const listener of [...this.listeners]) {
            listener();
        }
    }

    private end(error: Error): void {
        this.ended ??= error;
        this.notify();
    }

    /** Waits for an answer, the connection's end, or the end of patience, whichever comes first. */
    private async during<Result>(stage: MqttStage, action: Promise<Result>): Promise<Result> {
        const ended = new Promise<never>((_, reject) => {
            const look = () => {
                if (this.ended !== undefined) {
                    this.listeners.delete(look);
                    reject(this.ended);
                }
            };
            this.listeners.add(look);
            look();
        });
        const silent = { kind: "silent", message: `no answer to ${stage}` } as const;
        try {
            return await within(this.timeout, silent, Promise.race([action, ended]), () => undefined);
        } catch (error) {
            this.close();
            throw this.failure(stage, error as Error & { readonly code?: unknown });
        }
    }

    private failure(stage: MqttStage, error: Error & { readonly code?: unknown; readonly kind?: string }): MqttFailure {
        const reasonCode = typeof error.code === "number" ? error.code : this.disconnectReason;
        if (error.kind === "silent") {
            return new MqttFailure(stage, "silent", undefined, error.message);
        }
        if (reasonCode !== undefined) {
            return new MqttFailure(stage, "refused", reasonCode, `reason code 0x${reasonCode.toString(16)}`);
        }
        // In TLS 1.3 a server looks at the client's certificate when the client believes the handshake to be over.
        const failure = failureOf(error);
        return failure.kind === "alert"
            ? new MqttFailure(stage, "tls-alert", undefined, failure.message)
            : new MqttFailure(stage, "closed", undefined, "the connection was ended without a word");
    }
}
