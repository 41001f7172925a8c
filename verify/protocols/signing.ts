import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import type { AwsCredentialIdentityProvider } from "@smithy/types";
import { publishBody } from "./httpsPublish";

/** What AWS IoT Core's data plane is called in signatures. */
const service = "iotdevicegateway";

const secondsToConnect = 60;

/** Whose name and region a signature is for. */
export interface Signed {
    readonly host: string;
    readonly region: string;
    readonly credentials: AwsCredentialIdentityProvider;
}

/**
 * The path and query under which MQTT over WebSocket is asked for. It lets whoever has it connect: secret.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/protocols.html#mqtt-ws
 */
export async function presignedWebSocketPath({ host, region, credentials }: Signed): Promise<string> {
    // AWS IoT Core wants the session token beside what is signed, not in it.
    const { accessKeyId, secretAccessKey, sessionToken } = await credentials();
    const signer = new SignatureV4({ service, region, credentials: { accessKeyId, secretAccessKey }, sha256: Sha256 });
    const { path, query = {} } = await signer.presign(
        { method: "GET", protocol: "wss:", hostname: host, path: "/mqtt", headers: { host }, query: {} },
        { expiresIn: secondsToConnect },
    );
    const fields = new URLSearchParams(query as Record<string, string>);
    if (sessionToken !== undefined) {
        fields.set("X-Amz-Security-Token", sessionToken);
    }
    return `${path}?${fields}`;
}

/** The headers that sign a publish over HTTPS. Secret. */
export async function signedPublishHeaders(
    { host, region, credentials }: Signed,
    topic: string,
): Promise<Record<string, string>> {
    const signer = new SignatureV4({ service: "iotdata", region, credentials, sha256: Sha256 });
    const { headers } = await signer.sign({
        method: "POST",
        protocol: "https:",
        hostname: host,
        path: `/topics/${topic}`,
        query: { qos: "1" },
        headers: { host, "content-type": "application/json" },
        body: publishBody,
    });
    return headers;
}
