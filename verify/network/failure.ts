/** How a connection can fail before anything is exchanged on it; each has a cause and a remedy of its own. */
export type FailureKind =
    /** The host's name has no address. */
    | "unresolved"
    /** Nothing listens on the port. */
    | "refused"
    /** No answer to the attempt to connect. */
    | "unanswered"
    /** This machine has no way there, as without IPv6: it says nothing about the other side. */
    | "no-route"
    /** The connection stands, and nothing ever comes. */
    | "silent"
    /** Cut off. */
    | "reset"
    /** Ended in order, without a word. */
    | "closed"
    /** Ended by a TLS alert. */
    | "alert"
    /** What came is not TLS. */
    | "not-tls"
    /** TLS, but nothing that both sides accept. */
    | "disagreed";

/** A connection that failed, with its kind. */
export class ConnectionFailure extends Error {
    public constructor(
        public readonly kind: FailureKind,
        message: string,
        options?: ErrorOptions,
    ) {
        super(message, options);
    }
}

interface SystemError extends Error {
    readonly code?: string;
    readonly syscall?: string;
    readonly reason?: string;
}

const systemCodes: Readonly<Record<string, FailureKind>> = {
    ECONNREFUSED: "refused",
    ETIMEDOUT: "unanswered",
    EHOSTUNREACH: "unanswered",
    ENETUNREACH: "no-route",
    EADDRNOTAVAIL: "no-route",
    EAFNOSUPPORT: "no-route",
    EPIPE: "reset",
};

/** What Node and OpenSSL say of a failed connection, as a kind. */
export function failureOf(thrown: unknown): ConnectionFailure {
    if (thrown instanceof ConnectionFailure) {
        return thrown;
    }
    const error = thrown as SystemError;
    return new ConnectionFailure(kindOf(error), wordsOf(error), { cause: error });
}

function kindOf({ code = "", syscall, message }: SystemError): FailureKind {
    const known = systemCodes[code];
    if (known !== undefined) {
        return known;
    }
    if (code === "ECONNRESET") {
        // Node has the same code for an orderly end before the handshake is over; only a real reset comes from a read.
        return syscall === undefined ? "closed" : "reset";
    }
    if (/alert/i.test(code) || /\balert\b/i.test(message)) {
        return "alert";
    }
    if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNEXPECTED_MESSAGE|BAD_RECORD_TYPE/.test(code)) {
        return "not-tls";
    }
    return code.startsWith("ERR_SSL") ? "disagreed" : "reset";
}

function wordsOf({ reason, code, message }: SystemError): string {
    return reason ?? code ?? message;
}
