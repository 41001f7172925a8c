import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";

const root = path.resolve(__dirname, "../../..");
const writer = path.join(__dirname, "writer.ts");

/** Starts a process that writes to the cloud until it is killed, or as often as it is told to. */
export function startWriter(...parameters: string[]): ChildProcess {
    const loader = path.join(root, "tools", "typescript.cjs");
    return spawn(process.execPath, ["--require", loader, writer, ...parameters], {
        stdio: ["ignore", "pipe", "inherit"],
    });
}
