import type { Duplex } from "node:stream";

/** How long a client may take to read its last packet, in milliseconds. */
const patience = 2_000;

/** Lets the last packet be read before the connection is cut. */
export function bidFarewell(stream: Duplex): void {
    stream.end();
    const timer = setTimeout(() => stream.destroy(), patience);
    stream.once("close", () => clearTimeout(timer));
    stream.resume();
}
