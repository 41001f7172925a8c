import type { ConnectTo } from "../reach";

/** A host, by name or address, and a TCP port. */
export interface HostAndPort {
    readonly host: string;
    readonly port: number;
}

/**
 * Where a connection that is meant for one destination really goes, as `curl --connect-to` has it.
 *
 * @see https://curl.se/docs/manpage.html#--connect-to
 */
export function destinationOf(meant: HostAndPort, table: readonly ConnectTo[]): HostAndPort {
    const row = table.find(
        ({ host, port }) =>
            (host === undefined || host.toLowerCase() === meant.host.toLowerCase()) &&
            (port === undefined || port === meant.port),
    );
    return { host: row?.toHost ?? meant.host, port: row?.toPort ?? meant.port };
}
