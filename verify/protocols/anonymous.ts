import type { TLSSocket } from "node:tls";
import type { Finding } from "../../rules/finding";
import { faultsOf } from "../faultKind";
import { failureOf } from "../network/failure";
import { inspectHandshake, type InspectedHandshake } from "../network/handshake";
import type { Reach } from "../reach";
import { alpnFinding, certificateFinding, openingFinding, portInWords, type Channel } from "./channel";
import { protocolFaults } from "./faults";
import { publishOverHttps } from "./httpsPublish";
import { MqttFailure, MqttSession } from "./mqttSession";
import type { Spoken } from "./protocols";

const fault = faultsOf(protocolFaults);

/** What nobody may do under this name: it belongs to no device. */
const nobody = "nobody";

/** What becomes of somebody without a certificate; words where neither was seen. */
type Reception = "let in" | "turned away" | { readonly unclear: string };

/** Comes without a client certificate to a port that lets in nobody without one. */
export async function lookAnonymously(channel: Channel, reach: Reach): Promise<Spoken> {
    const { at, connection, domainName, path } = channel;
    const what = `without a certificate on ${portInWords(connection)}`;
    const faulty = (finding: Finding): Spoken => ({ what, detail: finding.got, findings: [finding] });
    let handshake: InspectedHandshake;
    try {
        const offer = { serverName: domainName, alpn: connection.alpn };
        handshake = await inspectHandshake(at.address, at.port, offer, reach);
    } catch (error) {
        // Whoever wants a certificate says so before turning away who has none, which counts as a handshake.
        return faulty(openingFinding(channel, failureOf(error)));
    }
    const { socket, isComplete } = handshake;
    try {
        const finding = handshakeFindings(channel, handshake)[0];
        if (finding !== undefined) {
            return faulty(finding);
        }
        const reception = isComplete ? await receptionOver(socket, channel, reach) : "turned away";
        if (reception === "let in") {
            return faulty(fault("anonymous-accepted", { path, got: `let in on port ${portInWords(connection)}` }));
        }
        const seen = `${isComplete ? "TLS completes, " : ""}a client certificate is asked for`;
        return reception === "turned away"
            ? { what, detail: `${seen}, who has none is turned away`, findings: [] }
            : { what, detail: `${seen}; of who has none: ${reception.unclear}`, findings: [], isUnseen: true };
    } finally {
        socket.destroy();
    }
}

/** What is wrong with the port, whoever comes. */
function handshakeFindings(channel: Channel, handshake: InspectedHandshake): Finding[] {
    const { connection, path } = channel;
    const { flight, isComplete } = handshake;
    const notAsked = flight.asksForClientCertificate
        ? undefined
        : fault("client-certificate-not-asked", { path, got: `none on port ${portInWords(connection)}` });
    const ofAlpn = isComplete ? alpnFinding(channel, handshake) : undefined;
    return [certificateFinding(channel, handshake), ofAlpn, notAsked].flatMap((finding) => finding ?? []);
}

function receptionOver(socket: TLSSocket, { connection, domainName }: Channel, reach: Reach): Promise<Reception> {
    const { answer } = reach.timeouts;
    return connection.protocol === "https" ? overHttps(socket, domainName, answer) : overMqtt(socket, answer);
}

async function overMqtt(socket: TLSSocket, timeout: number): Promise<Reception> {
    try {
        const session = await MqttSession.open(socket, { clientId: nobody, protocolVersion: 4 }, timeout);
        session.close();
        return "let in";
    } catch (error) {
        if (!(error instanceof MqttFailure)) {
            throw error;
        }
        return error.kind === "silent" ? { unclear: error.message } : "turned away";
    }
}

async function overHttps(socket: TLSSocket, host: string, timeout: number): Promise<Reception> {
    try {
        const { status } = await publishOverHttps(socket, { host, topic: nobody }, timeout);
        return status >= 500
            ? { unclear: `HTTP status ${status}` }
            : status >= 200 && status < 300
              ? "let in"
              : "turned away";
    } catch (error) {
        const { kind, message } = failureOf(error);
        return kind === "silent" ? { unclear: message } : "turned away";
    }
}
