import assert from "node:assert/strict";
import { cbor } from "@smithy/core/cbor";
import { DescribeEndpointCommand } from "@aws-sdk/client-iot";
import { ListCertificatesCommand } from "@aws-sdk/client-acm";
import { serveAws } from "../../../sandbox/http";
import { removeServed, serve, type Served } from "./served";

describe("sandbox/http", () => {
    let served: Served;

    beforeEach(async () => {
        served = await serve();
    });
    afterEach(removeServed);

    const refusals: Array<[title: string, signingName: string, path: string, request: RequestInit, expected: RegExp]> =
        [
            ["a service that it does not have", "s3", "/", {}, /^501 UnknownService: .*signs as s3; it has acm, /],
            ["an operation that it does not have", "iot", "/jobs/x", {}, /^501 UnknownOperation: .*at GET \/jobs\/x/],
            [
                "a body that is not JSON",
                "iot",
                "/things/x",
                { method: "POST", body: "{" },
                /^400 SerializationException/,
            ],
            ["a path that is badly escaped", "iot", "/things/%E0%A4%A", {}, /^400 SerializationException/],
            [
                "an operation of a protocol that names it in a header",
                "acm",
                "/",
                { method: "POST", headers: { "x-amz-target": "CertificateManager.ExportCertificate" }, body: "{}" },
                /^501 UnknownOperation: .*no operation acm:ExportCertificate; of acm it has /,
            ],
            [
                "a request that names no operation",
                "acm",
                "/",
                { method: "POST", body: "{}" },
                /^404 UnknownOperationExc/,
            ],
            [
                "an argument that AWS refuses",
                "iot",
                "/endpoint?endpointType=no+type",
                {},
                /^400 InvalidRequestException: Endpoint type no type is not valid$/,
            ],
        ];
    for (const [title, signingName, path, request, expected] of refusals) {
        it(`refuses ${title}, and says why`, async () => {
            const answer = await served.send(signingName, path, request);
            const { __type: type, message } = (await answer.json()) as { __type?: string; message: string };
            assert.match(`${answer.status} ${answer.headers.get("x-amzn-errortype") ?? type}: ${message}`, expected);
        });
    }

    it("refuses a body that is not XML", async () => {
        const answer = await served.send("route53", "/2013-04-01/hostedzone", { method: "POST", body: "<a><b></a>" });
        assert.equal(answer.status, 400);
        assert.match(await answer.text(), /<Code>SerializationException<\/Code>/);
    });

    it("refuses a request without a signature", async () => {
        const answer = await fetch(`${served.url}/endpoint`);
        assert.equal(answer.status, 403);
        assert.equal(answer.headers.get("x-amzn-errortype"), "MissingAuthenticationToken");
    });

    it("speaks CBOR to the clients of CloudWatch, and the query protocol to the older ones", async () => {
        const ask = async (input: object) => {
            const answer = await served.send(
                "monitoring",
                "/service/GraniteServiceVersion20100801/operation/DescribeAlarms",
                {
                    method: "POST",
                    headers: { "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor" },
                    body: Buffer.from(cbor.serialize(input)),
                },
            );
            return { answer, output: cbor.deserialize(new Uint8Array(await answer.arrayBuffer())) as any };
        };
        const { answer, output } = await ask({ AlarmNamePrefix: "x" });
        assert.equal(answer.headers.get("smithy-protocol"), "rpc-v2-cbor");
        assert.deepEqual(output, { MetricAlarms: [], CompositeAlarms: [] });
        const refused = await ask({ MaxRecords: 1000 });
        assert.equal(refused.answer.headers.get("x-amzn-query-error"), "ValidationError;Sender");
        assert.equal(refused.output.__type, "ValidationError");

        const body = new URLSearchParams({ Action: "DescribeAlarms", Version: "2010-08-01" });
        const older = await served.send("monitoring", "/", { method: "POST", body });
        assert.match(await older.text(), /<DescribeAlarmsResult>.*<MetricAlarms\/?>/);
    });

    it("has the cloud misbehave for clients on the network too, which try again", async () => {
        const { sandbox, iot, acm } = served;
        sandbox.cloud.misbehave({ operation: "iot:DescribeEndpoint", kind: "throttle", times: 1 });
        const { $metadata } = await iot.send(new DescribeEndpointCommand({ endpointType: "iot:Data-ATS" }));
        assert.equal($metadata.attempts, 2);
        sandbox.cloud.misbehave({ operation: "acm:ListCertificates", kind: "throttle", times: 1 });
        assert.equal((await acm.send(new ListCertificatesCommand({}))).$metadata.attempts, 2);
    });

    it("answers many requests at the same time, each its own", async () => {
        const names = Array.from({ length: 20 }, (_, index) => `thing-${index}`);
        const answers = await Promise.all(
            names.map(async (name) => {
                const answer = await served.send("iot", `/things/${name}`, { method: "POST", body: "{}" });
                return ((await answer.json()) as { thingName: string }).thingName;
            }),
        );
        assert.deepEqual(answers, names);
    });

    it("leaves the port when it is closed, and says so where one is taken", async () => {
        const first = await serveAws(served.sandbox.cloud);
        const port = Number(new URL(first.url).port);
        await assert.rejects(serveAws(served.sandbox.cloud, { port }), { code: "EADDRINUSE" });
        await first.close();
        const second = await serveAws(served.sandbox.cloud, { port });
        assert.equal(second.url, first.url);
        await second.close();
    });
});
