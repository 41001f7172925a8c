import assert from "node:assert/strict";
import { receiver } from "./receiver";
import { domainName, served } from "./served";

/** Without a client identifier there is no thing whose name a policy could hold. */
const policyDocument = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "iot:Publish", Resource: "arn:aws:iot:*:*:topic/devices/post-1/*" }],
};

describe("curl", () => {
    let device: string[];

    before(async () => {
        const { cert, key } = await served.device("post-1", { policyDocument });
        device = ["--cert", cert, "--key", key];
    });

    const post = (topic: string, ...args: string[]) =>
        served.run(
            "curl",
            ...[
                "--silent",
                "--show-error",
                "--proxy",
                served.proxy,
                "--cacert",
                served.roots,
                "--write-out",
                "\n%{http_code}",
            ],
            ...["--data", "21", `https://${domainName}:8443/topics/${topic}?qos=1`, ...args],
        );

    it("publishes on port 8443 what a device over MQTT gets", async () => {
        const message = await receiver("post-screen", "devices/post-1/#");
        const { exitCode, stdout, stderr } = await post("devices/post-1/temperature", ...device);
        assert.equal(exitCode, 0, stderr);
        const [body = "", status] = stdout.split("\n");
        assert.equal((JSON.parse(body) as { message: string }).message, "OK");
        assert.equal(status, "200");
        assert.equal(await message(), "devices/post-1/temperature: 21");
    });

    it("is forbidden to publish where the policy does not let it", async () => {
        const { stdout } = await post("devices/sensor-2/temperature", ...device);
        assert.match(stdout, /\n403$/);
    });

    it("is forbidden to publish without a certificate", async () => {
        const { stdout } = await post("devices/post-1/temperature");
        assert.match(stdout, /\n403$/);
    });

    it("is refused with TLS 1.2 where the policy takes TLS 1.3 alone", async () => {
        const { exitCode, stdout } = await post("devices/post-1/temperature", ...device, "--tls-max", "1.2");
        assert.equal(exitCode, 35);
        assert.match(stdout, /\n000$/);
    });

    it("does not trust the endpoint's own certificate for the domain", async () => {
        const { exitCode } = await served.run(
            "curl",
            ...["--silent", "--cacert", served.roots, `https://127.0.0.1:${served.endpoint().ports[8443]}/topics/x`],
        );
        assert.equal(exitCode, 60);
    });
});
