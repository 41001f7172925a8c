import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as fc from "fast-check";
import { parse, stringify } from "yaml";
import {
    checkConfiguration,
    configurationsAgree,
    copyConfiguration,
    sandboxConfiguration,
    type StackConfiguration,
} from "../../../sandbox/engine/stackConfiguration";

const salt = "encryptionsalt: v1:sandbox=:v1:abc:def";

describe("sandbox/engine: the copy of a stack's configuration", () => {
    const cases: [title: string, source: string, previous: string | undefined, expected: string, missing: string[]][] =
        [
            ["is the file where nothing is encrypted", "config:\n  a:b: c\n", undefined, "config:\n  a:b: c\n", []],
            [
                "keeps the salt that the CLI wrote",
                "config:\n  a:b: new\n",
                `config:\n  a:b: old\n${salt}\n`,
                `config:\n  a:b: new\n${salt}\n`,
                [],
            ],
            [
                "leaves the encryption of the real stack behind",
                "secretsprovider: awskms://key\nencryptedkey: abc\nencryptionsalt: v1:real\nconfig:\n  a:b: c\n",
                undefined,
                "config:\n  a:b: c\n",
                [],
            ],
            [
                "keeps a secret that was set in the sandbox",
                "config:\n  a:key:\n    secure: real\n",
                `config:\n  a:key:\n    secure: sandbox\n${salt}\n`,
                `config:\n  a:key:\n    secure: sandbox\n${salt}\n`,
                [],
            ],
            [
                "names secrets that were not set in the sandbox as Pulumi takes their paths",
                'config:\n  a:x:\n    plain: 1\n    list: [{secure: r}, 2, {secure: r}]\n    "b.c": {key-1: {secure: r}}\n',
                undefined,
                'config: {"a:x": {plain: 1, list: [&n "(not set in the sandbox)", 2, *n], "b.c": {key-1: *n}}}',
                ["a:x.list[0]", "a:x.list[2]", 'a:x["b.c"].key-1'],
            ],
            [
                "forgets a secret whose place the file no longer has",
                "config:\n  a:b: c\n",
                "config:\n  a:gone:\n    secure: sandbox\n",
                "config:\n  a:b: c\n",
                [],
            ],
            [
                "takes plain text where the file has plain text",
                "config:\n  a:b: plain\n",
                "config:\n  a:b:\n    secure: sandbox\n",
                "config:\n  a:b: plain\n",
                [],
            ],
            [
                "does not take a map with more than a secret in it for one",
                "config:\n  a:b:\n    secure: yes\n    other: 1\n",
                undefined,
                "config:\n  a:b:\n    secure: yes\n    other: 1\n",
                [],
            ],
        ];
    for (const [title, source, previous, expected, missing] of cases) {
        it(title, () => {
            const copy = sandboxConfiguration(source, previous);
            assert.deepEqual(parse(copy.text), parse(expected));
            assert.deepEqual(copy.missingSecrets, missing);
        });
    }

    it("keeps quotes, which tell text from what YAML 1.1 takes for truth values and times", () => {
        const source = 'config:\n  a:b: "yes"\n  a:c: "2026-01-01"\n';
        assert.equal(sandboxConfiguration(source, undefined).text, source);
    });

    it("never holds a value that was encrypted for the real stack", () => {
        const real = fc.constant({ secure: "ciphertext-of-the-real-stack" });
        const { tree } = fc.letrec((tie) => ({
            tree: fc.oneof({ maxDepth: 4 }, fc.string(), fc.integer(), real, tie("list"), tie("map")),
            list: fc.array(tie("tree"), { maxLength: 4 }),
            map: fc.dictionary(fc.stringMatching(/^[a-z.]{1,4}$/), tie("tree"), { maxKeys: 4 }),
        }));
        fc.assert(
            fc.property(fc.dictionary(fc.stringMatching(/^[a-z]:[a-z]{1,4}$/), tree, { maxKeys: 4 }), (config) => {
                const source = stringify({ config });
                const first = sandboxConfiguration(source, undefined);
                assert.ok(!first.text.includes("ciphertext-of-the-real-stack"));
                assert.equal(first.missingSecrets.length, JSON.stringify(config).split("ciphertext").length - 1);
                assert.equal(sandboxConfiguration(source, first.text).text, first.text);
            }),
        );
    });

    describe("on disk", () => {
        let folder: string;
        beforeEach(() => {
            folder = mkdtempSync(path.join(tmpdir(), "iot-domains-configuration-"));
        });
        afterEach(() => rmSync(folder, { recursive: true }));

        const sources: [title: string, given: StackConfiguration][] = [
            ["YAML text", "config:\n  a:b: c\n"],
            ["an object", { config: { "a:b": "c" } }],
        ];
        for (const [title, given] of sources) {
            it(`is made of ${title}`, () => {
                const file = path.join(folder, "Pulumi.dev.yaml");
                const first = copyConfiguration(given, file);
                assert.equal(first.previous, undefined);
                assert.deepEqual(parse(readFileSync(file, "utf8")), { config: { "a:b": "c" } });
                assert.equal(copyConfiguration(given, file).previous, first.text);
            });
        }

        it("quotes an object's texts for YAML 1.1, which Pulumi reads", () => {
            const file = path.join(folder, "Pulumi.dev.yaml");
            copyConfiguration({ config: { "a:b": "on", "a:c": "2026-01-01" } }, file);
            assert.match(readFileSync(file, "utf8"), /a:b: "on"\n {2}a:c: "2026-01-01"/);
        });
    });

    it("is refused with every secret and import that the sandbox cannot read, and the ways out", () => {
        const source = "environment: [shared]\nconfig:\n  a:k: {secure: x}\n  a:l: {secure: y}\n";
        const copy = { source, file: "copy", ...sandboxConfiguration(source, undefined) };
        assert.throws(
            () => checkConfiguration("Pulumi.prod.yaml", "prod", copy),
            (error: Error) => {
                const lines = error.message.split("\n");
                assert.equal(lines.length, 3);
                assert.match(lines[0] ?? "", /^Pulumi\.prod\.yaml: config: a:k: expected .*, got .* encrypted/);
                assert.match(lines[1] ?? "", /npm run sandbox -- config set --stack prod --secret --path 'a:l' VALUE/);
                assert.match(lines[2] ?? "", /environment: expected none in the sandbox, got imports from Pulumi ESC/);
                return true;
            },
        );
    });

    const agreements: [title: string, first: string, second: string, expected: boolean][] = [
        ["the same settings in another form", "config: {a: 1}", "config:\n  a: 1\n", true],
        ["another salt", `config: {a: 1}\n${salt}`, "config: {a: 1}", true],
        ["another value", "config: {a: 1}", "config: {a: 2}", false],
        ["a setting more", "config: {a: 1}", "config: {a: 1, b: 2}", false],
    ];
    for (const [title, first, second, expected] of agreements) {
        it(`${expected ? "agrees" : "does not agree"} with ${title}`, () =>
            assert.equal(configurationsAgree(first, second), expected));
    }
});
