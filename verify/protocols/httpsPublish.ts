import http from "node:http";
import type { TLSSocket } from "node:tls";
import { within } from "../network/deadline";

/** An answer to an HTTP request. */
export interface HttpAnswer {
    readonly status: number;
    /** When the server says it is. */
    readonly date?: Date;
}

/** What is published. */
export interface HttpPublish {
    readonly host: string;
    readonly topic: string;
    readonly headers?: Readonly<Record<string, string>>;
}

/** Publishes over HTTPS on a connection that stands. @throws {Error} where no answer comes; the connection is closed in any case */
export async function publishOverHttps(
    socket: TLSSocket,
    { host, topic, headers = {} }: HttpPublish,
    timeout: number,
): Promise<HttpAnswer> {
    const answered = new Promise<HttpAnswer>((resolve, reject) => {
        const request = http.request({
            createConnection: () => socket,
            method: "POST",
            path: publishPath(topic),
            headers: { ...headers, host, "content-type": "application/json", connection: "close" },
        });
        request.once("response", (response) => {
            response.resume();
            const { date } = response.headers;
            resolve({ status: response.statusCode ?? 0, date: date === undefined ? undefined : new Date(date) });
        });
        request.once("error", reject);
        request.end(publishBody);
    });
    const silent = { kind: "silent", message: "no answer to a publish over HTTPS" } as const;
    try {
        return await within(timeout, silent, answered, () => socket.destroy());
    } finally {
        socket.destroy();
    }
}

/** What is published over HTTPS. */
export const publishBody = JSON.stringify({ message: "a look from outside" });

/** The path at which a topic is published to. @see https://docs.aws.amazon.com/iot/latest/developerguide/http.html */
export function publishPath(topic: string): string {
    return `/topics/${topic.split("/").map(encodeURIComponent).join("/")}?qos=1`;
}
