import type { TLSSocket } from "node:tls";
import { faultsOf } from "../faultKind";
import { failureOf } from "../network/failure";
import { inspectHandshake } from "../network/handshake";
import type { Reach } from "../reach";
import { portInWords, type Channel } from "./channel";
import { protocolFaults } from "./faults";
import { publishOverHttps } from "./httpsPublish";
import { MqttFailure, MqttSession } from "./mqttSession";
import type { Spoken } from "./protocols";

const fault = faultsOf(protocolFaults);

/** What nobody may do under this name: it belongs to no device. */
const nobody = "nobody";

/** Comes without a client certificate to a port that lets in nobody without one. */
export async function lookAnonymously(channel: Channel, reach: Reach): Promise<Spoken> {
    const { at, connection, domainName, path } = channel;
    const what = `without a certificate on ${portInWords(connection)}`;
    try {
        const offer = { serverName: domainName, alpn: connection.alpn };
        const { socket, flight } = await inspectHandshake(at.address, at.port, offer, reach);
        if (!flight.asksForClientCertificate) {
            socket.destroy();
            const finding = fault("client-certificate-not-asked", {
                path,
                got: `none on port ${portInWords(connection)}`,
            });
            return { what, detail: finding.got, findings: [finding] };
        }
        const isLetIn =
            connection.protocol === "https"
                ? await isPublished(socket, channel, reach)
                : await isConnected(socket, reach);
        return isLetIn
            ? {
                  what,
                  detail: "let in",
                  findings: [fault("anonymous-accepted", { path, got: `let in on port ${portInWords(connection)}` })],
              }
            : {
                  what,
                  detail: "TLS completes, a client certificate is asked for, who has none is turned away",
                  findings: [],
              };
    } catch (error) {
        // What is wrong with this port, if anything, is told by whoever comes with a certificate.
        return { what, detail: `turned away in the handshake: ${failureOf(error).message}`, findings: [] };
    }
}

async function isConnected(socket: TLSSocket, reach: Reach): Promise<boolean> {
    try {
        const session = await MqttSession.open(socket, { clientId: nobody, protocolVersion: 4 }, reach.timeouts.answer);
        session.close();
        return true;
    } catch (error) {
        if (!(error instanceof MqttFailure)) {
            throw error;
        }
        return false;
    } finally {
        socket.destroy();
    }
}

async function isPublished(socket: TLSSocket, { domainName }: Channel, reach: Reach): Promise<boolean> {
    try {
        const { status } = await publishOverHttps(socket, { host: domainName, topic: nobody }, reach.timeouts.answer);
        return status >= 200 && status < 300;
    } catch {
        return false;
    }
}
