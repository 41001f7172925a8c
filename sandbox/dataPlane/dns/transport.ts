/** How a message came. */
export interface Arrival {
    readonly transport: "udp" | "tcp";
    readonly remoteAddress: string;
}

/** Answers one message, or says nothing. */
export type Answerer = (bytes: Buffer, arrival: Arrival) => Promise<Buffer | undefined>;

/** Something that listens on a port. */
export interface Listener {
    readonly port: number;
    close(): Promise<void>;
}
