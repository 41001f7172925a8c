import { rmSync } from "node:fs";
import path from "node:path";
import { readIfThere, writeWhole } from "../engine/files";

/** Ports on which AWS's endpoints listen. */
export type EndpointPort = "443" | "8443" | "8883";

/** What listens in one region. */
export interface EndpointDescription {
    readonly region: string;
    /** The region's data endpoint: `a1b2c3-ats.iot.eu-central-1.amazonaws.com`. */
    readonly host: string;
    /** 127.0.0.1 and, where the machine has it, ::1. */
    readonly addresses: readonly string[];
    /** AWS's port, and the one that listens for it here. */
    readonly ports: Readonly<Record<EndpointPort, number>>;
}

/** Where the sandbox can be reached over the network. */
export interface DataPlaneDescription {
    /** UDP and TCP. */
    readonly dns: { readonly address: string; readonly port: number };
    /** What AWS_ENDPOINT_URL is set to. */
    readonly awsEndpointUrl: string;
    /** A SOCKS 5 proxy that takes clients to the endpoints under their real names and AWS's own ports. */
    readonly proxy: { readonly address: string; readonly port: number };
    /** One a region. */
    readonly endpoints: readonly EndpointDescription[];
}

/** In the file only: who serves, so that what a killed process has left behind is known for what it is. */
interface StoredDescription extends DataPlaneDescription {
    readonly processId: number;
}

/** The file in a sandbox's folder that says where it is served. */
export function descriptionFile(directory: string): string {
    return path.join(directory, "data-plane.json");
}

/**
 * Where a sandbox is served now; `undefined` where no process serves it.
 *
 * @param directory The sandbox's folder
 */
export function readDescription(directory: string): DataPlaneDescription | undefined {
    const text = readIfThere(descriptionFile(directory));
    if (text === undefined) {
        return undefined;
    }
    const { processId, ...description } = JSON.parse(text) as StoredDescription;
    return isRunning(processId) ? description : undefined;
}

/** Says for all processes where this one serves a sandbox. */
export function writeDescription(directory: string, description: DataPlaneDescription): void {
    const stored: StoredDescription = { ...description, processId: process.pid };
    writeWhole(descriptionFile(directory), `${JSON.stringify(stored, undefined, 4)}\n`);
}

/** To be called when a sandbox is served no more. */
export function removeDescription(directory: string): void {
    rmSync(descriptionFile(directory), { force: true });
}

function isRunning(processId: number): boolean {
    try {
        process.kill(processId, 0);
        return true;
    } catch (error) {
        // Another user's process runs too.
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}
