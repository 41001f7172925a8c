import { faultsOf } from "../faultKind";
import { failureOf } from "../network/failure";
import type { Reach } from "../reach";
import { openChannel, portInWords, type Channel } from "./channel";
import { skewFindings } from "./clock";
import type { Credentials, DeviceIdentity } from "./credentials";
import { protocolFaults } from "./faults";
import { publishOverHttps, type HttpPublish } from "./httpsPublish";
import type { Spoken } from "./protocols";
import { signedPublishHeaders } from "./signing";

const fault = faultsOf(protocolFaults);

/** Publishes over HTTPS, with a client certificate, a signature or a token. */
export function speakHttps(channel: Channel, credentials: Credentials, reach: Reach): Promise<Spoken[]> | undefined {
    const { connection, domainName: host, region } = channel;
    const device = credentials.device?.(region);
    const { aws, token } = credentials;
    switch (connection.authentication) {
        case "x509":
            return device && publish(channel, { host, topic: device.topic }, device, reach);
        case "custom-authorizer":
            return token && publish(channel, { host, topic: token.topic, headers: token.fields }, undefined, reach);
        case "sigv4":
            return (
                aws &&
                signedPublishHeaders({ host, region, credentials: aws }, signedTopic).then((headers) =>
                    publish(channel, { host, topic: signedTopic, headers }, undefined, reach),
                )
            );
    }
}

/** A topic that no device subscribes to. */
const signedTopic = "iot-domains/verify/https";

async function publish(
    channel: Channel,
    message: HttpPublish,
    clientCertificate: DeviceIdentity | undefined,
    reach: Reach,
): Promise<Spoken[]> {
    const { connection, path } = channel;
    const what = `HTTPS publish on ${portInWords(connection)}, ${connection.authentication}`;
    const opened = await openChannel(channel, { clientCertificate }, reach);
    if ("rule" in opened) {
        return [{ what, detail: opened.got, findings: [opened] }];
    }
    const started = performance.now();
    try {
        const { status, date } = await publishOverHttps(opened.socket, message, reach.timeouts.answer);
        const skew = skewFindings(date, path);
        const findings = skew.length > 0 ? skew : statusFindings(status, path, what, connection.authentication);
        const milliseconds = Math.round(performance.now() - started);
        return [{ what, detail: `HTTP status ${status}`, findings, milliseconds }];
    } catch (error) {
        const finding = fault("https-failed", { path, got: `${failureOf(error).message}, ${what}` });
        return [{ what, detail: finding.got, findings: [finding] }];
    }
}

function statusFindings(status: number, path: string, what: string, authentication: string) {
    if (status >= 200 && status < 300) {
        return [];
    }
    const isRefusal = status === 401 || status === 403;
    const refusal = authentication === "custom-authorizer" ? "authorizer-refused" : "https-publish-refused";
    return [fault(isRefusal ? refusal : "https-failed", { path, got: `HTTP status ${status}, ${what}` })];
}
