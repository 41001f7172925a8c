import type { webcrypto } from "node:crypto";
import type * as X509 from "@peculiar/x509";
import { library } from "./library";

/** What a certificate's extensions say. */
export interface CertificateExtensions {
    /** Whether it is a CA's. @default false */
    readonly isAuthority?: boolean;
    /** How many CAs may follow below a CA. */
    readonly pathLength?: number;
    readonly dnsNames?: readonly string[];
    /** Object identifiers of what an end entity's key may be used for. */
    readonly purposes?: readonly string[];
    /** Object identifiers of certificate policies. */
    readonly policies?: readonly string[];
}

/** Object identifiers of purposes. @see https://datatracker.ietf.org/doc/html/rfc5280#section-4.2.1.12 */
export const purposes = {
    serverAuthentication: "1.3.6.1.5.5.7.3.1",
    clientAuthentication: "1.3.6.1.5.5.7.3.2",
} as const;

function constraints(x509: typeof X509, { isAuthority = false, pathLength }: CertificateExtensions): X509.Extension {
    return new x509.BasicConstraintsExtension(isAuthority, isAuthority ? pathLength : undefined, true);
}

/** RSA keys of servers also encipher, for TLS 1.2 without forward secrecy. */
function keyUsage(
    x509: typeof X509,
    { isAuthority = false, purposes: wanted }: CertificateExtensions,
    key: webcrypto.CryptoKey,
): X509.Extension {
    const { digitalSignature, keyEncipherment, keyCertSign, cRLSign } = x509.KeyUsageFlags;
    if (isAuthority) {
        return new x509.KeyUsagesExtension(digitalSignature | keyCertSign | cRLSign, true);
    }
    const enciphers = wanted !== undefined && key.algorithm.name.startsWith("RSA");
    return new x509.KeyUsagesExtension(enciphers ? digitalSignature | keyEncipherment : digitalSignature, true);
}

/** The extensions of a certificate over a key, signed by the issuer's. */
export async function makeExtensions(
    content: CertificateExtensions,
    key: webcrypto.CryptoKey,
    issuerKey: webcrypto.CryptoKey | X509.PublicKey,
): Promise<X509.Extension[]> {
    const x509 = await library();
    const { dnsNames = [], purposes: wanted = [], policies = [] } = content;
    const names = dnsNames.map((value) => ({ type: "dns" as const, value }));
    return [
        constraints(x509, content),
        keyUsage(x509, content, key),
        ...(wanted.length > 0 ? [new x509.ExtendedKeyUsageExtension([...wanted])] : []),
        ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : []),
        ...(policies.length > 0 ? [new x509.CertificatePolicyExtension([...policies])] : []),
        await x509.SubjectKeyIdentifierExtension.create(key),
        await x509.AuthorityKeyIdentifierExtension.create(issuerKey),
    ];
}
