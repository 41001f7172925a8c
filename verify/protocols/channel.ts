import type { Connection } from "../../rules/connections";
import type { Finding } from "../../rules/finding";
import type { OpenPort } from "../endpoint/endpoint";
import { faultsOf } from "../faultKind";
import { failureOf, type ConnectionFailure } from "../network/failure";
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
    channel: Channel,
    offer: Pick<Offer, "clientCertificate">,
    reach: Reach,
): Promise<Handshake | Finding> {
    const { connection, at, domainName: serverName } = channel;
    try {
        const handshake = await shakeHands(at.address, at.port, { serverName, alpn: connection.alpn, ...offer }, reach);
        const finding = certificateFinding(channel, handshake) ?? alpnFinding(channel, handshake);
        if (finding !== undefined) {
            handshake.socket.destroy();
        }
        return finding ?? handshake;
    } catch (error) {
        const failure = failureOf(error);
        return failure.kind === "alert" && !isOfAlpn(channel, failure) && offer.clientCertificate !== undefined
            ? fault("client-certificate-refused", {
                  path: channel.path,
                  got: `${failure.message} on port ${portInWords(connection)}`,
              })
            : openingFinding(channel, failure);
    }
}

/** A handshake that did not come about, as a finding. */
export function openingFinding(channel: Channel, failure: ConnectionFailure): Finding {
    const { connection, domainName: serverName, path } = channel;
    return isOfAlpn(channel, failure)
        ? fault("alpn-refused", { path, got: `port ${connection.port}, which refuses ${connection.alpn}` })
        : handshakeFinding(failure, { path, port: portInWords(connection), serverName });
}

/** Whether another certificate is served than the one that is known to be sound. */
export function certificateFinding(
    { connection, soundFingerprint256, path }: Channel,
    { fingerprint256 }: Pick<Handshake, "fingerprint256">,
): Finding | undefined {
    const got = `${fingerprint256.slice(0, 23)}... on port ${portInWords(connection)}`;
    return fingerprint256 === soundFingerprint256 ? undefined : tlsFault("tls-certificate-differs", { path, got });
}

/** Whether the server has not chosen the ALPN name that was offered. */
export function alpnFinding(
    { connection: { port, alpn: offered }, path }: Channel,
    { alpn }: Pick<Handshake, "alpn">,
): Finding | undefined {
    const got = `port ${port}, which does not choose ${offered}`;
    return offered === undefined || alpn === offered ? undefined : fault("alpn-refused", { path, got });
}

function isOfAlpn({ connection: { alpn } }: Channel, { kind, message }: ConnectionFailure): boolean {
    return kind === "alert" && alpn !== undefined && /no.application.protocol/i.test(message);
}
