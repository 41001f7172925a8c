import { closeSync, openSync, readSync } from "node:fs";
import path from "node:path";
import { maximumReadableBytes } from "../rules/certificates/pemText";
import type { Material } from "./certificates";

/** Where the PEM texts of a configuration are read from. */
export interface MaterialSource {
    /** Values under `iot-domains:secrets`. */
    readonly secrets: Readonly<Record<string, string>>;
    /** The folder that paths start from. */
    readonly directory: string;
}

/** What became of one reference to a PEM text. */
export type MaterialText =
    | { readonly text: string }
    | { readonly fault: { readonly got: string; readonly expected: string; readonly remedy: string } }
    /** The text is in AWS Secrets Manager, and is read when the stack runs. */
    | { readonly later: Extract<Material, { from: "secretsManager" }> };

/** Reads the PEM text that a configuration refers to; never quotes any of it. */
export function readMaterial(material: Material, source: MaterialSource): MaterialText {
    switch (material.from) {
        case "secretsManager":
            return { later: material };
        case "secret":
            return readSecret(material.name, source.secrets);
        case "file":
            return readPemFile(material.path, source.directory);
    }
}

function readSecret(name: string, secrets: MaterialSource["secrets"]): MaterialText {
    const text = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
    if (text !== undefined) {
        return { text };
    }
    return {
        fault: {
            got: `no secret ${JSON.stringify(name)}`,
            expected: `a key of iot-domains:secrets${Object.keys(secrets).length === 0 ? "" : `, which has ${Object.keys(secrets).join(", ")}`}`,
            remedy: `set it: cat FILE.pem | pulumi config set --secret --path 'iot-domains:secrets["${name}"]'`,
        },
    };
}

function readPemFile(file: string, directory: string): MaterialText {
    try {
        const content = readStart(path.resolve(directory, file));
        return content.length <= maximumReadableBytes
            ? { text: content.toString("utf8") }
            : {
                  fault: {
                      got: `more than ${maximumReadableBytes} bytes`,
                      expected: "a PEM file",
                      remedy: `name another file than ${file}`,
                  },
              };
    } catch (error) {
        return {
            fault: {
                got: `${file}, which cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown reason"})`,
                expected: "a PEM file",
                remedy: "correct the path; it starts from the project's folder",
            },
        };
    }
}

/** Reads a file no further than shows that it is too large, so that a path to something endless does no harm. */
function readStart(file: string): Buffer {
    const descriptor = openSync(file, "r");
    try {
        const start = Buffer.alloc(maximumReadableBytes + 1);
        let size = 0;
        let read: number;
        do {
            read = readSync(descriptor, start, size, start.length - size, null);
            size += read;
        } while (read > 0 && size < start.length);
        return start.subarray(0, size);
    } finally {
        closeSync(descriptor);
    }
}
