import mqtt from "mqtt";
import { readFileSync } from "node:fs";
import { domainName, served } from "./served";

/**
 * Waits for the next message below a topic of a device, as another device that is connected already when this returns.
 *
 * @returns a function that waits, and disconnects
 */
export async function receiver(name: string, topicFilter: string): Promise<() => Promise<string>> {
    const { cert, key } = await served.device(name);
    const { address, port } = served.plane.description.proxy;
    const client = await mqtt.connectAsync({
        protocol: "mqtts",
        host: domainName,
        port: 8883,
        socksProxy: `socks5h://${address}:${port}`,
        servername: domainName,
        ca: readFileSync(served.roots),
        cert: readFileSync(cert),
        key: readFileSync(key),
        clientId: name,
        reconnectPeriod: 0,
    });
    const message = new Promise<string>((resolve) => {
        client.once("message", (topic, payload) => resolve(`${topic}: ${payload.toString()}`));
    });
    await client.subscribeAsync(topicFilter, { qos: 1 });
    return async () => {
        const text = await message;
        await client.endAsync();
        return text;
    };
}
