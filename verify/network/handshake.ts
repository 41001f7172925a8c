import { X509Certificate } from "node:crypto";
import tls from "node:tls";
import type { Reach } from "../reach";
import { within } from "./deadline";
import { failureOf } from "./failure";
import { optionsOf, type Offer, type OfferedVersion } from "./offer";
import { RecordedStream } from "./recordedStream";
import { beginsWithHello, readServerFlight, type ServerFlight } from "./serverFlight";
import { openTcp } from "./tcp";

/** A handshake that came to its end. Nothing of the other side's certificate has been judged. */
export interface Handshake {
    /** The caller's to destroy. */
    readonly socket: tls.TLSSocket;
    readonly version: OfferedVersion;
    /** IANA's name of the cipher suite. */
    readonly cipher: string;
    /** `X25519`, `ECDHE prime256v1`; empty where it cannot be told. */
    readonly keyExchange: string;
    /** The ALPN name that the server chose. */
    readonly alpn?: string;
    /** SHA-256 of the leaf, as OpenSSL prints it. */
    readonly fingerprint256: string;
    /** DER, where one was asked for and stapled. */
    readonly ocspResponse?: Buffer;
}

/** A handshake with what the server said in it, word for word. */
export interface InspectedHandshake extends Handshake {
    readonly flight: ServerFlight;
    /** False where the server ended it for want of a client certificate: its connection is gone, and what it chose is unknown. */
    readonly isComplete: boolean;
}

/**
 * Connects to an address and completes a TLS handshake.
 *
 * The certificate is judged by the rules and not here: a look has to see a faulty one to say what is wrong with it. Whoever
 * sends anything secret compares the fingerprint with one that has been judged first.
 *
 * @throws {ConnectionFailure}
 */
export function shakeHands(address: string, port: number, offer: Offer, reach: Reach): Promise<Handshake> {
    return patiently(async () => {
        const socket = tls.connect({ socket: await openTcp(address, port, reach), ...optionsOf(offer) });
        return completed(socket, reach);
    });
}

/** Whether a handshake comes about, and what came of it; its connection is closed. */
export async function tryHandshake(
    address: string,
    port: number,
    offer: Offer,
    reach: Reach,
): Promise<Omit<Handshake, "socket"> | undefined> {
    try {
        const { socket, ...handshake } = await reach.limit(() => shakeHands(address, port, offer, reach));
        socket.destroy();
        return handshake;
    } catch {
        return undefined;
    }
}

/**
 * A handshake as {@link shakeHands} makes it, with the messages of the server.
 *
 * In TLS 1.2, a server that wants a client certificate may end the connection in the midst of the handshake when it gets none.
 * It has shown its own by then, so that counts as a handshake, whose connection is gone.
 *
 * @throws {ConnectionFailure}
 */
export function inspectHandshake(
    address: string,
    port: number,
    offer: Offer,
    reach: Reach,
): Promise<InspectedHandshake> {
    return patiently(async () => {
        const recorded = new RecordedStream(await openTcp(address, port, reach));
        const keyLog: Buffer[] = [];
        const events: HandshakeEvents = { keyLog: (line) => keyLog.push(line) };
        const flightUnder = (cipher: string) =>
            readServerFlight(recorded.received(), Buffer.concat(keyLog).toString("latin1"), cipher);
        const socket = tls.connect({ socket: recorded, ...optionsOf(offer) });
        try {
            const handshake = await completed(socket, reach, events);
            return { ...handshake, flight: flightUnder(handshake.cipher), isComplete: true };
        } catch (error) {
            const flight = flightUnder("");
            const [leaf] = flight.certificates;
            if (leaf === undefined || !flight.asksForClientCertificate || failureOf(error).kind === "silent") {
                throw error;
            }
            const { fingerprint256 } = new X509Certificate(leaf);
            const unknown = { cipher: "", keyExchange: "", isComplete: false } as const;
            return { socket, version: "1.2", ...unknown, fingerprint256, ocspResponse: events.ocspResponse, flight };
        }
    });
}

/** Whether a server goes on when it is offered something: its first message is a hello of its own, and no alert. */
export async function answersHello(address: string, port: number, offer: Offer, reach: Reach): Promise<boolean> {
    try {
        await reach.limit(() => patiently(() => meetHello(address, port, offer, reach)));
        return true;
    } catch {
        return false;
    }
}

/** @throws {ConnectionFailure} where the server's first message is no hello */
async function meetHello(address: string, port: number, offer: Offer, reach: Reach): Promise<void> {
    const recorded = new RecordedStream(await openTcp(address, port, reach));
    try {
        await completed(tls.connect({ socket: recorded, ...optionsOf(offer) }), reach);
    } catch (error) {
        if (!beginsWithHello(recorded.received())) {
            throw error;
        }
    } finally {
        recorded.destroy();
    }
}

/** Attempts of a handshake that is cut off. */
const attempts = 3;

/** A connection that is cut off once is a mishap of the network; one that is cut off every time is a fault. */
async function patiently<Result>(shake: () => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
        try {
            return await shake();
        } catch (error) {
            const { kind } = failureOf(error);
            if (attempt === attempts || (kind !== "reset" && kind !== "closed")) {
                throw error;
            }
        }
    }
}

/** What happens in the course of a handshake. */
interface HandshakeEvents {
    /** Takes lines in the format of SSLKEYLOGFILE. */
    readonly keyLog?: (line: Buffer) => void;
    /** Set when one is stapled. */
    ocspResponse?: Buffer;
}

async function completed(socket: tls.TLSSocket, reach: Reach, events: HandshakeEvents = {}): Promise<Handshake> {
    socket.on("OCSPResponse", (response: Buffer | null) => (events.ocspResponse = response ?? undefined));
    if (events.keyLog !== undefined) {
        socket.on("keylog", events.keyLog);
    }
    const secured = new Promise<void>((resolve, reject) => {
        socket.once("secureConnect", resolve);
        socket.once("error", (error) => reject(failureOf(error)));
        socket.once("close", () => reject(failureOf(Object.assign(new Error("closed"), { code: "ECONNRESET" }))));
    });
    const silent = { kind: "silent", message: "the connection stands, but no TLS handshake came about" } as const;
    try {
        await within(reach.timeouts.handshake, silent, secured, () => socket.destroy());
    } catch (error) {
        socket.destroy();
        throw error;
    }
    // What becomes of the connection later is for those who use it; an error that nobody waits for ends no process.
    socket.on("error", () => undefined);
    const key = socket.getEphemeralKeyInfo() as { readonly type?: string; readonly name?: string } | null;
    return {
        socket,
        version: (socket.getProtocol() ?? "").replace(/^TLSv(1)?$/, "TLSv1.0").replace("TLSv", "") as OfferedVersion,
        cipher: socket.getCipher().standardName,
        keyExchange: [key?.type === key?.name ? "" : key?.type, key?.name].filter(Boolean).join(" "),
        alpn: socket.alpnProtocol || undefined,
        fingerprint256: socket.getPeerCertificate().fingerprint256,
        ocspResponse: events.ocspResponse,
    };
}
