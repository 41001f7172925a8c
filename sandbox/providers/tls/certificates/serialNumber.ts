import { randomBytes } from "node:crypto";
import { AsnIntegerBigIntConverter } from "@peculiar/asn1-schema";

/** A serial number of 128 bits. @see https://datatracker.ietf.org/doc/html/rfc5280#section-4.1.2.2 */
export function newSerialNumber(): bigint {
    return BigInt(`0x${randomBytes(16).toString("hex")}`);
}

/**
 * A serial number as it stands in a certificate: in the fewest bytes, after a zero where the highest bit is set.
 *
 * With a zero too many, which one of five hundred random numbers would have, no reader takes the certificate.
 */
export function serialNumberBytes(serialNumber: bigint): ArrayBuffer {
    return Uint8Array.from(AsnIntegerBigIntConverter.toASN(serialNumber).valueBlock.valueHexView).buffer;
}
