import assert from "node:assert/strict";
import https from "node:https";
import mqtt from "mqtt";
import { SignatureV4 } from "@smithy/signature-v4";
import { Sha256 } from "@aws-crypto/sha256-js";
import type { EndpointPort } from "../../../sandbox/dataPlane";
import { connected, domainName, nextMessage, outcome, World, type Device } from "./world";

const credentials = { accessKeyId: "sandbox", secretAccessKey: "sandbox" };

describe("sandbox/dataPlane HTTPS and signatures", () => {
    const world = new World();
    let device: Device;
    let roots: string[];

    before(async () => {
        await world.domain();
        const everything = {
            Version: "2012-10-17",
            Statement: [
                { Effect: "Allow", Action: "*", Resource: "*" },
                {
                    Effect: "Deny",
                    Action: "iot:Publish",
                    Resource: "arn:aws:iot:us-east-1:123456789012:topic/secret/*",
                },
            ],
        };
        device = await world.device("sensor-1", everything);
        await world.serve();
        roots = await world.cloud.publicRoots();
    });
    after(() => world.close());

    interface Request {
        readonly port?: EndpointPort;
        readonly method?: string;
        readonly body?: string;
        readonly headers?: Record<string, string>;
        readonly tls?: object;
    }
    function send(path: string, { port = "8443", method = "POST", body = "21", headers, tls }: Request = {}) {
        return new Promise<[status: number | undefined, body: any]>((resolve, reject) => {
            const { cert, key } = device;
            const identity = tls ?? { cert, key };
            const request = https.request(
                {
                    host: "127.0.0.1",
                    port: world.port(port),
                    servername: domainName,
                    ca: roots,
                    path,
                    method,
                    headers,
                    // The pool of connections tells no application protocols apart.
                    agent: false,
                    ...identity,
                },
                (response) => {
                    let text = "";
                    response.on("data", (chunk: Buffer) => (text += chunk.toString()));
                    response.on("end", () => resolve([response.statusCode, JSON.parse(text)]));
                },
            );
            request.on("error", reject);
            request.end(body);
        });
    }
    async function signed(path: string, service = "iotdata", region = "us-east-1"): Promise<Record<string, string>> {
        const [pathname = "", search = ""] = path.split("?");
        const signer = new SignatureV4({ credentials, region, service, sha256: Sha256 });
        const { headers } = await signer.sign({
            method: "POST",
            protocol: "https:",
            hostname: domainName,
            path: pathname,
            query: Object.fromEntries(new URLSearchParams(search)),
            headers: { host: domainName },
            body: "21",
        });
        return headers;
    }

    it("publishes what a device posts with its certificate", async () => {
        const receiver = await connected(world.connect(device, { clientId: "sensor-1", protocolVersion: 5 }));
        await receiver.subscribeAsync("hall/#");
        const message = nextMessage(receiver);
        const [status, { message: text, traceId }] = await send("/topics/hall%2Ftemperature?qos=1");
        assert.deepEqual([status, text, typeof traceId], [200, "OK", "string"]);
        assert.deepEqual(await message, { topic: "hall/temperature", text: "21" });
    });

    it("takes certificates on port 443 by the application protocol", async () => {
        const { cert, key } = device;
        const tls = { cert, key, ALPNProtocols: ["x-amzn-http-ca"] };
        assert.equal((await send("/topics/hall?qos=1", { port: "443", tls }))[0], 200);
        assert.equal((await send("/topics/hall?qos=1", { port: "443" }))[0], 403);
    });

    it("takes signed requests on port 443", async () => {
        const headers = await signed("/topics/hall?qos=1");
        assert.equal((await send("/topics/hall?qos=1", { port: "443", headers, tls: {} }))[0], 200);
        const elsewhere = await signed("/topics/hall?qos=1", "iotdata", "eu-west-1");
        assert.equal((await send("/topics/hall?qos=1", { port: "443", headers: elsewhere, tls: {} }))[0], 403);
    });

    it("lets signed clients speak MQTT over WebSocket", async () => {
        const signer = new SignatureV4({
            credentials,
            region: "us-east-1",
            service: "iotdevicegateway",
            sha256: Sha256,
        });
        const { query = {} } = await signer.presign({
            method: "GET",
            protocol: "wss:",
            hostname: domainName,
            path: "/mqtt",
            headers: { host: domainName },
        });
        const connect = (search: string) =>
            outcome(
                mqtt
                    .connect(`wss://127.0.0.1:${world.port("443")}/mqtt${search}`, {
                        reconnectPeriod: 0,
                        wsOptions: { servername: domainName, ca: roots } as object,
                    })
                    .on("error", () => {})
                    .on("connect", function (this: mqtt.MqttClient) {
                        this.end();
                    }),
            );
        assert.equal(await connect(`?${new URLSearchParams(query as Record<string, string>)}`), "connected");
        assert.match(await connect(""), /Not authorized/);
    });

    const refusals: [title: string, path: string, request: Request, status: number][] = [
        ["a device without a certificate", "/topics/hall", { tls: {} }, 403],
        ["a topic that the policies deny", "/topics/secret%2Fplan", {}, 403],
        ["a reserved topic", "/topics/%24aws%2Fthings", {}, 400],
        ["a topic with eight slashes", `/topics/${"a%2F".repeat(8)}b`, {}, 400],
        ["a topic with a wildcard", "/topics/a%2F%23", {}, 400],
        ["a quality of service of 2", "/topics/hall?qos=2", {}, 400],
        ["more than 128 KB", "/topics/hall", { body: "x".repeat(128 * 1024 + 1) }, 413],
        ["another method", "/topics/hall", { method: "PUT" }, 405],
        ["another path", "/things/hall", {}, 404],
    ];
    for (const [title, path, request, status] of refusals) {
        it(`refuses ${title}`, async () => assert.equal((await send(path, request))[0], status));
    }
});
