import type tls from "node:tls";
import type { TlsVersion } from "../../rules/securityPolicies";

/** Versions of TLS that a client can offer; AWS IoT Core takes none before 1.2. */
export type OfferedVersion = TlsVersion | "1.0" | "1.1";

/** What a client offers. */
export interface Offer {
    /** Server name indication; none is sent where it is absent. */
    readonly serverName?: string;
    /** @default 1.2 and 1.3 */
    readonly version?: OfferedVersion;
    /** Cipher suites of TLS 1.2, as OpenSSL names them. @default Node's */
    readonly ciphers?: string;
    readonly alpn?: string;
    /** PEM. The key is secret. */
    readonly clientCertificate?: { readonly certificate: string; readonly privateKey: string };
    /** Whether to ask for a stapled OCSP response. @default false */
    readonly requestsOcsp?: boolean;
}

/** What Node is told to offer just that, and to judge nothing. */
export function optionsOf({
    serverName,
    version,
    ciphers,
    alpn,
    clientCertificate,
    requestsOcsp,
}: Offer): tls.ConnectionOptions & Pick<tls.TLSSocketOptions, "requestOCSP"> {
    const isOld = version === "1.0" || version === "1.1";
    return {
        servername: serverName,
        minVersion: version === undefined ? "TLSv1.2" : tlsName(version),
        maxVersion: version === undefined ? "TLSv1.3" : tlsName(version),
        // OpenSSL offers the old versions at this security level only.
        ciphers: isOld ? "DEFAULT@SECLEVEL=0" : ciphers,
        ALPNProtocols: alpn === undefined ? undefined : [alpn],
        cert: clientCertificate?.certificate,
        key: clientCertificate?.privateKey,
        requestOCSP: requestsOcsp,
        rejectUnauthorized: false,
    };
}

function tlsName(version: OfferedVersion): tls.SecureVersion {
    return version === "1.0" ? "TLSv1" : `TLSv${version}`;
}
