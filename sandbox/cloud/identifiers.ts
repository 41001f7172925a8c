import { createHash, randomBytes } from "node:crypto";

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const base36 = "abcdefghijklmnopqrstuvwxyz0123456789";

function spell(bytes: Uint8Array, alphabet: string): string {
    return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join("");
}

/** `length` bytes that depend on the text alone. */
function digest(length: number, text: string): Buffer {
    return createHash("shake256", { outputLength: length }).update(text).digest();
}

/** An identifier of upper-case letters and digits that is the same for the same text: an IAM unique ID for a name. */
export function derivedId(prefix: string, length: number, text: string): string {
    return prefix + spell(digest(length, text), base32);
}

/** A host name's label that is the same for the same text. */
export function derivedLabel(length: number, text: string): string {
    return spell(digest(length, text), base36);
}

/** Hexadecimal digits that are the same for the same text. */
export function derivedHexadecimal(length: number, text: string): string {
    return digest(Math.ceil(length / 2), text)
        .toString("hex")
        .slice(0, length);
}

/** A new identifier of upper-case letters and digits. */
export function randomId(prefix: string, length: number): string {
    return prefix + spell(randomBytes(length), base32);
}

/** A new label of lower-case letters and digits. */
export function randomLabel(length: number): string {
    return spell(randomBytes(length), base36);
}
