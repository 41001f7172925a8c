/* eslint-disable @typescript-eslint/no-require-imports -- loaded late on purpose, see below */
import type * as eccSchema from "@peculiar/asn1-ecc";
import type * as rsaSchema from "@peculiar/asn1-rsa";
import type * as schema from "@peculiar/asn1-schema";
import type * as x509Schema from "@peculiar/asn1-x509";

/**
 * The typed ASN.1 schemas of X.509, for what `node:crypto` does not tell: the signature's algorithm, key usage, path
 * length, explicit curve parameters, structured names.
 *
 * Each is loaded when it is first needed: that takes tens of milliseconds, a stack whose certificates ACM issues parses
 * none, and few certificates need those of curves or of RSASSA-PSS.
 */
export interface Asn1 {
    readonly schema: typeof schema;
    readonly x509: typeof x509Schema;
    readonly ecc: typeof eccSchema;
    readonly rsa: typeof rsaSchema;
}

/** The schemas. */
export const asn1: Asn1 = {
    get schema() {
        return require("@peculiar/asn1-schema") as typeof schema;
    },
    get x509() {
        return require("@peculiar/asn1-x509") as typeof x509Schema;
    },
    get ecc() {
        return require("@peculiar/asn1-ecc") as typeof eccSchema;
    },
    get rsa() {
        return require("@peculiar/asn1-rsa") as typeof rsaSchema;
    },
};
