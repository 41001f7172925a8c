import type { IConnectPacket } from "mqtt-packet";
import type { CustomCredentials } from "./customAuthorizers";

/**
 * What a CONNECT hands over for an authorizer: everything, and what follows a `?` in the user name as parameters.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/custom-auth.html#custom-auth-mqtt
 */
export function mqttCredentials(
    { username, password, clientId }: IConnectPacket,
    serverName: string,
): CustomCredentials {
    const query = username === undefined ? "" : username.slice(username.indexOf("?") + 1);
    const mqtt = {
        ...(username !== undefined && { username }),
        ...(password !== undefined && { password: Buffer.from(password).toString("base64") }),
        clientId,
    };
    return {
        protocols: ["tls", "mqtt"],
        protocolData: { tls: { serverName }, mqtt },
        fields: lowerCaseFields(username?.includes("?") === true ? new URLSearchParams(query) : []),
    };
}

/** Fields by their names in lower case; of two with one name, the first counts. */
export function lowerCaseFields(entries: Iterable<readonly [string, string]>): ReadonlyMap<string, string> {
    const fields = new Map<string, string>();
    for (const [name, value] of entries) {
        if (!fields.has(name.toLowerCase())) {
            fields.set(name.toLowerCase(), value);
        }
    }
    return fields;
}
