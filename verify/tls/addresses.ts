import type { Finding } from "../../rules/finding";
import type { OpenPort } from "../endpoint/endpoint";
import { faultsOf } from "../faultKind";
import { failureOf } from "../network/failure";
import { shakeHands } from "../network/handshake";
import type { Offer } from "../network/offer";
import type { Reach } from "../reach";
import { tlsFaults } from "./faults";
import { handshakeFinding } from "./handshakeFinding";

const fault = faultsOf(tlsFaults);

/** One certificate, and where it was seen. */
export interface SeenCertificate {
    readonly fingerprint256: string;
    /** AWS's port. */
    readonly meantPort: number;
    /** The region's path in the outputs. */
    readonly path: string;
}

/** Looks for the same certificate at each of some addresses: IPv4 and IPv6 may lead to different machines. */
export async function addressFindings(
    addresses: readonly OpenPort[],
    offer: Offer,
    seen: SeenCertificate,
    reach: Reach,
): Promise<Finding[]> {
    const found = await Promise.all(addresses.map((at) => reach.limit(() => findingAt(at, offer, seen, reach))));
    return found.flatMap((finding) => finding ?? []);
}

async function findingAt(
    { address, port }: OpenPort,
    offer: Offer,
    { fingerprint256, meantPort, path }: SeenCertificate,
    reach: Reach,
): Promise<Finding | undefined> {
    const place = `${meantPort} of ${address}`;
    try {
        const handshake = await shakeHands(address, port, offer, reach);
        handshake.socket.destroy();
        return handshake.fingerprint256 === fingerprint256
            ? undefined
            : fault("tls-certificate-differs", {
                  path,
                  got: `${handshake.fingerprint256.slice(0, 23)}... on port ${place}`,
              });
    } catch (error) {
        return handshakeFinding(failureOf(error), { path, port: place, serverName: offer.serverName ?? "no name" });
    }
}
