import { X509Certificate } from "node:crypto";
import type { ChainOrder } from "./chainOrder";
import { isSignedWith, type ParsedCertificate } from "./parsedCertificate";

/** Looks up root certificates by their subject, as Node spells it. */
export type TrustedRoots = ReadonlyMap<string, readonly X509Certificate[]>;

/**
 * Makes root certificates ready for look-up.
 *
 * The rules do no I/O: who wants Mozilla's bundle hands it in, as `tls.rootCertificates`, the copy that comes with
 * Node. It is as old as that Node, so it says "public" reliably and "not public" only as far as it knows.
 *
 * @param pems One certificate in PEM each.
 */
export function trustedRoots(pems: readonly string[]): TrustedRoots {
    const roots = new Map<string, X509Certificate[]>();
    for (const pem of pems) {
        const root = new X509Certificate(pem);
        roots.set(root.subject, [...(roots.get(root.subject) ?? []), root]);
    }
    return roots;
}

/** Whether a chain contains a trusted root, or a certificate that a trusted root signed. */
export function leadsToTrustedRoot({ leaf, authorities }: ChainOrder, roots: TrustedRoots): boolean {
    return [leaf, ...authorities].some(({ certificate }) => isRoot(certificate, roots) || isSigned(certificate, roots));
}

/** By name and key, so that a cross-signed copy of a root counts as the root. */
function isRoot({ x509 }: ParsedCertificate, roots: TrustedRoots): boolean {
    return (roots.get(x509.subject) ?? []).some(({ publicKey }) => publicKey.equals(x509.publicKey));
}

function isSigned({ x509 }: ParsedCertificate, roots: TrustedRoots): boolean {
    return (roots.get(x509.issuer) ?? []).some((root) => isSignedWith(x509, root));
}
