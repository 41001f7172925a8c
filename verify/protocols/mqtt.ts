import type { Duplex } from "node:stream";
import type { Reach } from "../reach";
import { openChannel, portInWords, type Channel } from "./channel";
import type { Credentials, DeviceIdentity } from "./credentials";
import { faultsOf } from "../faultKind";
import { protocolFaults } from "./faults";
import { mqttFinding } from "./mqttFinding";
import { MqttFailure, type MqttIdentity } from "./mqttSession";
import type { Spoken } from "./protocols";
import { makeRoundTrip } from "./roundTrip";

const fault = faultsOf(protocolFaults);

/** Versions of MQTT that AWS IoT Core speaks, as the protocol numbers them. */
const versions = [
    { protocolVersion: 4, name: "MQTT 3.1.1" },
    { protocolVersion: 5, name: "MQTT 5" },
] as const;

type Version = (typeof versions)[number];

/** Speaks both versions of MQTT over TLS, with a client certificate or a token. */
export function speakMqtt(channel: Channel, credentials: Credentials, reach: Reach): Promise<Spoken[]> | undefined {
    const { connection, region } = channel;
    const device = credentials.device?.(region);
    const { token } = credentials;
    if (connection.authentication === "x509" && device !== undefined) {
        return inBothVersions((version) =>
            credentials.oneAtATime(region)(() => overTls(channel, version, device, device, reach)),
        );
    }
    if (connection.authentication === "custom-authorizer" && token !== undefined) {
        return inBothVersions((version) => overTls(channel, version, token, undefined, reach));
    }
    return undefined;
}

/** One version after the other: with one client ID, the second connection would end the first. */
export async function inBothVersions(speak: (version: Version) => Promise<Spoken>): Promise<Spoken[]> {
    const spoken: Spoken[] = [];
    for (const version of versions) {
        spoken.push(await speak(version));
    }
    return spoken;
}

type Speaker = Omit<MqttIdentity, "protocolVersion"> & Pick<DeviceIdentity, "topic">;

async function overTls(
    channel: Channel,
    version: Version,
    speaker: Speaker,
    clientCertificate: DeviceIdentity | undefined,
    reach: Reach,
): Promise<Spoken> {
    const place = `${version.name} on port ${portInWords(channel.connection)}`;
    const opened = await openChannel(channel, { clientCertificate }, reach);
    return "rule" in opened
        ? { what: place, detail: opened.got, findings: [opened] }
        : speakOver(opened.socket, place, version, speaker, channel, reach);
}

/** A round trip over a stream that is open, as an outcome. */
export async function speakOver(
    stream: Duplex,
    place: string,
    { protocolVersion }: Version,
    { clientId, username, password, topic }: Speaker,
    { connection, path }: Channel,
    reach: Reach,
): Promise<Spoken> {
    try {
        const identity = { clientId, username, password, protocolVersion };
        const { connect, message } = await makeRoundTrip(stream, identity, topic, reach.timeouts.answer);
        const detail = `connected in ${connect} ms; published and received`;
        return { what: place, detail, findings: [], milliseconds: message };
    } catch (error) {
        if (!(error instanceof MqttFailure)) {
            throw error;
        }
        const isAuthorizers =
            connection.authentication === "custom-authorizer" && error.stage === "connect" && error.kind !== "silent";
        const finding = isAuthorizers
            ? fault("authorizer-refused", { path, got: `${error.message}, ${place}` })
            : mqttFinding(error, path, place);
        return { what: place, detail: finding.got, findings: [finding] };
    } finally {
        stream.destroy();
    }
}
