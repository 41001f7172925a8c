import { faultsOf } from "../faultKind";
import { failureOf } from "../network/failure";
import type { Reach } from "../reach";
import { testName } from "../temporary";
import { openChannel, portInWords, type Channel } from "./channel";
import type { Credentials } from "./credentials";
import { protocolFaults } from "./faults";
import { inBothVersions, speakOver } from "./mqtt";
import type { Spoken } from "./protocols";
import { presignedWebSocketPath } from "./signing";
import { openWebSocket, UpgradeRefused } from "./webSocket";

const fault = faultsOf(protocolFaults);

/** Whom a request for WebSocket is made for. */
interface Asker {
    /** Secret. */
    readonly path: () => Promise<string>;
    readonly headers?: Record<string, string>;
    readonly clientId: string;
    readonly topic: string;
    readonly username?: string;
    readonly password?: string;
}

/** Speaks both versions of MQTT over WebSocket, with a signature or a token. */
export function speakWebSocket(
    channel: Channel,
    credentials: Credentials,
    reach: Reach,
): Promise<Spoken[]> | undefined {
    const asker = askerOf(channel, credentials);
    return asker && inBothVersions((version) => overWebSocket(channel, version, asker, reach));
}

function askerOf({ connection, domainName: host, region }: Channel, { aws, token }: Credentials): Asker | undefined {
    if (connection.authentication === "sigv4" && aws !== undefined) {
        const clientId = testName();
        return {
            path: () => presignedWebSocketPath({ host, region, credentials: aws }),
            clientId,
            topic: `iot-domains/verify/${clientId}`,
        };
    }
    if (connection.authentication === "custom-authorizer" && token !== undefined) {
        const { fields, ...identity } = token;
        return { ...identity, path: () => Promise.resolve("/mqtt"), headers: fields };
    }
    return undefined;
}

async function overWebSocket(
    channel: Channel,
    version: Parameters<Parameters<typeof inBothVersions>[0]>[0],
    asker: Asker,
    reach: Reach,
): Promise<Spoken> {
    const { connection, domainName: host, path } = channel;
    const place = `${version.name} over WebSocket on port ${portInWords(connection)}, ${connection.authentication}`;
    const opened = await openChannel(channel, {}, reach);
    if ("rule" in opened) {
        return { what: place, detail: opened.got, findings: [opened] };
    }
    try {
        const request = { host, path: await asker.path(), headers: asker.headers };
        const stream = await openWebSocket(opened.socket, request, reach.timeouts.answer);
        return await speakOver(stream, place, version, asker, channel, reach);
    } catch (error) {
        opened.socket.destroy();
        const words = error instanceof UpgradeRefused ? error.message : failureOf(error).message;
        const rule =
            error instanceof UpgradeRefused
                ? connection.authentication === "custom-authorizer"
                    ? "authorizer-refused"
                    : "websocket-refused"
                : "https-failed";
        const finding = fault(rule, { path, got: `${words}, ${place}` });
        return { what: place, detail: finding.got, findings: [finding] };
    }
}
