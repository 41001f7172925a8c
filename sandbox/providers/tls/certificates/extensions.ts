import { createHash } from "node:crypto";
import { isIP, SocketAddress } from "node:net";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import {
    AuthorityKeyIdentifier,
    BasicConstraints,
    ExtendedKeyUsage,
    Extension,
    GeneralName,
    id_ce_authorityKeyIdentifier,
    id_ce_basicConstraints,
    id_ce_extKeyUsage,
    id_ce_keyUsage,
    id_ce_subjectAltName,
    id_ce_subjectKeyIdentifier,
    KeyIdentifier,
    KeyUsage,
    KeyUsageFlags,
    SubjectAlternativeName,
    SubjectKeyIdentifier,
    type SubjectPublicKeyInfo,
} from "@peculiar/asn1-x509";
import { ProviderError } from "../../framework/failures";
import { extendedKeyUsages, keyUsages } from "./uses";

/** The names that a certificate is for. */
export interface AlternativeNames {
    readonly dnsNames?: string[];
    readonly ipAddresses?: string[];
    readonly uris?: string[];
}

function extension(extnID: string, critical: boolean, value: object): Extension {
    return new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
}

/** What a key may be used for; nothing where no use of the kind is allowed. */
export function usageExtensions(allowed: readonly string[]): Extension[] {
    const flags = allowed.reduce((sum, use) => {
        const name = keyUsages[use as keyof typeof keyUsages];
        return name === undefined ? sum : sum | KeyUsageFlags[name];
    }, 0);
    const extended = allowed.flatMap((use) => extendedKeyUsages[use] ?? []);
    return [
        ...(flags === 0 ? [] : [extension(id_ce_keyUsage, true, new KeyUsage(flags))]),
        ...(extended.length === 0 ? [] : [extension(id_ce_extKeyUsage, false, new ExtendedKeyUsage(extended))]),
    ];
}

/** Whether a certificate is an authority's, and how many may follow it; a negative length sets no bound. */
export function basicConstraints(cA: boolean, maximumPathLength: number): Extension {
    const bounded = cA && maximumPathLength >= 0 ? { pathLenConstraint: maximumPathLength } : {};
    return extension(id_ce_basicConstraints, true, new BasicConstraints({ cA, ...bounded }));
}

/** The identifier of a public key: the SHA-1 of its bits. */
export function keyIdentifier({ subjectPublicKey }: SubjectPublicKeyInfo): Buffer {
    return createHash("sha1").update(Buffer.from(subjectPublicKey)).digest();
}

export function subjectKeyIdentifier(identifier: Uint8Array): Extension {
    return extension(id_ce_subjectKeyIdentifier, false, new SubjectKeyIdentifier(exactly(identifier)));
}

export function authorityKeyIdentifier(identifier: Uint8Array): Extension {
    const keyIdentifier = new KeyIdentifier(exactly(identifier));
    return extension(id_ce_authorityKeyIdentifier, false, new AuthorityKeyIdentifier({ keyIdentifier }));
}

export function alternativeNames({ dnsNames = [], ipAddresses = [], uris = [] }: AlternativeNames): Extension[] {
    const names = [
        ...dnsNames.map((dNSName) => new GeneralName({ dNSName })),
        ...ipAddresses.map((address) => new GeneralName({ iPAddress: checkedAddress(address) })),
        ...uris.map((uniformResourceIdentifier) => new GeneralName({ uniformResourceIdentifier })),
    ];
    return names.length === 0 ? [] : [extension(id_ce_subjectAltName, false, new SubjectAlternativeName(names))];
}

function checkedAddress(address: string): string {
    if (isIP(address) === 0) {
        throw new ProviderError(`Invalid IP address: failed to parse "${address}"`);
    }
    return isIP(address) === 4 ? address : new SocketAddress({ address, family: "ipv6" }).address;
}

/** Node's buffers may lie in a larger piece of memory. */
function exactly(bytes: Uint8Array): ArrayBuffer {
    return Uint8Array.from(bytes).buffer;
}
