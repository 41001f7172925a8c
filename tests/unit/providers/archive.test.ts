import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { crc32, inflateRawSync } from "node:zlib";
import { zipOf } from "../../../sandbox/providers/aws/lambda/archive";

/** Reads a ZIP file by its central directory, as unpackers do. */
function unzip(file: Buffer): Record<string, string> {
    const end = file.lastIndexOf(Buffer.from("PK\u0005\u0006"));
    const files: Record<string, string> = {};
    let entry = file.readUInt32LE(end + 16);
    for (let count = file.readUInt16LE(end + 10); count > 0; count -= 1) {
        assert.equal(file.readUInt32LE(entry), 0x02014b50);
        const [sum, packed, size] = [16, 20, 24].map((offset) => file.readUInt32LE(entry + offset));
        const [nameLength = 0, extra = 0, comment = 0] = [28, 30, 32].map((offset) =>
            file.readUInt16LE(entry + offset),
        );
        const name = file.toString("utf8", entry + 46, entry + 46 + nameLength);
        const header = file.readUInt32LE(entry + 42);
        const start = header + 30 + file.readUInt16LE(header + 26) + file.readUInt16LE(header + 28);
        const content = inflateRawSync(file.subarray(start, start + (packed ?? 0)));
        assert.deepEqual([crc32(content), content.length], [sum, size]);
        files[name] = content.toString();
        entry += 46 + nameLength + extra + comment;
    }
    return files;
}

describe("the code of a function of the sandbox's provider for AWS", () => {
    let folder: string;

    before(() => {
        folder = mkdtempSync(path.join(tmpdir(), "iot-domains-archive-"));
        mkdirSync(path.join(folder, "lib"));
        writeFileSync(path.join(folder, "index.js"), "exports.handler = 1;");
        writeFileSync(path.join(folder, "lib", "ä.js"), "");
    });
    after(() => rmSync(folder, { recursive: true }));

    it("is packed from texts, files and folders", () => {
        const assets = {
            "index.js": { text: "one" },
            "other.js": { path: path.join(folder, "index.js") },
            nested: { assets: { "deep.js": { text: "two" } } },
            folder: { path: folder },
        };
        assert.deepEqual(unzip(zipOf({ assets })), {
            "folder/index.js": "exports.handler = 1;",
            "folder/lib/ä.js": "",
            "index.js": "one",
            "nested/deep.js": "two",
            "other.js": "exports.handler = 1;",
        });
    });

    it("is the same file for the same code, whatever the order", () => {
        const [one, other] = [{ text: "1" }, { text: "2" }];
        assert.deepEqual(zipOf({ assets: { a: one, b: other } }), zipOf({ assets: { b: other, a: one } }));
        assert.deepEqual(unzip(zipOf({ path: folder })), { "index.js": "exports.handler = 1;", "lib/ä.js": "" });
    });

    it("is taken as it is where it is packed already", () => {
        const packed = path.join(folder, "packed.zip");
        const content = zipOf({ assets: { "index.js": { text: "one" } } });
        writeFileSync(packed, content);
        assert.deepEqual(zipOf({ path: packed }), content);
        rmSync(packed);
    });

    it("is not fetched from elsewhere", () => {
        assert.throws(() => zipOf({ uri: "https://example.com/code.zip" }), /does not fetch the code at https:/);
    });
});
