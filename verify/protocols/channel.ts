import type { Connection } from "../../rules/connections";
import type { Finding } from "../../rules/finding";
import type { OpenPort } from "../endpoint/endpoint";
import { faultsOf } from "../faultKind";
import { failureOf } from "../network/failure";
import { shakeHands, type Handshake } from "../network/handshake";
import type { Offer } from "../network/offer";
import type { Reach } from "../reach";
import { tlsFaults } from "../tls/faults";
import { handshakeFinding } from "../tls/handshakeFinding";
import { protocolFaults } from "./faults";

/** One of the domain's connections at one place, and the certificate that is known to be sound there. */
export interface Channel {
    readonly connection: Connection;
    readonly at: OpenPort;
    readonly domainName: string;
    readonly soundFingerprint256: string;
    /** The region's path in the outputs. */
    readonly path: string;
    readonly region: string;
}

const fault = faultsOf(protocolFaults);
const tlsFault = faultsOf(tlsFaults);

/** `8883`, or `443 with ALPN x-amzn-mqtt-ca`. */
export function portInWords({ port, alpn }: Pick<Connection, "port" | "alpn">): string {
    return alpn === undefined ? String(port) : `${port} with ALPN ${alpn}`;
}

/**
 * Opens a TLS connection to who is known to be the right one.
 *
 * @returns a finding where it does not come about, or where another certificate is served: to whom nothing is said then
 */
export async function openChannel(
    { connection, at, domainName, soundFingerprint256, path }: Channel,
    offer: Pick<Offer, "clientCertificate">,
    reach: Reach,
): Promise<Handshake | Finding> {
    const { alpn } = connection;
    try {
        const handshake = await shakeHands(at.address, at.port, { serverName: domainName, alpn, ...offer }, reach);
        if (handshake.fingerprint256 === soundFingerprint256 && (alpn === undefined || handshake.alpn === alpn)) {
            return handshake;
        }
        handshake.socket.destroy();
        return handshake.fingerprint256 === soundFingerprint256
            ? fault("alpn-refused", { path, got: `port ${connection.port}, which does not choose ${alpn}` })
            : tlsFault("tls-certificate-differs", {
                  path,
                  got: `${handshake.fingerprint256.slice(0, 23)}... on port ${portInWords(connection)}`,
              });
    } catch (error) {
        const failure = failureOf(error);
        if (failure.kind === "alert" && alpn !== undefined && /no.application.protocol/i.test(failure.message)) {
            return fault("alpn-refused", { path, got: `port ${connection.port}, which refuses ${alpn}` });
        }
        return failure.kind === "alert" && offer.clientCertificate !== undefined
            ? fault("client-certificate-refused", {
                  path,
                  got: `${failure.message} on port ${portInWords(connection)}`,
              })
            : handshakeFinding(failure, { path, port: portInWords(connection), serverName: domainName });
    }
}
