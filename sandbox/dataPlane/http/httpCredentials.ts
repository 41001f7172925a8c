import type { IncomingMessage } from "node:http";
import type { Presented } from "../authentication/authenticator";
import { lowerCaseFields } from "../authentication/mqttCredentials";
import { signatureScope } from "../authentication/signatureVersion4";

/**
 * What a request hands over: a signature, or headers and a query for a custom authorizer.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/custom-auth.html#custom-auth-http
 */
export function httpCredentials(request: IncomingMessage, serverName: string): Presented {
    const { search, searchParams } = new URL(request.url ?? "/", "https://endpoint");
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
    return {
        custom: {
            protocols: ["tls", "http"],
            protocolData: {
                tls: { serverName },
                http: { headers: Object.fromEntries(headers), queryString: search },
            },
            fields: lowerCaseFields([...headers, ...searchParams]),
        },
        signature: signatureScope(request),
    };
}
