import type net from "node:net";
import type { TLSSocket } from "node:tls";
import type { Cloud } from "../cloud";
import {
    RegisteredCertificates,
    shownCertificate,
    type CertificateAuthenticator,
} from "./authentication/clientCertificates";
import { Broker } from "./broker/broker";
import type { EndpointDescription, EndpointPort } from "./description";
import { openListeners, type Listeners } from "./listeners";
import { serveMqtt } from "./mqtt/connection";
import type { MqttGateway } from "./mqtt/gateway";
import type { Report } from "./report";
import { routeOf, type Route } from "./route";
import { readClientHello } from "./tls/clientHello";
import { findServedEndpoint, type ServedEndpoint } from "./tls/servedEndpoint";
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

/** A connection that has come through TLS. */
export interface SecureConnection {
    readonly socket: TLSSocket;
    readonly endpoint: ServedEndpoint;
    readonly route: Route;
    readonly sourceAddress: string;
}

/** One region's data endpoint: what listens, and the broker behind it. */
export class RegionalEndpoint {
    private listeners: Listeners | undefined;
    private readonly tlsServers = new TlsServers();
    private readonly certificates: CertificateAuthenticator;
    private readonly gateway: MqttGateway;
    private ports: Readonly<Record<EndpointPort, number>>;

    private constructor(
        private readonly options: RegionOptions,
        private readonly broker: Broker,
    ) {
        const { cloud, region, report } = options;
        this.certificates = new RegisteredCertificates(cloud, region);
        this.gateway = { cloud, region, broker, report, answer: () => Promise.resolve(undefined) };
        this.ports = options.ports;
    }

    /** Starts the region's broker and listens. */
    static async start(options: RegionOptions): Promise<RegionalEndpoint> {
        const broker = await Broker.start(options.brokerExecutable);
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

    /** Stops listening and cuts every connection, as when a region fails. What the broker keeps stays. */
    async silence(): Promise<void> {
        const { listeners } = this;
        this.listeners = undefined;
        await listeners?.close();
    }

    async close(): Promise<void> {
        await this.silence();
        await this.broker.close();
    }

    private async accept(socket: net.Socket, port: EndpointPort): Promise<void> {
        const { cloud, region, report } = this.options;
        try {
            const sourceAddress = socket.remoteAddress ?? "";
            const { serverName, alpnProtocols } = await readClientHello(socket);
            const endpoint = await cloud.observe({ region }, (context) => findServedEndpoint(context, serverName));
            const route = routeOf(port, alpnProtocols, endpoint);
            const secured = await this.tlsServers.secure(socket, { port, endpoint, route });
            secured.on("error", () => secured.destroy());
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
            socket.destroy();
        }
    }

    private async serve({ socket, endpoint, route, sourceAddress }: SecureConnection): Promise<void> {
        const shown = shownCertificate(socket);
        const principal = shown === undefined ? "no client certificate" : await this.certificates.authenticate(shown);
        if (typeof principal === "string") {
            throw new Error(principal);
        }
        if (route.protocol === "mqtt") {
            const { domainName } = endpoint;
            const authenticate = () => Promise.resolve(principal);
            await serveMqtt(socket, { sourceAddress, domainName, authenticate }, this.gateway);
        }
    }
}
