import type { TLSSocket } from "node:tls";
import type { Route } from "./route";
import type { ServedEndpoint } from "./tls/servedEndpoint";

/** A connection that has come through TLS. */
export interface SecureConnection {
    readonly socket: TLSSocket;
    readonly endpoint: ServedEndpoint;
    readonly route: Route;
    readonly sourceAddress: string;
}
