import assert from "node:assert/strict";
import { createSign, generateKeyPairSync } from "node:crypto";
import https from "node:https";
import mqtt from "mqtt";
import { closed, connected, domainName, nextMessage, outcome, World } from "./world";

const authorizerName = "tokens";
const code = `exports.handler = async (event) => {
    const password = event.protocolData.mqtt?.password;
    if (event.token === "slow") await new Promise((resolve) => setTimeout(resolve, 60_000));
    if (event.token === "broken") throw new TypeError("out of order");
    return {
        isAuthenticated: event.token === "good" || password === Buffer.from("secret").toString("base64"),
        principalId: "tester",
        disconnectAfterInSeconds: 600,
        refreshAfterInSeconds: 600,
        policyDocuments: [{
            Version: "2012-10-17",
            Statement: [
                { Effect: "Allow", Action: "iot:Connect", Resource: "*" },
                {
                    Effect: "Allow",
                    Action: ["iot:Publish", "iot:Subscribe", "iot:Receive"],
                    Resource: ["topic", "topicfilter"].map((kind) =>
                        "arn:aws:iot:us-east-1:123456789012:" + kind + "/open/*"),
                },
            ],
        }],
    };
};`;

describe("sandbox/dataPlane custom authentication", () => {
    const world = new World();
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const signatureOf = (token: string) => createSign("RSA-SHA256").update(token).sign(privateKey, "base64");
    const username = (token: string, signature = signatureOf(token), name = authorizerName) =>
        `user?x-amz-customauthorizer-name=${name}&token=${token}&x-amz-customauthorizer-signature=${encodeURIComponent(signature)}`;
    const options = { awsPort: "443" as const, ALPNProtocols: ["mqtt"] };
    let functionArn: string;

    before(async () => {
        functionArn = await world.function("authorize", code);
        await world.call("lambda:UpdateFunctionConfiguration", { FunctionName: "authorize", Timeout: 1 });
        await world.call("iot:CreateAuthorizer", {
            authorizerName,
            authorizerFunctionArn: functionArn,
            tokenKeyName: "token",
            tokenSigningPublicKeys: { first: publicKey.export({ format: "pem", type: "spki" }).toString() },
            status: "ACTIVE",
        });
        await world.call("iot:CreateAuthorizer", {
            authorizerName: "unsigned",
            authorizerFunctionArn: functionArn,
            signingDisabled: true,
            status: "ACTIVE",
        });
        await world.call("iot:CreateAuthorizer", {
            authorizerName: "missing",
            authorizerFunctionArn: functionArn.replace("authorize", "missing"),
            signingDisabled: true,
            status: "ACTIVE",
        });
        await world.call("lambda:AddPermission", {
            FunctionName: "authorize",
            StatementId: "iot",
            Action: "lambda:InvokeFunction",
            Principal: "iot.amazonaws.com",
            SourceArn: "arn:aws:iot:us-east-1:123456789012:authorizer/*",
        });
        await world.domain({
            authorizerConfig: { defaultAuthorizerName: "unsigned", allowAuthorizerOverride: true },
        });
        await world.serve();
    });
    after(() => world.close());

    it("lets in who has a signed token that the function likes", async () => {
        const client = await connected(world.connect({}, { ...options, username: username("good"), password: "x" }));
        await client.subscribeAsync("open/hall");
        const message = nextMessage(client);
        await client.publishAsync("open/hall", "hello");
        assert.deepEqual(await message, { topic: "open/hall", text: "hello" });
    });

    it("asks the domain's default authorizer where the client names none", async () => {
        const connect = (password: string) => outcome(world.connect({}, { ...options, username: "me", password }));
        assert.equal(await connect("secret"), "connected");
        assert.match(await connect("wrong"), /Not authorized/);
    });

    const refusals: [title: string, name: string, reason: RegExp][] = [
        [
            "a token with another's signature",
            username("good", signatureOf("other")),
            /is not signed by any of its keys/,
        ],
        ["a token that the function does not like", username("bad"), /does not let the client in/],
        ["an authorizer that is not there", username("good", "", "nobody"), /nobody is not there/],
        ["an authorizer whose function is not there", username("good", "", "missing"), /ResourceNotFoundException/],
        ["a function that fails", username("broken"), /TypeError: out of order/],
        ["a function that takes too long", username("slow"), /Task timed out after 1 seconds/],
    ];
    for (const [title, name, reason] of refusals) {
        it(`refuses ${title}`, async () => {
            const client = world.connect({}, { ...options, username: name, password: "x" });
            assert.match(await outcome(client), /Not authorized/);
            assert.match(world.reports.at(-1) ?? "", reason);
        });
    }

    it("holds clients to the policies that the function gives", async () => {
        const client = await connected(world.connect({}, { ...options, username: "me", password: "secret" }));
        const end = closed(client);
        client.publish("closed/hall", "hello");
        await end;
    });

    it("disconnects clients when their time is over", async () => {
        const client = await connected(world.connect({}, { ...options, username: "me", password: "secret" }));
        const end = closed(client);
        world.cloud.advanceClock(601_000);
        await end;
    });

    it("takes the same credentials over WebSocket", async () => {
        const headers = {
            "x-amz-customauthorizer-name": authorizerName,
            token: "good",
            "x-amz-customauthorizer-signature": signatureOf("good"),
        };
        const client = mqtt.connect(`wss://127.0.0.1:${world.port("443")}/mqtt`, {
            reconnectPeriod: 0,
            wsOptions: { headers, servername: domainName, ca: await world.cloud.publicRoots() } as object,
        });
        client.on("error", () => {});
        assert.equal(await outcome(client), "connected");
        await client.endAsync();
    });

    it("takes the same credentials over HTTPS", async () => {
        const post = async (token: string) => {
            const request = https.request({
                host: "127.0.0.1",
                port: world.port("443"),
                servername: domainName,
                ca: await world.cloud.publicRoots(),
                path: "/topics/open/hall?qos=1",
                method: "POST",
                headers: {
                    "x-amz-customauthorizer-name": authorizerName,
                    token,
                    "x-amz-customauthorizer-signature": signatureOf(token),
                },
            });
            request.end("hello");
            return new Promise((resolve, reject) =>
                request
                    .on("response", (response) => {
                        response.resume();
                        resolve(response.statusCode);
                    })
                    .on("error", reject),
            );
        };
        assert.equal(await post("good"), 200);
        assert.equal(await post("bad"), 403);
    });
});
