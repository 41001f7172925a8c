import type net from "node:net";
import { getExtensionData, readTlsClientHello } from "read-tls-client-hello";

/** What a TLS client says before it is answered, as far as it decides on the answer. */
export interface ClientHello {
    /** In lower case; absent where the client names none. */
    readonly serverName?: string;
    /** The application protocols that the client offers, in its order. */
    readonly alpnProtocols: readonly string[];
}

/** How long a client may take for its first message, in milliseconds. */
const patience = 10_000;

/**
 * Reads the first message of a TLS connection and leaves it unread for the TLS server that is chosen by it.
 *
 * Node takes the minimum version, ciphers and application protocols of a server's own options alone, and not of the context
 * that an SNICallback gives: so each name needs a server of its own, and the name must be known before there is a server.
 *
 * @throws Error where the connection ends, takes too long or does not speak TLS
 */
export async function readClientHello(socket: net.Socket): Promise<ClientHello> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error("no ClientHello in time")), patience);
    });
    try {
        const message = await Promise.race([readTlsClientHello(socket), tooLate]);
        const serverName = getExtensionData(message, "server_name")?.serverName?.toLowerCase().replace(/\.$/, "");
        const offered = getExtensionData(message, "application_layer_protocol_negotiation")?.protocols;
        return { serverName, alpnProtocols: offered ?? [] };
    } finally {
        clearTimeout(timer);
    }
}
