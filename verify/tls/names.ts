import type { OpenPort } from "../endpoint/endpoint";
import { tryHandshake } from "../network/handshake";
import type { Offer } from "../network/offer";
import type { Reach } from "../reach";

/** Fingerprints of what is served under names other than the domain's; absent where the handshake fails. */
export interface NamesServed {
    readonly atOtherName?: string;
    readonly atNoName?: string;
    readonly atEndpointName?: string;
}

/** Asks for a name that never exists, for none, and for the endpoint's own. */
export async function lookAtNames(at: OpenPort, offer: Offer, endpoint: string, reach: Reach): Promise<NamesServed> {
    const [atOtherName, atNoName, atEndpointName] = await Promise.all(
        [`${offer.serverName}.invalid`, undefined, endpoint].map(async (serverName) => {
            const handshake = await tryHandshake(at.address, at.port, { ...offer, serverName }, reach);
            return handshake?.fingerprint256;
        }),
    );
    return { atOtherName, atNoName, atEndpointName };
}

/** Whether the certificate of one name is served for all. */
export function ignoresNames({ atOtherName, atNoName }: NamesServed, own: string): boolean {
    return atOtherName === own || atNoName === own;
}

/** What is served under which name, in words. */
export function describeNames({ atOtherName, atNoName }: NamesServed, own: string): string {
    const inWords = (fingerprint: string | undefined) =>
        fingerprint === undefined
            ? "turned away"
            : fingerprint === own
              ? "the same certificate"
              : "another certificate";
    return `another name: ${inWords(atOtherName)}; no name: ${inWords(atNoName)}`;
}
