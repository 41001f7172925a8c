import { randomUUID } from "node:crypto";
import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { createWebSocketStream, WebSocketServer } from "ws";
import { mqttLimits } from "../../../rules/mqttLimits";
import type { Authenticator } from "../authentication/authenticator";
import { mqttCredentials } from "../authentication/mqttCredentials";
import { ConnectionRights } from "../authorization/rights";
import { publishWishes } from "../mqtt/connecting";
import { serveMqtt } from "../mqtt/connection";
import type { MqttGateway } from "../mqtt/gateway";
import type { SecureConnection } from "../secureConnection";
import { httpCredentials } from "./httpCredentials";
import type { Publisher } from "./publisher";
import { readPayload, readPublishRequest } from "./publishRequest";
import { asRefusal, forbidden, notFound } from "./refusal";

/** Where WebSockets begin. @see https://docs.aws.amazon.com/iot/latest/developerguide/mqtt.html */
const webSocketPath = "/mqtt";

/** How long a request may take to arrive, in milliseconds. */
const patience = 20_000;

/** Speaks HTTP on connections that are handed to it: takes messages, and lets clients change to MQTT over WebSocket. */
export class HttpService {
    private readonly server: Server;
    private readonly webSockets = new WebSocketServer({
        noServer: true,
        maxPayload: mqttLimits.packet + 5,
        handleProtocols: (offered) => (offered.has("mqtt") ? "mqtt" : ([...offered][0] ?? false)),
    });
    /** Who a request's socket belongs to. */
    private readonly connections = new WeakMap<Duplex, SecureConnection>();

    constructor(
        private readonly gateway: MqttGateway,
        private readonly authenticator: Authenticator,
        private readonly publisher: Publisher,
    ) {
        this.server = createServer({ requestTimeout: patience, headersTimeout: patience }, (request, response) => {
            void this.respond(request, response);
        });
        this.server.on("upgrade", (request, socket, head) => {
            void this.upgrade(request, socket, head).catch(() => socket.destroy());
        });
        this.server.on("clientError", (_error, socket) => socket.destroy());
    }

    serve(connection: SecureConnection): void {
        this.connections.set(connection.socket, connection);
        this.server.emit("connection", connection.socket);
    }

    close(): void {
        this.server.closeAllConnections();
        this.webSockets.close();
    }

    private connectionOf(socket: Duplex): SecureConnection {
        const connection = this.connections.get(socket);
        if (connection === undefined) {
            throw new Error("a request has come by a connection that was never handed over");
        }
        return connection;
    }

    private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const traceId = randomUUID();
        try {
            await this.publish(request, this.connectionOf(request.socket));
            answer(response, 200, { message: "OK", traceId });
        } catch (error) {
            const { statusCode, errorType, message } = asRefusal(error);
            this.gateway.report(`${this.gateway.region}: ${request.method} is refused: ${(error as Error).message}`);
            answer(response, statusCode, { message, traceId }, errorType);
        }
    }

    private async publish(request: IncomingMessage, connection: SecureConnection): Promise<void> {
        if (!connection.route.allowsPublish) {
            throw notFound();
        }
        const { topic, ...options } = readPublishRequest(request);
        const rights = await this.rightsOf(request, connection);
        const payload = await readPayload(request);
        if (!(await rights.allows(...publishWishes(topic, options.retain)))) {
            throw forbidden(`${rights.principal.name} may not publish to ${topic}`);
        }
        await this.publisher.publish(topic, payload, options);
    }

    private async rightsOf(request: IncomingMessage, connection: SecureConnection): Promise<ConnectionRights> {
        const { endpoint, sourceAddress } = connection;
        const presented = httpCredentials(request, endpoint.domainName);
        const principal = await this.authenticator.authenticate(connection, presented);
        if (typeof principal === "string") {
            throw forbidden(principal);
        }
        const { cloud, region } = this.gateway;
        return new ConnectionRights(cloud, region, principal, { sourceAddress, domainName: endpoint.domainName });
    }

    private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
        const connection = this.connectionOf(socket);
        const { pathname } = new URL(request.url ?? "/", "https://endpoint");
        if (pathname !== webSocketPath || !connection.route.allowsWebSocket) {
            return refuseUpgrade(socket, 404);
        }
        const presented = httpCredentials(request, connection.endpoint.domainName);
        // Signed requests are judged before there is a WebSocket, custom credentials when CONNECT may have brought more.
        const signed =
            presented.signature === undefined
                ? undefined
                : await this.authenticator.authenticate(connection, presented);
        if (typeof signed === "string") {
            this.gateway.report(`${this.gateway.region}: a WebSocket is refused: ${signed}`);
            return refuseUpgrade(socket, 403);
        }
        this.webSockets.handleUpgrade(request, socket, head, (webSocket) => {
            const stream = createWebSocketStream(webSocket);
            const { sourceAddress, endpoint } = connection;
            const { domainName } = endpoint;
            const arrival = {
                sourceAddress,
                domainName,
                authenticate: async (connect: Parameters<typeof mqttCredentials>[0]) => {
                    if (signed !== undefined) {
                        return signed;
                    }
                    const ofMqtt = mqttCredentials(connect, domainName);
                    const custom = {
                        protocols: ["tls", "http", "mqtt"],
                        protocolData: { ...presented.custom.protocolData, ...ofMqtt.protocolData },
                        fields: new Map([...presented.custom.fields, ...ofMqtt.fields]),
                    };
                    const principal = await this.authenticator.authenticate(connection, { custom });
                    if (typeof principal === "string") {
                        this.gateway.report(`${this.gateway.region}: ${principal}`);
                        return "with CONNACK" as const;
                    }
                    return principal;
                },
            };
            void serveMqtt(stream, arrival, this.gateway);
        });
    }
}

function answer(response: ServerResponse, statusCode: number, body: object, errorType?: string): void {
    const headers = { "content-type": "application/json", ...(errorType && { "x-amzn-errortype": errorType }) };
    response.writeHead(statusCode, headers).end(JSON.stringify(body));
}

function refuseUpgrade(socket: Duplex, statusCode: number): void {
    socket.end(`HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
