import assert from "node:assert/strict";
import { domainName, served } from "./served";

interface Way {
    readonly title: string;
    readonly args: readonly string[];
}

const ways: readonly Way[] = [
    { title: "on port 8883", args: ["-p", "8883"] },
    { title: "on port 443 by ALPN", args: ["-p", "443", "--tls-alpn", "x-amzn-mqtt-ca"] },
];

const protocols = ["mqttv311", "mqttv5"] as const;

describe("mosquitto_pub and mosquitto_sub", () => {
    let sensor: string[];
    let screen: string[];

    before(async () => {
        sensor = await device("sensor-1");
        screen = await device("screen-1");
    });

    /** Arguments of a client that connects as a device, under the name of its thing, as DNS leads it. */
    async function device(name: string): Promise<string[]> {
        const { cert, key } = await served.device(name);
        return [
            ...["--proxy", served.proxy, "-h", domainName, "--cafile", served.roots],
            ...["--cert", cert, "--key", key, "-i", name],
        ];
    }

    for (const protocol of protocols) {
        for (const { title, args } of ways) {
            it(`carry a message from one to the other with ${protocol} ${title}`, async () => {
                const common = ["-V", protocol, ...args, "-t", "devices/sensor-1/temperature", "-q", "1"];
                // When a subscription is there it does not say, so that messages are sent until one has come.
                const received = served.succeed("mosquitto_sub", ...screen, ...common, "-C", "1", "-F", "%t: %p");
                const publish = () => served.succeed("mosquitto_pub", ...sensor, ...common, "-m", "21 °C");
                assert.equal(await served.repeat(publish, received), "devices/sensor-1/temperature: 21 °C\n");
            });
        }
    }

    it("keep a subscription while they are away, with a session that lasts", async () => {
        const common = [...screen, "-V", "mqttv311", "-p", "8883", "-c", "-q", "1", "-t", "devices/sensor-1/later"];
        await served.succeed("mosquitto_sub", ...common, "-E");
        await served.succeed(
            "mosquitto_pub",
            ...sensor,
            "-p",
            "8883",
            "-q",
            "1",
            "-t",
            "devices/sensor-1/later",
            "-m",
            "kept",
        );
        assert.equal(await served.succeed("mosquitto_sub", ...common, "-C", "1"), "kept\n");
    });

    const publishElsewhere = (protocol: string) => {
        const topic = ["-t", "devices/screen-1/temperature", "-m", "21"];
        return served.run("mosquitto_pub", ...sensor, "-V", protocol, "-p", "8883", "-q", "1", ...topic);
    };

    it("are cut off with MQTT 3.1.1 when they publish where the policy does not let them", async () => {
        const { exitCode, stderr } = await publishElsewhere("mqttv311");
        assert.notEqual(exitCode, 0);
        assert.match(stderr, /The connection was lost/);
        assert.match(served.reports.at(-1) ?? "", /sensor-1 is disconnected: it may not publish/);
    });

    it("are told with MQTT 5 that they are not authorized", async () => {
        assert.match((await publishElsewhere("mqttv5")).stderr, /Publish 1 failed: Not authorized/);
    });

    it("are not let in with a certificate that the region does not know", async () => {
        const { cert, key } = await served.device("stranger", { region: "eu-central-1" });
        const { exitCode } = await served.run(
            "mosquitto_pub",
            ...["--proxy", served.proxy, "-h", domainName, "-p", "8883", "--cafile", served.roots],
            ...["--cert", cert, "--key", key, "-i", "stranger", "-t", "devices/stranger/x", "-m", "x"],
        );
        assert.notEqual(exitCode, 0);
    });
});
