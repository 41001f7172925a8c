import { readPem, type Pem } from "./pem";

/** What a file or a configuration value may be before anybody has looked at it. */
export type FileContent = string | Uint8Array;

/**
 * Most bytes that are read at all. Eight times AWS's limit for a chain: enough to report on a chain that is too large,
 * and small enough that no input can keep a preview busy.
 */
export const maximumReadableBytes = 128 * 1024;

/** Commands that turn binary forms of what is looked for into PEM. */
export type Converters = Readonly<Record<"DER" | "PKCS#12", string>>;

/** Why there is nothing to read, in the words of a finding. */
export interface Unreadable {
    readonly got: string;
    readonly remedy: string;
}

/**
 * Reads what somebody calls a PEM file: strips byte-order marks, and tells empty, enormous and binary content apart.
 *
 * The size is looked at first, so that nothing else depends on it. Of the content, nothing is quoted: it may be a key.
 *
 * @param converters The commands that turn binary forms into PEM for what is looked for, by the name of the form.
 */
export function readPemText(content: FileContent, converters: Converters): Pem | Unreadable {
    const text = decode(content);
    if (typeof text !== "string") {
        return text;
    }
    const pem = readPem(text);
    return pem.blocks.length > 0 || pem.faults.length > 0 ? pem : withoutBlocks(text, converters);
}

function decode(content: FileContent): string | Unreadable {
    if (typeof content !== "string" && !(content instanceof Uint8Array)) {
        return {
            got: content === undefined ? "nothing" : `a value of type ${typeof content}`,
            remedy: "give PEM text",
        };
    }
    if (content.length > maximumReadableBytes) {
        const remedy = "give only what belongs to this domain";
        return { got: `more than ${maximumReadableBytes} bytes`, remedy };
    }
    const text = typeof content === "string" ? content : Buffer.from(content).toString("latin1");
    if (text.startsWith("\u00ff\u00fe") || text.startsWith("\u00fe\u00ff")) {
        return { got: "a text in UTF-16", remedy: "save the file as UTF-8 or ASCII" };
    }
    // Files that were written one behind the other have a mark each.
    const withoutMarks = text.replace(/^(\u00ef\u00bb\u00bf|\ufeff)/gm, "");
    return withoutMarks.trim() === "" ? { got: "an empty text", remedy: "give PEM text" } : withoutMarks;
}

/** Says what a text without any PEM block is likely to be. */
function withoutBlocks(text: string, converters: Converters): Unreadable {
    // Control characters are what tells binary content from text.
    if (/[\u0000-\u0008\u000e-\u001f]/.test(text)) {
        const ways = Object.entries(converters).map(([form, command]) => `${form} with ${command}`);
        return { got: "binary data, such as DER or PKCS#12", remedy: `convert it to PEM: ${ways.join(", ")}` };
    }
    if (!text.includes("-----BEGIN")) {
        return { got: "a text without a PEM block", remedy: "give PEM text" };
    }
    return text.includes("\\n")
        ? { got: "PEM whose line breaks are written as \\n", remedy: "replace each \\n by a line break" }
        : { got: "PEM without its line breaks", remedy: "copy the whole file again, line by line" };
}
