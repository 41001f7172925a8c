import http from "node:http";
import type { AddressInfo } from "node:net";
import tls, { type TLSSocket } from "node:tls";
import mqttPacket, { type Packet } from "mqtt-packet";

/** PEM of what a server shows; the key is of a test. */
export interface Material {
    readonly certificate: string;
    readonly chain: string;
    readonly privateKey: string;
}

/** What a data endpoint of a test does otherwise than AWS's. */
export interface Script {
    /** Shown for the domain's name. */
    readonly material: Material;
    /** Shown for the domain's name on some of AWS's ports, in place of that. */
    readonly materialAt?: Readonly<Record<number, Material>>;
    /** Shown for any other name and for none. @default the domain's own, as what ignores names does */
    readonly other?: Material;
    readonly minVersion?: tls.SecureVersion;
    readonly maxVersion?: tls.SecureVersion;
    /** As OpenSSL names them. @default Node's, in which ECDHE and RSA agree on keys */
    readonly ciphers?: string;
    readonly ocspResponse?: Buffer;
    /** @default true */
    readonly asksForCertificate?: boolean;
    /** What answers an MQTT packet in place of what is usual; `silence` is nothing, `end` ends the connection. */
    readonly answer?: (packet: Packet, version: number) => Packet[] | "silence" | "end" | undefined;
    /** @default 200 */
    readonly httpStatus?: number;
    /** For who shows no certificate. @default 403 */
    readonly httpStatusOfNobody?: number;
    /** @default the real one */
    readonly httpDate?: Date;
    /** @default both of AWS's for client certificates */
    readonly alpn?: readonly string[];
}

const ports = [443, 8443, 8883];

/** A data endpoint that plays a script: TLS, a broker of its own and HTTPS. */
export class ScriptedEndpoint {
    private constructor(
        private readonly servers: readonly tls.Server[],
        /** AWS's ports, and those that listen for them. */
        public readonly ports: Readonly<Record<string, number>>,
    ) {}

    /** @param at Where to listen, on ports that are given by AWS's port or free ones */
    public static async start(
        domainName: string,
        script: Script,
        {
            address = "127.0.0.1",
            ports: given = {},
        }: { address?: string; ports?: Readonly<Record<string, number>> } = {},
    ): Promise<ScriptedEndpoint> {
        const servers = ports.map((port) => serve(domainName, port, script));
        await Promise.all(
            servers.map((server, index) => {
                const port = given[String(ports[index])] ?? 0;
                return new Promise<void>((resolve) => server.listen(port, address, resolve));
            }),
        );
        const numbers = servers.map((server) => (server.address() as AddressInfo).port);
        return new ScriptedEndpoint(
            servers,
            Object.fromEntries(ports.map((port, index) => [port, numbers[index] ?? 0])),
        );
    }

    public close(): void {
        this.servers.forEach((server) => server.close());
    }
}

function contextOf({ certificate, chain, privateKey }: Material): tls.SecureContext {
    return tls.createSecureContext({ cert: `${certificate}\n${chain}`, key: privateKey });
}

function serve(domainName: string, port: number, script: Script): tls.Server {
    const material = script.materialAt?.[port] ?? script.material;
    const { other = material, asksForCertificate = true, alpn = ["x-amzn-mqtt-ca", "x-amzn-http-ca"] } = script;
    const web = http.createServer((request, response) => {
        const isKnown = (request.socket as TLSSocket).getPeerX509Certificate() !== undefined;
        response.writeHead(isKnown ? (script.httpStatus ?? 200) : (script.httpStatusOfNobody ?? 403), {
            date: (script.httpDate ?? new Date()).toUTCString(),
        });
        response.end();
    });
    const server = tls.createServer({
        cert: `${other.certificate}\n${other.chain}`,
        key: other.privateKey,
        SNICallback: (name, done) => done(null, contextOf(name === domainName ? material : other)),
        requestCert: asksForCertificate,
        rejectUnauthorized: false,
        minVersion: script.minVersion,
        maxVersion: script.maxVersion,
        ciphers: script.ciphers,
        dhparam: script.ciphers === undefined ? undefined : "auto",
        ALPNProtocols: port === 443 ? [...alpn] : undefined,
    });
    server.on("tlsClientError", () => {});
    server.on("OCSPRequest", (_certificate, _issuer, done) => done(null, script.ocspResponse ?? (null as never)));
    server.on("secureConnection", (socket) => {
        socket.on("error", () => {});
        if (port === 8443 || socket.alpnProtocol === "x-amzn-http-ca" || (port === 443 && !socket.alpnProtocol)) {
            web.emit("connection", socket);
        } else {
            speakMqtt(socket, script);
        }
    });
    return server;
}

function speakMqtt(socket: TLSSocket, { answer }: Script): void {
    const parser = mqttPacket.parser();
    let version = 4;
    parser.on("packet", (packet: Packet) => {
        if (packet.cmd === "connect") {
            version = packet.protocolVersion ?? 4;
        }
        const answers = answer?.(packet, version) ?? usual(packet, socket);
        if (answers === "end") {
            socket.destroy();
        } else if (answers !== "silence") {
            answers.forEach((each) => socket.write(mqttPacket.generate(each, { protocolVersion: version })));
        }
    });
    parser.on("error", () => socket.destroy());
    socket.on("data", (chunk: Buffer) => parser.parse(chunk));
}

function usual(packet: Packet, socket: TLSSocket): Packet[] {
    switch (packet.cmd) {
        case "connect": {
            const code = socket.getPeerX509Certificate() === undefined ? 5 : 0;
            return [{ cmd: "connack", sessionPresent: false, returnCode: code, reasonCode: code === 0 ? 0 : 0x87 }];
        }
        case "subscribe":
            return [{ cmd: "suback", messageId: packet.messageId, granted: [1] }];
        case "publish":
            return [
                { cmd: "puback", messageId: packet.messageId, reasonCode: 0 },
                { cmd: "publish", topic: packet.topic, payload: packet.payload, qos: 0, dup: false, retain: false },
            ];
        default:
            return [];
    }
}
