import type net from "node:net";
import type { IConnectPacket } from "mqtt-packet";
import type { Cloud } from "../cloud";
import { Authenticator } from "./authentication/authenticator";
import type { CustomCredentials } from "./authentication/customAuthorizers";
import { mqttCredentials } from "./authentication/mqttCredentials";
import type { Principal } from "./authentication/principal";
import { Broker } from "./broker/broker";
import { HttpService } from "./http/server";
import { Publisher } from "./http/publisher";
import { Functions } from "./lambda/functions";
import type { EndpointDescription, EndpointPort } from "./description";
import { openListeners, type Listeners } from "./listeners";
import { serveMqtt } from "./mqtt/connection";
import type { MqttGateway, MqttSession, ReservedMessage, TurnedAway } from "./mqtt/gateway";
import { FleetProvisioning } from "./provisioning/fleetProvisioning";
import type { Report } from "./report";
import { routeOf } from "./route";
import type { SecureConnection } from "./secureConnection";
import { endpointCertificate } from "./tls/endpointCertificates";
import { readClientHello } from "./tls/clientHello";
import { findServedEndpoint } from "./tls/servedEndpoint";
import { TlsServers } from "./tls/servers";

export interface RegionOptions {
    readonly cloud: Cloud;
    readonly region: string;
    /** The region's data endpoint. */
    readonly host: string;
    readonly addresses: readonly string[];
    /** The ports to listen on; 0 for any that is free. */
    readonly ports: Readonly<Record<EndpointPort, number>>;
    readonly brokerExecutable: string;
    readonly report: Report;
}

/** One region's data endpoint: what listens, and the broker behind it. */
export class RegionalEndpoint {
    private listeners: Listeners | undefined;
    private readonly tlsServers = new TlsServers();
    private readonly functions: Functions;
    private readonly authenticator: Authenticator;
    private readonly publisher: Publisher;
    private readonly sessions = new Set<MqttSession>();
    private readonly gateway: MqttGateway;
    private readonly http: HttpService;
    private ports: Readonly<Record<EndpointPort, number>>;

    private constructor(
        private readonly options: RegionOptions,
        private readonly broker: Broker,
    ) {
        const { cloud, region, report } = options;
        this.ports = options.ports;
        this.functions = new Functions(cloud, region);
        this.authenticator = new Authenticator(cloud, region, this.functions);
        this.publisher = new Publisher(broker);
        const provisioning = new FleetProvisioning(cloud, region, this.functions);
        const answer = (message: ReservedMessage) => provisioning.answer(message);
        this.gateway = { cloud, region, broker, report, answer, sessions: this.sessions };
        this.http = new HttpService(this.gateway, this.authenticator, this.publisher);
    }

    /** Starts the region's broker and listens. */
    static async start(options: RegionOptions): Promise<RegionalEndpoint> {
        const { cloud, region, brokerExecutable } = options;
        // Whoever fetches the roots to trust when the region listens gets the one of its own certificate too.
        await cloud.observe({ region }, endpointCertificate);
        const broker = await Broker.start(brokerExecutable);
        const endpoint = new RegionalEndpoint(options, broker);
        try {
            await endpoint.listen();
            return endpoint;
        } catch (error) {
            await broker.close();
            throw error;
        }
    }

    get description(): EndpointDescription {
        const { region, host, addresses } = this.options;
        return { region, host, addresses, ports: this.ports };
    }

    get isListening(): boolean {
        return this.listeners !== undefined;
    }

    /** Listens, on the same ports as before where it has listened before. */
    async listen(): Promise<void> {
        const { addresses } = this.options;
        this.listeners ??= await openListeners(addresses, this.ports, (socket, port) => void this.accept(socket, port));
        this.ports = this.listeners.ports;
    }

    /** Disconnects devices whose time is over, or whose certificate has lost its rights. */
    async endSessions(): Promise<void> {
        await Promise.all([...this.sessions].map((session) => session.endIfOver()));
    }

    /** Stops listening and cuts every connection, as when a region fails. What the broker keeps stays. */
    async silence(): Promise<void> {
        const { listeners } = this;
        this.listeners = undefined;
        await listeners?.close();
    }

    async close(): Promise<void> {
        await this.silence();
        this.http.close();
        this.functions.close();
        await this.publisher.close();
        await this.broker.close();
    }

    private async accept(socket: net.Socket, port: EndpointPort): Promise<void> {
        const { cloud, region, report } = this.options;
        let taken = socket;
        try {
            const sourceAddress = socket.remoteAddress ?? "";
            const { serverName, alpnProtocols } = await readClientHello(socket);
            const endpoint = await cloud.observe({ region }, (context) => findServedEndpoint(context, serverName));
            const route = routeOf(port, alpnProtocols, endpoint);
            const secured = await this.tlsServers.secure(socket, { port, endpoint, route });
            secured.on("error", () => secured.destroy());
            taken = secured;
            if (!endpoint.isKnown) {
                throw new Error(`${serverName} is none of the account's names`);
            }
            if (route === undefined) {
                throw new Error(`${endpoint.domainName} does not take connections of this kind`);
            }
            await this.serve({ socket: secured, endpoint, route, sourceAddress });
        } catch (error) {
            // Health checks connect and say nothing: that is no fault.
            if (socket.bytesRead > 0) {
                report(`${region}: a connection to port ${port} ends: ${(error as Error).message}`);
            }
            // By TLS's own farewell where there is TLS: a client could not tell a cut from an attack.
            taken.destroySoon();
        }
    }

    private async serve(connection: SecureConnection): Promise<void> {
        const { socket, endpoint, route, sourceAddress } = connection;
        if (route.protocol === "http") {
            this.http.serve(connection);
            return;
        }
        // A device without a certificate that lets it in does not come as far as MQTT.
        const isByCertificate = route.authentications.every((each) => each === "x509");
        const known = isByCertificate ? await this.authenticator.byCertificate(connection) : undefined;
        if (typeof known === "string") {
            throw new Error(known);
        }
        const { domainName } = endpoint;
        const authenticate = async (connect: IConnectPacket) =>
            known ?? this.byCredentials(connection, mqttCredentials(connect, domainName));
        await serveMqtt(socket, { sourceAddress, domainName, authenticate }, this.gateway);
    }

    private async byCredentials(
        connection: SecureConnection,
        custom: CustomCredentials,
    ): Promise<Principal | TurnedAway> {
        const principal = await this.authenticator.authenticate(connection, { custom });
        if (typeof principal === "string") {
            this.options.report(`${this.options.region}: ${principal}`);
            return "with CONNACK";
        }
        return principal;
    }
}
