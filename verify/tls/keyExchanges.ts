import type { X509Certificate } from "node:crypto";
import type { Finding } from "../../rules/finding";
import { keyExchanges, type KeyExchange, type ServerKeyType } from "../../rules/tlsCiphers";
import type { OpenPort } from "../endpoint/endpoint";
import { faultsOf } from "../faultKind";
import { answersHello } from "../network/handshake";
import type { Offer } from "../network/offer";
import type { Reach } from "../reach";
import { tlsFaults } from "./faults";

/** Every key exchange that is tried, with OpenSSL's name for the cipher suites that have it. */
const tried: Readonly<Record<KeyExchange, string>> = { ECDHE: "ECDHE", DHE: "DHE", RSA: "kRSA" };

const fault = faultsOf(tlsFaults);

/** The key exchanges that a server accepts in TLS 1.2 when each is offered alone. */
export async function acceptedKeyExchanges(at: OpenPort, offer: Offer, reach: Reach): Promise<Set<KeyExchange>> {
    const accepted = await Promise.all(
        Object.entries(tried).map(async ([exchange, ciphers]) => {
            const alone = { ...offer, version: "1.2", ciphers } as const;
            return (await answersHello(at.address, at.port, alone, reach)) ? [exchange as KeyExchange] : [];
        }),
    );
    return new Set(accepted.flat());
}

/** Where a security policy stands whose key exchanges are looked at. */
export interface PolicyAtPort {
    readonly securityPolicy: string;
    /** AWS's port. */
    readonly port: number;
    /** Of the certificate that is served: its key decides which cipher suites there can be. */
    readonly leaf: X509Certificate;
    /** The region's path in the outputs. */
    readonly path: string;
}

/** What the key exchanges that a server accepts say of a security policy; of one that has no TLS 1.2, nothing. */
export function keyExchangeFindings(
    accepted: ReadonlySet<KeyExchange>,
    { securityPolicy, port, leaf, path }: PolicyAtPort,
): Finding[] {
    const keyType: ServerKeyType = leaf.publicKey.asymmetricKeyType === "ec" ? "ECDSA" : "RSA";
    const wanted = keyExchanges(securityPolicy, port, keyType);
    if (wanted.size === 0) {
        return [];
    }
    const expected = `${[...wanted].join(" and ")} alone in TLS 1.2, as ${securityPolicy} has it`;
    return (Object.keys(tried) as KeyExchange[]).flatMap((exchange) => {
        if (wanted.has(exchange) === accepted.has(exchange)) {
            return [];
        }
        return accepted.has(exchange)
            ? [fault("tls-key-exchange-forbidden", { path, got: `${exchange}, accepted`, expected })]
            : [fault("tls-key-exchange-missing", { path, got: `${exchange}, refused`, expected })];
    });
}
