import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const algorithm = "aes-256-gcm";
const nonceLength = 12;
const tagLength = 16;

/**
 * Encrypts secrets before they are stored, as AWS does with its own keys, so that no file of the sandbox shows one.
 *
 * Its key lies beside the store, readable by the owner alone: it guards against what is searched, copied and attached
 * by accident, not against someone who has the directory.
 */
export class Vault {
    private readonly file: string;
    private key: Buffer | undefined;

    constructor(directory: string) {
        this.file = path.join(directory, "vault.key");
    }

    seal(secret: string | Uint8Array): string {
        const nonce = randomBytes(nonceLength);
        const cipher = createCipheriv(algorithm, this.readKey(), nonce);
        const text = Buffer.concat([cipher.update(Buffer.from(secret)), cipher.final()]);
        return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64");
    }

    open(sealed: string): Buffer {
        const bytes = Buffer.from(sealed, "base64");
        const cipher = createDecipheriv(algorithm, this.readKey(), bytes.subarray(0, nonceLength));
        cipher.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength));
        return Buffer.concat([cipher.update(bytes.subarray(nonceLength + tagLength)), cipher.final()]);
    }

    private readKey(): Buffer {
        this.key ??= this.existingKey() ?? this.newKey();
        return this.key;
    }

    private existingKey(): Buffer | undefined {
        try {
            return readFileSync(this.file);
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code === "ENOENT") {
                return undefined;
            }
            throw error;
        }
    }

    /** Whole or not at all, and the first process wins: a link fails where the name is taken. */
    private newKey(): Buffer {
        const draft = `${this.file}.${process.pid}`;
        writeFileSync(draft, randomBytes(32), { mode: 0o600 });
        try {
            linkSync(draft, this.file);
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
                throw error;
            }
        } finally {
            rmSync(draft, { force: true });
        }
        return readFileSync(this.file);
    }
}
