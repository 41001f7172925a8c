import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import tls from "node:tls";
import mqtt, { type IClientOptions, type MqttClient } from "mqtt";
import { Cloud } from "../../../sandbox/cloud";
import { serveDataPlane, type DataPlane, type DataPlaneOptions, type EndpointPort } from "../../../sandbox/dataPlane";
import { zip } from "../cloud/zip";
import { makeDevice, type Device } from "./devices";

export { deviceCertificate, type Device } from "./devices";

export const domainName = "iot.example.com";

/** An account with a domain, on the network of this machine, and short ways to use it. Its clock is the machine's own. */
export class World {
    readonly directory = mkdtempSync(path.join(os.tmpdir(), "iot-domains-data-plane-"));
    readonly cloud = new Cloud({ directory: this.directory });
    readonly reports: string[] = [];
    private served: DataPlane | undefined;
    private zoneId: string | undefined;
    private readonly clients: MqttClient[] = [];
    private roots: string[] = [];
    /** The one that {@link secure} has made last, secured or not. */
    lastSocket: tls.TLSSocket | undefined;

    get plane(): DataPlane {
        if (this.served === undefined) {
            throw new Error("nothing is served yet");
        }
        return this.served;
    }

    async serve(options: DataPlaneOptions = {}): Promise<DataPlane> {
        const report = (line: string) => this.reports.push(line);
        this.served = await serveDataPlane(this.cloud, { report, interval: 100, ...options });
        this.roots = await this.cloud.publicRoots();
        return this.served;
    }

    async close(): Promise<void> {
        await Promise.all(this.clients.splice(0).map((client) => client.endAsync(true)));
        await this.served?.close();
        this.cloud.close();
        rmSync(this.directory, { recursive: true, force: true });
    }

    call(name: string, parameters: object = {}, region = "us-east-1"): Promise<any> {
        const [service = "", operation = ""] = name.split(":");
        return this.cloud.call({ service, operation, region, parameters: { ...parameters } });
    }

    /** Requests a certificate and proves that the name is ours. */
    async certificate(name: string, region = "us-east-1"): Promise<string> {
        this.zoneId ??= (
            await this.call("route53:CreateHostedZone", { Name: "example.com", CallerReference: "1" })
        ).HostedZone.Id;
        const request = { DomainName: name, ValidationMethod: "DNS", KeyAlgorithm: "EC_prime256v1" };
        const { CertificateArn } = await this.call("acm:RequestCertificate", request, region);
        const { Certificate } = await this.call("acm:DescribeCertificate", { CertificateArn }, region);
        const { Name, Type, Value } = Certificate.DomainValidationOptions[0].ResourceRecord;
        await this.record({ Name, Type, TTL: 300, ResourceRecords: [{ Value }] });
        await this.call("acm:DescribeCertificate", { CertificateArn }, region);
        return CertificateArn;
    }

    record(ResourceRecordSet: object, Action = "UPSERT"): Promise<unknown> {
        return this.call("route53:ChangeResourceRecordSets", {
            HostedZoneId: this.zoneId,
            ChangeBatch: { Changes: [{ Action, ResourceRecordSet }] },
        });
    }

    /** A domain configuration with a certificate of its own. */
    async domain(parameters: object = {}, region = "us-east-1", name = domainName): Promise<string> {
        const arn = await this.certificate(name, region);
        await this.call(
            "iot:CreateDomainConfiguration",
            {
                domainConfigurationName: name.replaceAll(".", "-"),
                domainName: name,
                serverCertificateArns: [arn],
                ...parameters,
            },
            region,
        );
        return arn;
    }

    /** A device with an active certificate, a thing of its own name and a policy. */
    device(name: string, policyDocument?: object, region?: string): Promise<Device> {
        return makeDevice(this.cloud, name, { policyDocument, region });
    }

    /** A Lambda function of one file in Node. */
    async function(name: string, code: string): Promise<string> {
        const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
        const { Role } = await this.call("iam:CreateRole", {
            RoleName: name,
            AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
        });
        const { FunctionArn } = await this.call("lambda:CreateFunction", {
            FunctionName: name,
            Runtime: "nodejs20.x",
            Role: Role.Arn,
            Handler: "index.handler",
            Code: { ZipFile: zip("index.js", code) },
        });
        return FunctionArn;
    }

    port(port: EndpointPort, region = "us-east-1"): number {
        const endpoint = this.plane.description.endpoints.find((each) => each.region === region);
        if (endpoint === undefined) {
            throw new Error(`${region} is not served`);
        }
        return endpoint.ports[port];
    }

    /** A TLS connection once it is secured. */
    secure(port: EndpointPort, options: tls.ConnectionOptions = {}, region?: string): Promise<tls.TLSSocket> {
        return new Promise((resolve, reject) => {
            const socket = tls.connect({
                host: "127.0.0.1",
                port: this.port(port, region),
                servername: domainName,
                ca: this.roots,
                ...options,
            });
            this.lastSocket = socket;
            socket.once("secureConnect", () => resolve(socket));
            socket.once("error", reject);
        });
    }

    /** An MQTT connection that is not made again when it is lost. */
    connect(
        device: Partial<Device>,
        options: IClientOptions & { awsPort?: EndpointPort } = {},
        region?: string,
    ): MqttClient {
        const { awsPort = "8883", ...others } = options;
        const client = mqtt.connect({
            protocol: "mqtts",
            host: "127.0.0.1",
            port: this.port(awsPort, region),
            servername: domainName,
            ca: this.roots,
            cert: device.cert,
            key: device.key,
            reconnectPeriod: 0,
            connectTimeout: 10_000,
            ...others,
        });
        client.on("error", () => {});
        this.clients.push(client);
        return client;
    }
}

/** Waits until a client is connected. @throws Error where it is closed before */
export function connected(client: MqttClient): Promise<MqttClient> {
    return new Promise((resolve, reject) => {
        client.once("connect", () => resolve(client));
        client.once("error", reject);
        client.once("close", () => reject(new Error("closed")));
    });
}

/** What becomes of a connection: `connected`, `closed`, or what the broker says. */
export function outcome(client: MqttClient): Promise<string> {
    return connected(client).then(
        () => "connected",
        (error: Error) => error.message,
    );
}

/** The next message that a client gets. */
export function nextMessage(client: MqttClient): Promise<{ topic: string; text: string }> {
    return new Promise((resolve) => {
        client.once("message", (topic, payload) => resolve({ topic, text: payload.toString() }));
    });
}

/** Waits until a client is disconnected. */
export function closed(client: MqttClient): Promise<void> {
    return new Promise((resolve) => {
        client.once("close", () => resolve());
    });
}
