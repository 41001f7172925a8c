import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import fc from "fast-check";
import { isFault } from "../../../rules/finding";
import { maximumReadableBytes, type FileContent } from "../../../rules/certificates/pemText";
import { readPem } from "../../../rules/certificates/pem";
import { processorMilliseconds } from "../../processorTime";
import { check, pem } from "./fixtures";

/** Milliseconds of the processor that any input may take; the slowest takes a tenth of it. */
const limit = 1500;

/** Whatever is given in any place, there is an answer, in time. */
function survives(content: FileContent): void {
    let verdicts: ReturnType<typeof check>[] = [];
    const milliseconds = processorMilliseconds(() => {
        verdicts = [check({ certificate: content }), check({ chain: content }), check({ privateKey: content })];
    });
    for (const { findings } of verdicts) {
        assert.ok(findings.every(({ got, path }) => typeof got === "string" && typeof path === "string"));
    }
    assert.ok(milliseconds < limit, `${milliseconds} ms`);
}

interface Edit {
    readonly at: number;
    readonly remove: number;
    readonly insert: Buffer;
}

const edits: fc.Arbitrary<Edit[]> = fc.array(
    fc.record({
        at: fc.nat(),
        remove: fc.nat({ max: 12 }),
        insert: fc.uint8Array({ maxLength: 12 }).map((inserted) => Buffer.from(inserted)),
    }),
    { minLength: 1, maxLength: 4 },
);

function edited(content: Buffer, changes: readonly Edit[]): Buffer {
    return changes.reduce((current, { at, remove, insert }) => {
        const start = at % (current.length + 1);
        return Buffer.concat([current.subarray(0, start), insert, current.subarray(start + remove)]);
    }, content);
}

function wrap(label: string, content: Buffer): string {
    return `-----BEGIN ${label}-----\n${content.toString("base64")}\n-----END ${label}-----\n`;
}

const certificates = [
    "rsa-2048",
    "p256",
    "many-names",
    "ip-address-only",
    "pss-signature",
    "p256-explicit",
    "long-ocsp",
];

describe("reading certificates and keys", () => {
    it("survives any bytes", () => {
        fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), survives));
    });

    it("survives any text", () => {
        fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 2000 }), survives));
    });

    it("survives any content in a block of any kind", () => {
        const labels = fc.constantFrom(
            "CERTIFICATE",
            "PRIVATE KEY",
            "RSA PRIVATE KEY",
            "EC PRIVATE KEY",
            "PKCS7",
            "ANYTHING",
        );
        fc.assert(
            fc.property(labels, fc.uint8Array({ maxLength: 500 }), (label, content) => {
                survives(wrap(label, Buffer.from(content)));
            }),
        );
    });

    it("survives a PEM file that was edited anywhere", () => {
        const files = certificates
            .map((name) => `leaves/${name}`)
            .concat("keys/leaf.pkcs1", "keys/p256.sec1", "keys/leaf.dek-info");
        fc.assert(
            fc.property(fc.constantFrom(...files), edits, (name, changes) => {
                survives(edited(Buffer.from(pem(name)), changes));
            }),
            { numRuns: 200 },
        );
    });

    it("survives a certificate whose DER was edited anywhere", () => {
        fc.assert(
            fc.property(fc.constantFrom(...certificates), edits, (name, changes) => {
                survives(wrap("CERTIFICATE", edited(new X509Certificate(pem(`leaves/${name}`)).raw, changes)));
            }),
            { numRuns: 300 },
        );
    });

    it("accepts no certificate of which one byte was changed", () => {
        const { raw } = new X509Certificate(pem("leaves/rsa-2048"));
        fc.assert(
            fc.property(fc.nat({ max: raw.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, difference) => {
                const changed = Buffer.from(raw);
                changed[at] = (changed[at] ?? 0) ^ difference;
                const { findings } = check({ certificate: wrap("CERTIFICATE", changed) });
                assert.ok(findings.some(isFault), `byte ${at}`);
            }),
            { numRuns: 300 },
        );
    });

    it("survives a private key whose DER was edited anywhere", () => {
        const der = createPrivateKey(pem("keys/leaf.pkcs8")).export({ format: "der", type: "pkcs8" });
        fc.assert(fc.property(edits, (changes) => survives(wrap("PRIVATE KEY", edited(der, changes)))));
    });

    const hostile: Readonly<Record<string, string>> = {
        "BEGIN lines": "-----BEGIN CERTIFICATE-----\n",
        "END lines": "-----END CERTIFICATE-----\n",
        "halves of BEGIN lines": "-----BEGIN ",
        hyphens: "-",
        "equals signs": "=",
        letters: "A",
        spaces: " ",
        "line breaks": "\n",
        "carriage returns": "\r",
        "empty blocks": "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        "header lines": "A: b\n",
    };
    for (const [title, unit] of Object.entries(hostile)) {
        it(`reads as many ${title} as fit in time`, () => {
            const text = unit.repeat(Math.floor(maximumReadableBytes / unit.length));
            survives(text);
            survives(`-----BEGIN CERTIFICATE-----\n${text.slice(60)}\n`);
        });
    }

    it("takes Base64 that has lost a letter for no content at all", () => {
        const block = wrap("CERTIFICATE", Buffer.from("any content"));
        assert.equal(readPem(block).blocks.length, 1);
        const { blocks, faults } = readPem(block.replace("YW55", "YW5"));
        assert.deepEqual(blocks, []);
        assert.deepEqual(
            faults.map(({ got }) => got),
            ["a CERTIFICATE block whose content is not Base64"],
        );
    });

    it("finds every block of a text again, whatever stands between them", () => {
        const block = fc.uint8Array({ minLength: 1, maxLength: 200 }).map((content) => Buffer.from(content));
        const between = fc.string({ unit: "grapheme", maxLength: 40 }).filter((text) => !text.includes("-----"));
        fc.assert(
            fc.property(
                fc.array(fc.tuple(between, block), { maxLength: 5 }),
                fc.constantFrom("\n", "\r\n"),
                (parts, end) => {
                    const text = parts
                        .map(([around, content]) => `${around}\n${wrap("CERTIFICATE", content)}`)
                        .join("")
                        .replaceAll("\n", end);
                    const { blocks, faults } = readPem(text);
                    assert.deepEqual(faults, []);
                    assert.deepEqual(
                        blocks.map(({ content }) => content.toString("hex")),
                        parts.map(([, content]) => content.toString("hex")),
                    );
                },
            ),
        );
    });
});
