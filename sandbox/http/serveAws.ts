import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Cloud } from "../cloud";

export interface ServeOptions {
    /** @default "127.0.0.1" */
    readonly host?: string;
    /** @default 0: the system chooses one */
    readonly port?: number;
    /** Whether being served keeps the process running. @default true */
    readonly keepsRunning?: boolean;
}

/** AWS's APIs on the network. */
export interface ServedAws {
    /** What `AWS_ENDPOINT_URL` is to be set to. */
    readonly url: string;
    /** Answers what has been asked already, then closes. */
    close(): Promise<void>;
}

/**
 * Serves a cloud by AWS's own HTTP protocols, for the AWS CLI, AWS's SDKs, and everything that is made with them.
 *
 * Region and service come from a request's signature, the account from the session token of an assumed role. Any
 * credentials will do: the signature is not checked.
 *
 * Nothing is loaded before the first request, so that it costs nothing to be ready for one that may never come.
 *
 * @param cloud what is served, or what opens it when the first request has come
 */
export async function serveAws(cloud: Cloud | (() => Cloud), options: ServeOptions = {}): Promise<ServedAws> {
    const { host = "127.0.0.1", port = 0, keepsRunning = true } = options;
    const server = createServer(async (message, response) => {
        const { respond } = await import("./respond");
        await respond(typeof cloud === "function" ? cloud() : cloud, message, response);
    });
    await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, host, resolve);
    });
    if (!keepsRunning) {
        server.unref();
    }
    const { port: chosen } = server.address() as AddressInfo;
    return {
        url: `http://${host.includes(":") ? `[${host}]` : host}:${chosen}`,
        close: () =>
            new Promise((resolve, reject) => {
                server.close((error) => (error === undefined ? resolve() : reject(error)));
                server.closeIdleConnections();
            }),
    };
}
