import type { PlacedCertificate } from "./certificateFiles";
import { isSignedWith } from "./parsedCertificate";

/** A leaf and its CAs, brought into the order in which each is signed by the next. */
export interface ChainOrder {
    readonly leaf: PlacedCertificate;
    /** From the leaf's own CA upwards. */
    readonly authorities: readonly PlacedCertificate[];
    /** Whether they were given in this order. */
    readonly isInOrder: boolean;
    /** Certificates that bear an issuer's name, but whose key did not make the signature. */
    readonly forged: readonly { readonly signed: PlacedCertificate; readonly named: PlacedCertificate }[];
    /** The certificate whose issuer is not there although others follow. */
    readonly gapAfter?: PlacedCertificate;
    /** Certificates that sign nothing of the chain. */
    readonly unrelated: readonly PlacedCertificate[];
    /** Certificates that are given a second time. */
    readonly repeated: readonly PlacedCertificate[];
}

/**
 * Finds the order of a chain by names and signatures, and what is wrong with the one that was given.
 *
 * The leaf is the first certificate, unless that one signed another: then it is the one certificate that signed none,
 * and the order was wrong. In a chain in order each signature is verified once.
 */
export function orderChain(given: readonly [PlacedCertificate, ...PlacedCertificate[]]): ChainOrder {
    const { distinct, repeated } = withoutRepetition(given);
    const leaf = findLeaf(distinct);
    const remaining = new Set(distinct);
    remaining.delete(leaf);
    const authorities: PlacedCertificate[] = [];
    const forged: { signed: PlacedCertificate; named: PlacedCertificate }[] = [];
    let last = leaf;
    while (!last.certificate.isSelfSigned) {
        const named = [...remaining].filter((candidate) => isNamedIssuer(candidate, last));
        const signer = named.find((candidate) => isSignedWith(last.certificate.x509, candidate.certificate.x509));
        const next = signer ?? named[0];
        if (next === undefined) {
            break;
        }
        if (signer === undefined) {
            forged.push({ signed: last, named: next });
        }
        remaining.delete(next);
        authorities.push(next);
        last = next;
    }
    const hasGap = remaining.size > 0 && !last.certificate.isSelfSigned;
    return {
        leaf,
        authorities,
        isInOrder: distinct
            .filter((placed) => !remaining.has(placed))
            .every((placed, index) => placed === [leaf, ...authorities][index]),
        forged,
        ...(hasGap ? { gapAfter: last } : {}),
        unrelated: [...remaining],
        repeated,
    };
}

function withoutRepetition(given: readonly PlacedCertificate[]): {
    readonly distinct: readonly PlacedCertificate[];
    readonly repeated: readonly PlacedCertificate[];
} {
    const first = new Map<string, PlacedCertificate>();
    for (const placed of given) {
        const fingerprint = placed.certificate.x509.fingerprint256;
        if (!first.has(fingerprint)) {
            first.set(fingerprint, placed);
        }
    }
    const distinct = [...first.values()];
    return { distinct, repeated: given.filter((placed) => !distinct.includes(placed)) };
}

function findLeaf(distinct: readonly PlacedCertificate[]): PlacedCertificate {
    const [first] = distinct;
    const signsAnother = (placed: PlacedCertificate): boolean =>
        distinct.some((other) => other !== placed && isNamedIssuer(placed, other));
    const signers = distinct.filter(signsAnother);
    const others = distinct.filter((placed) => !signers.includes(placed));
    const leaf = signers.includes(first as PlacedCertificate) && others.length === 1 ? others[0] : first;
    return leaf as PlacedCertificate;
}

/** Names compare without regard to case, as RFC 5280 asks. */
function isNamedIssuer(issuer: PlacedCertificate, issued: PlacedCertificate): boolean {
    return issuer.certificate.subject.toLowerCase() === issued.certificate.issuer.toLowerCase();
}
