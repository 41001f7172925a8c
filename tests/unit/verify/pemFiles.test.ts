import assert from "node:assert/strict";
import { createPrivateKey } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { UnusableArguments } from "../../../commands/commandLine";
import { readPemPair, readPrivateKey } from "../../../commands/verify/pemFile";
import { deviceCertificate } from "../dataPlane/devices";

describe("the PEM files of a device", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "iot-domains-pem-"));
    const write = (name: string, text: string) => {
        const file = path.join(folder, name);
        fs.writeFileSync(file, text);
        return file;
    };
    let own: { cert: string; key: string };
    let other: { cert: string; key: string };
    before(async () => {
        own = await deviceCertificate("CN=own");
        other = await deviceCertificate("CN=other");
    });
    after(() => fs.rmSync(folder, { recursive: true, force: true }));

    const read = (certificate: string, privateKey: string) =>
        readPemPair(
            { option: "--client-certificate", file: write("certificate.pem", certificate) },
            { option: "--client-key", file: write("key.pem", privateKey) },
        );
    const refused = (action: () => unknown, message: RegExp) =>
        assert.throws(action, (error) => {
            assert.ok(error instanceof UnusableArguments);
            assert.match(error.message, message);
            return !error.message.includes("BEGIN");
        });

    it("are read where they belong together", () => {
        assert.deepEqual(read(own.cert, own.key), { certificate: own.cert, privateKey: own.key });
    });

    it("are refused before anything is connected to where they do not, or are something else", () => {
        refused(
            () => read(own.cert, other.key),
            /^--client-key: expected the private key of .*certificate\.pem, got another/,
        );
        refused(() => read("hello", own.key), /^--client-certificate: expected a certificate in PEM/);
        refused(() => read(own.cert, own.cert), /^--client-key: expected a private key in PEM/);
        refused(
            () => readPrivateKey({ option: "--claim-key", file: path.join(folder, "none") }),
            /^--claim-key: .*ENOENT/,
        );
    });

    it("are refused where the key is encrypted", () => {
        const encryption = { format: "pem", type: "pkcs8", cipher: "aes-256-cbc", passphrase: "secret" } as const;
        const encrypted = createPrivateKey(own.key).export(encryption);
        refused(() => read(own.cert, encrypted.toString()), /that is not encrypted/);
    });
});
