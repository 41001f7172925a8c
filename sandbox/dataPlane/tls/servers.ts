import { constants, createHash } from "node:crypto";
import type net from "node:net";
import tls from "node:tls";
import { findSecurityPolicy, type TlsVersion } from "../../../rules/securityPolicies";
import { tlsCiphers } from "../../../rules/tlsCiphers";
import type { EndpointPort } from "../description";
import type { Route } from "../route";
import type { ServedEndpoint } from "./servedEndpoint";

/** How long a client may take to agree on keys, in milliseconds. */
const handshakeTimeout = 10_000;

/** How many servers are kept: names times ports times application protocols, with some room for what came before. */
const maximumServers = 200;

/** What a TLS server of one port is told. */
export interface TlsService {
    readonly port: EndpointPort;
    readonly endpoint: ServedEndpoint;
    readonly route: Route | undefined;
}

/** TLS servers that listen on nothing: connections are handed to them. Kept by all that they show to clients. */
export class TlsServers {
    private readonly servers = new Map<string, tls.Server>();

    /**
     * Secures a connection by what is to be served now.
     *
     * @throws Error where client and server do not agree, or the connection ends before
     */
    secure(socket: net.Socket, service: TlsService): Promise<tls.TLSSocket> {
        const server = this.serverFor(service);
        return new Promise((resolve, reject) => {
            const found = (secured: tls.TLSSocket) => {
                if (isSame(secured, socket)) {
                    forget();
                    resolve(secured);
                }
            };
            const failed = (error: Error, secured: tls.TLSSocket) => {
                if (isSame(secured, socket)) {
                    forget();
                    secured.destroy();
                    reject(error);
                }
            };
            const ended = () => {
                forget();
                reject(new Error("the connection was closed during the TLS handshake"));
            };
            const forget = () => {
                server.off("secureConnection", found).off("tlsClientError", failed);
                socket.off("close", ended);
            };
            server.on("secureConnection", found).on("tlsClientError", failed);
            socket.once("close", ended);
            server.emit("connection", socket);
        });
    }

    /** The server that shows what is to be served now, made when it is first needed. */
    private serverFor(service: TlsService): tls.Server {
        const key = keyOf(service);
        const server = this.servers.get(key) ?? makeServer(service);
        // What was used last comes last.
        this.servers.delete(key);
        this.servers.set(key, server);
        const [oldest] = this.servers.keys();
        if (this.servers.size > maximumServers && oldest !== undefined) {
            this.servers.delete(oldest);
        }
        return server;
    }
}

/** Whether a secured connection is the one that was handed to the server: Node does not say, but the client's port does. */
function isSame(secured: tls.TLSSocket, { remoteAddress, remotePort }: net.Socket): boolean {
    return secured.remoteAddress === remoteAddress && secured.remotePort === remotePort;
}

function keyOf({ port, endpoint, route }: TlsService): string {
    const { certificate, chain, privateKey, securityPolicy, ocspResponse } = endpoint;
    const shown = [certificate, chain, privateKey, securityPolicy, port];
    const decided = [route?.alpnProtocol, route?.asksForCertificate, ocspResponse?.toString("base64")];
    return createHash("sha256")
        .update(JSON.stringify([...shown, ...decided]))
        .digest("base64");
}

const versionNames: Readonly<Record<TlsVersion, tls.SecureVersion>> = { "1.2": "TLSv1.2", "1.3": "TLSv1.3" };

function makeServer({ port, endpoint, route }: TlsService): tls.Server {
    const versions = findSecurityPolicy(endpoint.securityPolicy)?.tlsVersions ?? ["1.2", "1.3"];
    const [oldest = "1.2"] = versions;
    const server = tls.createServer({
        key: endpoint.privateKey,
        cert: [endpoint.certificate, endpoint.chain].map((pem) => pem.trim()).join("\n"),
        minVersion: versionNames[oldest],
        maxVersion: versionNames[versions.at(-1) ?? oldest],
        ciphers: tlsCiphers(endpoint.securityPolicy, Number(port)).join(":"),
        honorCipherOrder: true,
        dhparam: "auto",
        // https://docs.aws.amazon.com/iot/latest/developerguide/transport-security.html: no session tickets
        secureOptions: constants.SSL_OP_NO_TICKET,
        requestCert: route?.asksForCertificate === true,
        // Whether a certificate lets its device in is for AWS IoT Core to say, whoever has signed it.
        rejectUnauthorized: false,
        ALPNProtocols: route?.alpnProtocol === undefined ? undefined : [route.alpnProtocol],
        handshakeTimeout,
    });
    const { ocspResponse } = endpoint;
    if (ocspResponse !== undefined) {
        server.on("OCSPRequest", (_certificate, _issuer, answer) => answer(null, ocspResponse));
    }
    // Each handshake that is under way listens.
    server.setMaxListeners(0);
    return server;
}
