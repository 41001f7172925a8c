import assert from "node:assert/strict";
import { once } from "node:events";
import mqttPacket, { type ISubackPacket, type Packet } from "mqtt-packet";
import { closed, connected, nextMessage, outcome, World, type Device } from "./world";

describe("sandbox/dataPlane MQTT by client certificate", () => {
    const world = new World();
    let device: Device;
    let other: Device;

    before(async () => {
        await world.domain();
        device = await world.device("sensor-1");
        other = await world.device("sensor-2");
        await world.serve();
    });
    after(() => world.close());

    for (const protocolVersion of [4, 5] as const) {
        describe(`version ${protocolVersion}`, () => {
            const options = { protocolVersion };

            it("carries messages from one device to another", async () => {
                const receiver = await connected(world.connect(other, { clientId: "sensor-2", ...options }));
                const [granted] = await receiver.subscribeAsync("devices/sensor-1/#", { qos: 1 });
                assert.equal(granted?.qos, 1);
                const sender = await connected(world.connect(device, { clientId: "sensor-1", ...options }));
                const message = nextMessage(receiver);
                await sender.publishAsync("devices/sensor-1/temperature", "21", { qos: 1 });
                assert.deepEqual(await message, { topic: "devices/sensor-1/temperature", text: "21" });
                await Promise.all([sender.endAsync(), receiver.endAsync()]);
            });
        });
    }

    /** Speaks packet by packet, and acknowledges nothing. */
    async function talk({ cert, key }: Device) {
        const socket = await world.secure("8883", { cert, key });
        const parser = mqttPacket.parser({ protocolVersion: 4 });
        socket.on("data", (bytes: Buffer) => parser.parse(bytes));
        return {
            ask: (packet: Packet, answer: Packet["cmd"]) =>
                new Promise<Pick<Partial<ISubackPacket>, "messageId" | "granted">>((resolve) => {
                    const look = (got: Packet) => {
                        if (got.cmd === answer) {
                            parser.off("packet", look);
                            const { messageId, granted } = got as ISubackPacket;
                            resolve({ messageId, granted });
                        }
                    };
                    parser.on("packet", look);
                    socket.write(mqttPacket.generate(packet));
                }),
            end: async () => {
                socket.destroy();
                await once(socket, "close");
            },
        };
    }

    it("keeps what it numbers apart from what a device numbers", async () => {
        const away = { clientId: "sensor-2", clean: false };
        const filter = "devices/sensor-1/#";
        const before = await connected(world.connect(other, away));
        await before.subscribeAsync(filter, { qos: 1 });
        await before.endAsync();
        const sender = await connected(world.connect(device, { clientId: "sensor-1" }));
        await sender.publishAsync("devices/sensor-1/temperature", "21", { qos: 1 });

        // The broker has numbered that message 1, and the device that does not acknowledge it numbers its own so too.
        const { ask, end } = await talk(other);
        await ask({ cmd: "connect", clientId: "sensor-2", clean: false, protocolVersion: 4 } as Packet, "connack");
        const messageId = 1;
        const subscriptions = [{ topic: filter, qos: 1 as const }];
        const granted = await ask({ cmd: "subscribe", messageId, subscriptions }, "suback");
        assert.deepEqual(granted, { messageId, granted: [1] });
        const topic = "devices/sensor-2/temperature";
        const flags = { qos: 1, dup: false, retain: false } as const;
        const published = await ask({ cmd: "publish", messageId, topic, payload: "22", ...flags }, "puback");
        assert.deepEqual(published, { messageId, granted: undefined });
        const unsubscribed = await ask({ cmd: "unsubscribe", messageId, unsubscriptions: ["devices/+"] }, "unsuback");
        assert.deepEqual(unsubscribed.messageId, messageId);
        await end();

        const back = world.connect(other, away);
        assert.equal((await nextMessage(back)).text, "21");
        await Promise.all([sender.endAsync(), back.endAsync()]);
    });

    it("lets a device connect under the name of its own thing alone", async () => {
        assert.equal(await outcome(world.connect(device, { clientId: "sensor-2" })), "closed");
        assert.match(
            await outcome(world.connect(device, { clientId: "sensor-2", protocolVersion: 5 })),
            /Not authorized/,
        );
    });

    it("disconnects a device that publishes where it may not", async () => {
        const client = await connected(world.connect(device, { clientId: "sensor-1" }));
        const end = closed(client);
        client.publish("devices/sensor-2/temperature", "21");
        await end;
        assert.match(world.reports.at(-1) ?? "", /sensor-1 is disconnected: it may not publish/);
    });
});
