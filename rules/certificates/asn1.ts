/* eslint-disable @typescript-eslint/no-require-imports -- loaded late on purpose, see below */
import type * as eccSchema from "@peculiar/asn1-ecc";
import type * as rsaSchema from "@peculiar/asn1-rsa";
import type * as schema from "@peculiar/asn1-schema";
import type * as x509Schema from "@peculiar/asn1-x509";

/**
 * The typed ASN.1 schemas of X.509, for what `node:crypto` does not tell: the signature's algorithm, key usage, path
 * length, explicit curve parameters, structured names.
 *
 * Loaded when the first certificate is parsed: it takes some 40 ms, and a stack whose certificates ACM issues parses
 * none.
 */
export interface Asn1 {
    readonly schema: typeof schema;
    readonly x509: typeof x509Schema;
    readonly ecc: typeof eccSchema;
    readonly rsa: typeof rsaSchema;
}

let loaded: Asn1 | undefined;

/** The schemas, loaded once. */
export function asn1(): Asn1 {
    loaded ??= {
        schema: require("@peculiar/asn1-schema"),
        x509: require("@peculiar/asn1-x509"),
        ecc: require("@peculiar/asn1-ecc"),
        rsa: require("@peculiar/asn1-rsa"),
    };
    return loaded;
}
