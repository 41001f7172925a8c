import { createReadStream } from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import { maximumReadableBytes } from "../../rules/certificates/pemText";
import { refuseFaults } from "../commandLine";
import type { Arguments } from "./arguments";

/** The content of the files that the arguments name. */
export interface Files {
    readonly certificate: Buffer;
    readonly chain?: Buffer;
    readonly privateKey?: Buffer;
}

/** A file as findings name it. */
export function nameOf(file: string): string {
    return file === "-" ? "standard input" : file;
}

/** What the file system's error codes mean to the person who named the file. */
const reasons: Readonly<Record<string, string>> = {
    ENOENT: "there is no such file",
    ENOTDIR: "there is no such file",
    EISDIR: "that is a directory",
    EACCES: "reading it is not allowed",
    EPERM: "reading it is not allowed",
    ELOOP: "its symbolic links lead in a circle",
    ENAMETOOLONG: "the name is too long",
    ERR_INVALID_ARG_VALUE: "that is no file name",
};

/**
 * Reads all files, each no further than the rules read: an endless one is as good as one that is too large.
 *
 * @param directory Where relative names start from: where the user is, for npm runs commands in the project's folder.
 * @throws UnusableArguments with every file that cannot be read.
 */
export async function readFiles({ certificate, chain, privateKey }: Arguments, directory: string): Promise<Files> {
    const faults: string[] = [];
    const read = async (option: string, file: string): Promise<Buffer> => {
        try {
            return await readStart(file, directory);
        } catch (error) {
            const { code = "" } = error as NodeJS.ErrnoException;
            faults.push(`${option}: cannot read ${JSON.stringify(file)}: ${reasons[code] ?? code}`);
            return Buffer.alloc(0);
        }
    };
    const files = {
        certificate: await read("--certificate", certificate),
        chain: chain === undefined ? undefined : await read("--chain", chain),
        privateKey: privateKey === undefined ? undefined : await read("--private-key", privateKey),
    };
    refuseFaults(faults);
    return files;
}

async function readStart(file: string, directory: string): Promise<Buffer> {
    const stream: Readable = file === "-" ? process.stdin : createReadStream(path.resolve(directory, file));
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
        chunks.push(chunk);
        size += chunk.length;
        if (size > maximumReadableBytes) {
            break;
        }
    }
    return Buffer.concat(chunks);
}
