import { connections, type Connection } from "../../rules/connections";
import type { ApplicationProtocol, AuthenticationType } from "../../rules/authentication";
import type { EndpointPort } from "./description";

/** What a connection speaks after TLS. On one port, HTTPS and WebSocket are told apart by the request. */
export type SpokenProtocol = "mqtt" | "http";

/** How a client may prove who it is. */
export type Authentication = Connection["authentication"];

/** What becomes of a connection, by its port, its application protocol and the settings of the name that it asked for. */
export interface Route {
    readonly protocol: SpokenProtocol;
    readonly authentications: readonly Authentication[];
    /** Whether the client is asked for a certificate. */
    readonly asksForCertificate: boolean;
    /** Whether HTTP requests may publish, and upgrade to WebSocket. */
    readonly allowsPublish: boolean;
    readonly allowsWebSocket: boolean;
    /** What the client is told has been chosen of the application protocols that it offers. */
    readonly alpnProtocol?: string;
}

interface Settings {
    readonly authenticationType: AuthenticationType;
    readonly applicationProtocol: ApplicationProtocol;
}

/** Application protocols that AWS knows, and what they stand for. @see https://docs.aws.amazon.com/iot/latest/developerguide/protocols.html */
const alpnProtocols: ReadonlyMap<string, SpokenProtocol> = new Map(
    connections.flatMap(({ alpn, protocol }): [string, SpokenProtocol][] =>
        alpn === undefined ? [] : [[alpn, protocol === "https" ? "http" : "mqtt"]],
    ),
);

/** What each port speaks where nothing else is said. */
const protocolOfPort: Readonly<Record<EndpointPort, SpokenProtocol>> = {
    "443": "http",
    "8443": "http",
    "8883": "mqtt",
};

const protocolOf: Readonly<Record<ApplicationProtocol, SpokenProtocol | undefined>> = {
    DEFAULT: undefined,
    SECURE_MQTT: "mqtt",
    MQTT_WSS: "http",
    HTTPS: "http",
};

/** Where a domain configuration says how devices authenticate, port and application protocol no longer do. */
const authenticationsOf: Readonly<Record<AuthenticationType, readonly Authentication[] | undefined>> = {
    DEFAULT: undefined,
    AWS_X509: ["x509"],
    AWS_SIGV4: ["sigv4"],
    CUSTOM_AUTH: ["custom-authorizer"],
    CUSTOM_AUTH_X509: ["x509", "custom-authorizer"],
};

/**
 * Decides what a connection is.
 *
 * @returns `undefined` for a connection that AWS does not take
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/protocols.html
 */
export function routeOf(
    port: EndpointPort,
    offered: readonly string[],
    { authenticationType, applicationProtocol }: Settings,
): Route | undefined {
    const alpnProtocol = offered.find((name) => alpnProtocols.has(name));
    const byAlpn = alpnProtocol === undefined ? undefined : alpnProtocols.get(alpnProtocol);
    const protocol = byAlpn ?? protocolOf[applicationProtocol] ?? protocolOfPort[port];
    const isFixed = protocolOf[applicationProtocol];
    const cannot = (isFixed !== undefined && isFixed !== protocol) || !speaks(port, protocol);
    const authentications =
        authenticationsOf[authenticationType] ?? defaultAuthentications(port, protocol, alpnProtocol);
    if (cannot || authentications.length === 0) {
        return undefined;
    }
    return {
        protocol,
        authentications,
        asksForCertificate: authentications.includes("x509"),
        allowsPublish: applicationProtocol === "DEFAULT" || applicationProtocol === "HTTPS",
        allowsWebSocket: port === "443" && (applicationProtocol === "DEFAULT" || applicationProtocol === "MQTT_WSS"),
        alpnProtocol,
    };
}

/** 8883 never speaks HTTP, and 8443 never MQTT. */
function speaks(port: EndpointPort, protocol: SpokenProtocol): boolean {
    return port === "443" || protocolOfPort[port] === protocol;
}

/** AWS's table of ports and application protocols. On 8883 and 8443 the names may be offered and change nothing. */
function defaultAuthentications(
    port: EndpointPort,
    protocol: SpokenProtocol,
    alpnProtocol: string | undefined,
): readonly Authentication[] {
    const alpn = port === "443" ? alpnProtocol : undefined;
    const found = connections
        .filter((each) => each.port === Number(port) && each.alpn === alpn)
        .filter((each) => (each.protocol === "mqtt") === (protocol === "mqtt"))
        .map(({ authentication }) => authentication);
    return [...new Set(found)];
}
