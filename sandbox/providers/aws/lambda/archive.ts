import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { crc32, deflateRawSync } from "node:zlib";
import { ProviderError } from "../../framework/failures";
import { isObject } from "../../framework/values";

/** A Pulumi asset or archive as it travels. */
export interface Asset {
    readonly hash?: string;
    readonly text?: string;
    readonly path?: string;
    readonly uri?: string;
    readonly assets?: Readonly<Record<string, Asset>>;
}

interface Entry {
    readonly name: string;
    readonly content: Buffer;
}

/**
 * A function's code as the ZIP file that Lambda wants.
 *
 * @throws ProviderError for code that lies behind a URI, which the sandbox does not fetch
 */
export function zipOf(code: Asset): Buffer {
    if (code.path !== undefined && statSync(code.path).isFile()) {
        return readFileSync(code.path);
    }
    const entries = code.path === undefined ? assetEntries(code, "") : folderEntries(code.path, "");
    return zip(entries.sort((one, other) => (one.name < other.name ? -1 : 1)));
}

function assetEntries(asset: Asset, name: string): Entry[] {
    if (isObject(asset.assets)) {
        return Object.entries(asset.assets).flatMap(([member, nested]) => assetEntries(nested, joined(name, member)));
    }
    if (asset.text !== undefined) {
        return [{ name, content: Buffer.from(asset.text) }];
    }
    if (asset.path === undefined) {
        throw new ProviderError(
            `the sandbox does not fetch the code at ${asset.uri ?? "an unknown place"}; give it as files or text`,
        );
    }
    const file = asset.path;
    return statSync(file).isDirectory() ? folderEntries(file, name) : [{ name, content: readFileSync(file) }];
}

function folderEntries(folder: string, name: string): Entry[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const [file, inner] = [path.join(folder, entry.name), joined(name, entry.name)];
        return entry.isDirectory() ? folderEntries(file, inner) : [{ name: inner, content: readFileSync(file) }];
    });
}

function joined(folder: string, name: string): string {
    return folder === "" ? name : `${folder}/${name}`;
}

const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;
const endOfCentralDirectory = 0x06054b50;
const deflated = 8;
/** The first of January 1980, the oldest date that ZIP knows: the same code makes the same file on every day. */
const oldestDate = 0x21;

/** @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
function zip(entries: Entry[]): Buffer {
    const files: Buffer[] = [];
    const directory: Buffer[] = [];
    let offset = 0;
    for (const { name, content } of entries) {
        const compressed = deflateRawSync(content);
        // What a file's own header and its line in the directory have in common.
        const common = fields(
            [20, 2],
            [0x0800, 2],
            [deflated, 2],
            [0, 2],
            [oldestDate, 2],
            [crc32(content), 4],
            [compressed.length, 4],
            [content.length, 4],
            [Buffer.byteLength(name), 2],
            [0, 2],
        );
        const file = Buffer.concat([fields([localHeader, 4]), common, Buffer.from(name), compressed]);
        const place = fields([0, 2], [0, 2], [0, 2], [0o644 << 16, 4], [offset, 4]);
        directory.push(fields([centralHeader, 4], [0x031e, 2]), common, place, Buffer.from(name));
        files.push(file);
        offset += file.length;
    }
    const central = Buffer.concat(directory);
    const counts: Array<[number, 2]> = [
        [entries.length, 2],
        [entries.length, 2],
    ];
    const sizes: Array<[number, 4]> = [
        [central.length, 4],
        [offset, 4],
    ];
    const end = fields([endOfCentralDirectory, 4], [0, 2], [0, 2], ...counts, ...sizes, [0, 2]);
    return Buffer.concat([...files, central, end]);
}

function fields(...parts: Array<[value: number, bytes: 2 | 4]>): Buffer {
    return Buffer.concat(
        parts.map(([value, bytes]) => {
            const buffer = Buffer.alloc(bytes);
            buffer.writeUIntLE(value >>> 0, 0, bytes);
            return buffer;
        }),
    );
}
