import { spawn } from "node:child_process";
import { once } from "node:events";
import net from "node:net";
import type { Situation } from "./situation";

/** Listens, says where, and never comes to accept anybody. */
const listener = `
const server = require("node:net").createServer();
server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
    require("node:fs").writeSync(1, String(server.address().port));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;

/** Connections that fit into a queue whose length is given as 1. */
const queueLength = 2;

/** A port whose queue is full, so that the system drops every further attempt to connect, as a firewall does. */
export async function portWithoutAnswer(situation: Situation): Promise<number> {
    const child = spawn(process.execPath, ["-e", listener], { stdio: ["ignore", "pipe", "inherit"] });
    situation.onClose(() => child.kill("SIGKILL"));
    const [data] = (await once(child.stdout, "data")) as [Buffer];
    const port = Number(data.toString());
    for (let count = 0; count < queueLength; count++) {
        const socket = net.connect(port, "127.0.0.1");
        situation.onClose(() => socket.destroy());
        await once(socket, "connect");
    }
    return port;
}
