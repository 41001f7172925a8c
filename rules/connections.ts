/** One way for a device to connect to a domain. */
export interface Connection {
    readonly protocol: "mqtt" | "mqtt-websocket" | "https";
    /** How the device proves who it is on that port. */
    readonly authentication: "x509" | "custom-authorizer" | "sigv4";
    readonly port: number;
    /** The ALPN name that the device must offer; absent where it needs none. */
    readonly alpn?: string;
}

/**
 * Ports, protocols and ALPN names of a customer-managed domain.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/protocols.html
 */
export const connections: readonly Connection[] = [
    { protocol: "mqtt", authentication: "x509", port: 8883 },
    { protocol: "mqtt", authentication: "x509", port: 443, alpn: "x-amzn-mqtt-ca" },
    { protocol: "mqtt", authentication: "custom-authorizer", port: 443, alpn: "mqtt" },
    { protocol: "mqtt-websocket", authentication: "sigv4", port: 443 },
    { protocol: "mqtt-websocket", authentication: "custom-authorizer", port: 443 },
    { protocol: "https", authentication: "x509", port: 8443 },
    { protocol: "https", authentication: "x509", port: 443, alpn: "x-amzn-http-ca" },
    { protocol: "https", authentication: "sigv4", port: 443 },
    { protocol: "https", authentication: "custom-authorizer", port: 443 },
];
