import type { IncomingMessage } from "node:http";
import type { IPublishPacket } from "mqtt-packet";
import { mqttLimits, topicFault } from "../../../rules/mqttLimits";
import { HttpRefusal, notFound } from "./refusal";

/** Where topics begin. @see https://docs.aws.amazon.com/iot/latest/developerguide/http.html */
const topicPath = "/topics/";

/** How a request wants its payload to be published. */
export interface PublishRequest {
    readonly topic: string;
    readonly qos: 0 | 1;
    readonly retain: boolean;
    readonly properties: IPublishPacket["properties"];
}

/** @throws HttpRefusal for a request that publishes nothing, or that AWS takes from nobody */
export function readPublishRequest({ url, method }: IncomingMessage): PublishRequest {
    const { pathname, searchParams } = new URL(url ?? "/", "https://endpoint");
    if (!pathname.startsWith(topicPath)) {
        throw notFound();
    }
    if (method !== "POST") {
        throw new HttpRefusal(405, "MethodNotAllowedException", "Method Not Allowed");
    }
    const expiry = searchParams.get("messageExpiry");
    return {
        topic: decodeTopic(pathname.slice(topicPath.length)),
        qos: qosFrom(searchParams.get("qos")),
        retain: searchParams.get("retain") === "true",
        properties: {
            ...(expiry !== null && { messageExpiryInterval: Number(expiry) }),
            ...(searchParams.has("contentType") && { contentType: searchParams.get("contentType") ?? "" }),
            ...(searchParams.has("responseTopic") && { responseTopic: searchParams.get("responseTopic") ?? "" }),
        },
    };
}

function decodeTopic(path: string): string {
    let topic: string;
    try {
        topic = decodeURIComponent(path);
    } catch {
        throw new HttpRefusal(400, "InvalidRequestException", "The topic is not encoded as a URL's path");
    }
    const isNone = topic === "" || topic.startsWith("$") || /[+#\0]/.test(topic);
    const fault = isNone ? "a topic that is none, or reserved" : topicFault(topic);
    if (fault !== undefined) {
        throw new HttpRefusal(400, "InvalidRequestException", fault);
    }
    return topic;
}

function qosFrom(text: string | null): 0 | 1 {
    if (text === null || text === "0") {
        return 0;
    }
    if (text !== "1") {
        throw new HttpRefusal(400, "InvalidRequestException", `qos is ${text}, expected 0 or 1`);
    }
    return 1;
}

/** What is to be published. @throws HttpRefusal for more than AWS takes */
export async function readPayload(request: IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
        length += chunk.length;
        if (length > mqttLimits.payload) {
            const message = `more than ${mqttLimits.payload} bytes`;
            throw new HttpRefusal(413, "RequestEntityTooLargeException", message);
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}
