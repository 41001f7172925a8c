import type { LimitFunction } from "p-limit";

/** Where a server listens. */
export interface SocketAddress {
    /** IPv4 or IPv6, without brackets. */
    readonly address: string;
    readonly port: number;
}

/**
 * One `--connect-to HOST:PORT:ADDRESS:PORT` of curl: what is meant for one destination goes to another one.
 *
 * @see https://curl.se/docs/manpage.html#--connect-to
 */
export interface ConnectTo {
    /** Absent: any host. */
    readonly host?: string;
    /** Absent: any port. */
    readonly port?: number;
    /** Absent: the host itself. */
    readonly toHost?: string;
    /** Absent: the port itself. */
    readonly toPort?: number;
}

/** How long to wait, in milliseconds. */
export interface Timeouts {
    /** For the answer to one DNS question. */
    readonly dns: number;
    /** For a TCP connection. */
    readonly connect: number;
    /** For a TLS handshake on it. */
    readonly handshake: number;
    /** For the answer to one packet or request. */
    readonly answer: number;
}

/** An IP version. */
export type Family = 4 | 6;

/** How names and addresses are reached, and within what bounds. */
export interface Reach {
    /** Servers that are asked for every name, authoritative or not; empty: those of this machine. */
    readonly dnsServers: readonly SocketAddress[];
    /** For name servers of a zone too, whose port is 53. The first one that matches counts. */
    readonly connectTo: readonly ConnectTo[];
    /** The IP versions that this machine can use. */
    readonly families: readonly Family[];
    readonly timeouts: Timeouts;
    /** Bounds what is under way on the network at once: every question and every connection goes through it. */
    readonly limit: LimitFunction;
    readonly now: () => Date;
}

/** Bounds that suit a look across continents. */
export const defaultTimeouts: Timeouts = { dns: 5_000, connect: 8_000, handshake: 8_000, answer: 10_000 };
