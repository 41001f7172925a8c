import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endWithParent } from "../guardian";
import { brokerConfiguration } from "./configuration";

/** How long a broker may take until it listens, and until it has ended, in milliseconds. */
const patience = { start: 20_000, stop: 5_000 };

/** One region's MQTT broker: a process of its own, which listens on a socket that only this user can reach. */
export class Broker {
    private isClosing = false;

    private constructor(
        private readonly folder: string,
        private readonly child: ChildProcess,
    ) {}

    /**
     * Starts a broker and waits until it takes connections.
     *
     * @throws Error where it ends or does not listen in time, with what it said
     */
    static async start(executable: string): Promise<Broker> {
        // Not in the sandbox's folder: the path of a socket must be short.
        const folder = mkdtempSync(path.join(tmpdir(), "iot-domains-broker-"));
        const configuration = path.join(folder, "broker.json");
        writeFileSync(configuration, JSON.stringify(brokerConfiguration(socketIn(folder))), { mode: 0o600 });
        const child = spawn(executable, ["--config", configuration], {
            stdio: ["ignore", "pipe", "pipe"],
            // A Ctrl-C of the terminal is this process's to handle: connections are closed before the broker.
            detached: true,
        });
        endWithParent(child);
        const said = listenTo(child);
        const broker = new Broker(folder, child);
        try {
            await broker.untilListening(said);
            return broker;
        } catch (error) {
            await broker.close();
            throw error;
        }
    }

    /** A new connection to the broker; errors are the caller's to handle. */
    connect(): net.Socket {
        return net.connect(socketIn(this.folder));
    }

    /** Calls back when the broker has ended without being asked to. */
    onExit(listener: () => void): void {
        this.child.once("exit", () => {
            if (!this.isClosing) {
                listener();
            }
        });
    }

    async close(): Promise<void> {
        this.isClosing = true;
        if (isAlive(this.child)) {
            const ended = once(this.child, "exit");
            this.child.kill("SIGTERM");
            const timer = setTimeout(() => this.child.kill("SIGKILL"), patience.stop);
            await ended;
            clearTimeout(timer);
        }
        rmSync(this.folder, { recursive: true, force: true });
    }

    private async untilListening(said: () => string): Promise<void> {
        const deadline = Date.now() + patience.start;
        while (!(await this.listens())) {
            if (!isAlive(this.child) || Date.now() > deadline) {
                const state = isAlive(this.child) ? "does not listen" : "has ended";
                throw new Error(`the MQTT broker ${state}: ${said() || "it said nothing"}`);
            }
            await sleep(20);
        }
    }

    private listens(): Promise<boolean> {
        return new Promise((resolve) => {
            const socket = this.connect();
            socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
            socket.once("connect", () => socket.destroy());
        });
    }
}

function socketIn(folder: string): string {
    return path.join(folder, "mqtt.sock");
}

function isAlive(child: ChildProcess): boolean {
    return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/** Keeps the end of what a process says. */
function listenTo(child: ChildProcess): () => string {
    let text = "";
    const keep = (chunk: Buffer) => {
        text = (text + chunk.toString()).slice(-2000);
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    child.on("error", ({ message }) => keep(Buffer.from(message)));
    return () => text.trim();
}
