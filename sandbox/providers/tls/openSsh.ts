import { createHash, createPublicKey, randomBytes, type JsonWebKey, type KeyObject } from "node:crypto";

/** A public key as the SSH protocol carries it. */
export interface OpenSshKey {
    /** The key type's name: `ssh-ed25519`. */
    readonly type: string;
    readonly blob: Buffer;
}

/** SSH's names of the curves, by those that JSON Web Keys give them; SSH knows no others. */
const sshCurves: Readonly<Record<string, string>> = {
    "P-256": "nistp256",
    "P-384": "nistp384",
    "P-521": "nistp521",
};

/**
 * A public key in SSH's encoding; `undefined` for keys that SSH does not know.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4253#section-6.6
 */
export function openSshPublicKey(key: KeyObject): OpenSshKey | undefined {
    const parts = publicParts(key);
    const type = parts?.[0]?.toString();
    return parts === undefined || type === undefined ? undefined : { type, blob: strings(parts) };
}

function publicParts(key: KeyObject): Buffer[] | undefined {
    if (key.asymmetricKeyType === "ec" && key.asymmetricKeyDetails?.namedCurve === "secp224r1") {
        return undefined;
    }
    const { kty, crv = "", n, e, x, y }: JsonWebKey = key.export({ format: "jwk" });
    const encoders: Readonly<Record<string, () => Buffer[]>> = {
        RSA: () => [Buffer.from("ssh-rsa"), integer(bytes(e)), integer(bytes(n))],
        EC: () => {
            const curve = sshCurves[crv] ?? "";
            const point = Buffer.concat([Buffer.from([4]), bytes(x), bytes(y)]);
            return [Buffer.from(`ecdsa-sha2-${curve}`), Buffer.from(curve), point];
        },
        OKP: () => [Buffer.from("ssh-ed25519"), bytes(x)],
    };
    return encoders[kty ?? ""]?.();
}

/**
 * A private key in OpenSSH's own format, without a passphrase; `undefined` for keys that SSH does not know.
 *
 * @see https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key
 */
export function openSshPrivateKey(key: KeyObject): string | undefined {
    const publicKey = createPublicKey(key);
    const open = publicParts(publicKey);
    if (open === undefined) {
        return undefined;
    }
    const { kty, d, n, e, p, q, qi, x }: JsonWebKey = key.export({ format: "jwk" });
    const encoders: Readonly<Record<string, () => Buffer[]>> = {
        RSA: () => [Buffer.from("ssh-rsa"), ...[n, e, d, qi, p, q].map((part) => integer(bytes(part)))],
        EC: () => [...open, integer(bytes(d))],
        OKP: () => [...open, Buffer.concat([bytes(d), bytes(x)])],
    };
    const secret = strings(encoders[kty ?? ""]?.() ?? []);
    // The same random number twice is how OpenSSH sees that a passphrase was right.
    const check = randomBytes(4);
    const body = padded(Buffer.concat([check, check, secret, strings([Buffer.from("")])]));
    const none = Buffer.from("none");
    const blob = Buffer.concat([
        Buffer.from("openssh-key-v1\0"),
        strings([none, none, Buffer.alloc(0)]),
        length(1),
        strings([strings(open), body]),
    ]);
    const lines = blob.toString("base64").match(/.{1,64}/g) ?? [];
    return ["-----BEGIN OPENSSH PRIVATE KEY-----", ...lines, "-----END OPENSSH PRIVATE KEY-----", ""].join("\n");
}

export function fingerprintMd5(blob: Buffer): string {
    const digest = createHash("md5").update(blob).digest("hex");
    return (digest.match(/../g) ?? []).join(":");
}

export function fingerprintSha256(blob: Buffer): string {
    return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}

function bytes(part: string | undefined): Buffer {
    return Buffer.from(part ?? "", "base64url");
}

/** Positive numbers whose highest bit is set get a zero in front, which says that they are positive. */
function integer(value: Buffer): Buffer {
    const first = value.findIndex((byte) => byte !== 0);
    const trimmed = value.subarray(first < 0 ? value.length : first);
    return (trimmed[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), trimmed]) : trimmed;
}

function length(value: number): Buffer {
    const buffer = Buffer.alloc(4);
    buffer.writeUInt32BE(value);
    return buffer;
}

function strings(parts: Buffer[]): Buffer {
    return Buffer.concat(parts.flatMap((part) => [length(part.length), part]));
}

function padded(body: Buffer): Buffer {
    const missing = (8 - (body.length % 8)) % 8;
    return Buffer.concat([body, Buffer.from(Array.from({ length: missing }, (_, index) => index + 1))]);
}
