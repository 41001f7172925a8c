import assert from "node:assert/strict";
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
