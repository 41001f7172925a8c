import type { Finding } from "../finding";
import { maximumChainBytes, maximumChainLength } from "../serverCertificates";
import type { PlacedCertificate } from "./certificateFiles";
import type { ChainOrder } from "./chainOrder";
import { applyAll, type Check } from "./check";
import { references } from "./references";
import { quoted } from "./subjectNames";

/** How much there is in a chain, the leaf included. */
export interface ChainSize {
    readonly count: number;
    /** Of PEM, without anything around the blocks. */
    readonly bytes: number;
}

/** AWS IoT Core takes at most five certificates. */
export const chainCount: Check<ChainSize> = {
    rule: "chain-count",
    severity: "high",
    expected: `at most ${maximumChainLength} certificates, the leaf included`,
    remedy: "leave out the root, which devices have themselves; where that is not enough, use a CA nearer to the root",
    reference: references.customDomains,
    got: ({ count }) => (count > maximumChainLength ? `${count}` : undefined),
};

/** AWS IoT Core takes at most 16 KB. */
export const chainBytes: Check<ChainSize> = {
    rule: "chain-size",
    severity: "high",
    expected: `at most ${maximumChainBytes} bytes of PEM, the leaf included`,
    remedy: "leave out the root, and name fewer domains in the certificate",
    reference: references.customDomains,
    got: ({ bytes }) => (bytes > maximumChainBytes ? `${bytes} bytes` : undefined),
};

/** The limits of a chain as a whole. */
export const chainSizeChecks: readonly Check<ChainSize>[] = [chainCount, chainBytes];

/** Findings about a chain's size. */
export function chainSizeFindings(size: ChainSize, path: string): Finding[] {
    return applyAll(chainSizeChecks, size, path);
}

const subjectOf = ({ certificate }: PlacedCertificate): string => quoted(certificate.subject);

type Words = Pick<Finding, "rule" | "path" | "got" | "expected" | "remedy"> & Partial<Finding>;

const fault = (words: Words): Finding => ({ severity: "high", reference: references.importFormat, ...words });

/**
 * Findings about a chain's order: each certificate is signed by the next, and nothing else is in it.
 *
 * @param path Where the chain as a whole stands.
 */
export function chainOrderFindings(order: ChainOrder, path: string): Finding[] {
    return [
        ...repetitions(order),
        ...(order.isInOrder ? [] : [wrongOrder(order, path)]),
        ...order.forged.map(({ signed, named }) =>
            fault({
                rule: "chain-signature",
                severity: "critical",
                path: signed.path,
                got: `a signature that does not verify with the key of ${subjectOf(named)}`,
                expected: `${subjectOf(signed)} to be signed by the next certificate`,
                remedy: "get the chain anew from the CA; the names are right, but the key is another, as of an older or forged CA",
            }),
        ),
        ...strangers(order),
    ];
}

function repetitions({ repeated, leaf }: ChainOrder): Finding[] {
    return repeated.map(({ path, certificate }) =>
        certificate.x509.fingerprint256 === leaf.certificate.x509.fingerprint256
            ? fault({
                  rule: "chain-repeats-leaf",
                  path,
                  got: "the leaf once more",
                  expected: "the certificates of CAs only",
                  remedy: "take the leaf out of the chain; ACM gets it separately",
              })
            : fault({
                  rule: "chain-duplicate",
                  path,
                  got: `${quoted(certificate.subject)} once more`,
                  expected: "each certificate once",
                  remedy: "take it out",
              }),
    );
}

function wrongOrder({ leaf, authorities }: ChainOrder, path: string): Finding {
    const order = [leaf, ...authorities].map((placed, index) => `${index + 1}. ${subjectOf(placed)} (${placed.path})`);
    return fault({
        rule: "chain-order",
        path,
        got: "certificates in another order",
        expected: "the leaf first, and each further certificate to be the one that signed the one before",
        remedy: `put them in this order: ${order.join(", ")}`,
    });
}

function strangers({ gapAfter, unrelated }: ChainOrder): Finding[] {
    if (gapAfter !== undefined) {
        return [
            fault({
                rule: "chain-link-missing",
                path: gapAfter.path,
                got: unrelated.map(subjectOf).join(", "),
                expected: `the certificate of ${quoted(gapAfter.certificate.issuer)} behind ${subjectOf(gapAfter)}`,
                remedy: "insert the missing CA certificate, and take out what does not belong to this chain",
            }),
        ];
    }
    return unrelated.map((placed) =>
        fault({
            rule: "chain-unrelated-certificate",
            path: placed.path,
            got: `${subjectOf(placed)}, which signs none of the others`,
            expected: "only certificates that lead from the leaf to its root",
            remedy: "take it out",
        }),
    );
}

/**
 * Finding about a chain that is not there: devices that know the root alone cannot verify the leaf.
 *
 * Advice as long as it is not said that this is all there is: the chain may lie in another file.
 *
 * @param isWholeImport Whether ACM is to get this and nothing else: it refuses a certificate of a CA without a chain.
 */
export function missingChainFindings({ leaf, authorities, unrelated }: ChainOrder, isWholeImport: boolean): Finding[] {
    if (leaf.certificate.isSelfSigned || authorities.length > 0 || unrelated.length > 0) {
        return [];
    }
    return [
        fault({
            rule: "chain-absent",
            severity: isWholeImport ? "high" : "low",
            path: leaf.path,
            got: "the leaf alone",
            expected: `the certificate of ${quoted(leaf.certificate.issuer)} in the chain`,
            remedy: "give the CA's intermediate certificates as the chain, or the root where it signed the leaf itself",
            reference: references.importTroubleshooting,
        }),
    ];
}
