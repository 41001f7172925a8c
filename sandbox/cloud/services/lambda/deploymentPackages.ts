import { createHash } from "node:crypto";
import type { OperationContext } from "../../context";
import { Refusal } from "../../errors";
import type { FunctionCode } from "../../models/lambda";
import { defineTable } from "../../tables";

/** What Lambda tells of a deployment package. */
export interface StoredCode {
    /** Bytes. */
    readonly size: number;
    /** SHA-256 in base64. */
    readonly sha256: string;
}

/** Archives by their hashes, encrypted: code may hold secrets, and many versions of a function may have the same. */
const archives = defineTable<string>("lambda", "deploymentPackage", false);

/** Bytes. @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const maximumZipped = 50 * 1024 * 1024;
const maximumUnzipped = 262_144_000;

/** @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (sections 4.3.12 and 4.3.16) */
const directoryEnd = Buffer.from("PK\x05\x06", "latin1");
const directoryEntry = Buffer.from("PK\x01\x02", "latin1");

/** The size of everything in a ZIP archive when unpacked; `undefined` for what is none. */
function unzippedSize(archive: Buffer): number | undefined {
    const end = archive.lastIndexOf(directoryEnd);
    if (end < 0 || end + 22 > archive.length) {
        return undefined;
    }
    const count = archive.readUInt16LE(end + 10);
    let offset = archive.readUInt32LE(end + 16);
    let size = 0;
    for (let index = 0; index < count; index++) {
        if (offset + 46 > end || archive.indexOf(directoryEntry, offset) !== offset) {
            return undefined;
        }
        size += archive.readUInt32LE(offset + 24);
        const variableParts = [28, 30, 32].map((position) => archive.readUInt16LE(offset + position));
        offset += 46 + variableParts.reduce((left, right) => left + right);
    }
    return count === 0 ? undefined : size;
}

/**
 * The archive that a deployment package is.
 *
 * @throws Refusal InvalidParameterValueException for what cannot be unpacked or is too large, and UnknownService for a
 * package that lies in a service which the sandbox does not have
 */
export function checkedArchive(code: FunctionCode): Buffer {
    if (code.ZipFile === undefined) {
        const place = code.ImageUri === undefined ? "S3" : "ECR";
        throw new Refusal(
            "UnknownService",
            `the sandbox has no ${place} to take a function's code from; give the deployment package itself`,
            501,
        );
    }
    const archive = Buffer.from(code.ZipFile);
    if (archive.length > maximumZipped) {
        throw new Refusal("RequestEntityTooLargeException", `Request must be smaller than ${maximumZipped} bytes`, 413);
    }
    const size = unzippedSize(archive);
    if (size === undefined) {
        throw new Refusal(
            "InvalidParameterValueException",
            "Could not unzip uploaded file. Please check your file, then try to upload again.",
        );
    }
    if (size >= maximumUnzipped) {
        throw new Refusal(
            "InvalidParameterValueException",
            `Unzipped size must be smaller than ${maximumUnzipped} bytes`,
        );
    }
    return archive;
}

/** Takes a deployment package in, or refuses it as {@link checkedArchive} does. */
export function acceptCode(context: OperationContext, code: FunctionCode): StoredCode {
    const archive = checkedArchive(code);
    const sha256 = createHash("sha256").update(archive).digest("base64");
    context.table(archives).put(sha256, context.vault.seal(archive));
    return { size: archive.length, sha256 };
}

/** The archive with a function's code; `undefined` where the sandbox was made before it kept any. */
export function archiveOf(context: OperationContext, { sha256 }: StoredCode): Buffer | undefined {
    const sealed = context.table(archives).get(sha256);
    return sealed === undefined ? undefined : context.vault.open(sealed);
}
