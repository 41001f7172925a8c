import { createDecipheriv, createHmac } from "node:crypto";

/** What a server says in its part of a handshake, as far as a look wants to know it. */
export interface ServerFlight {
    /** DER, in the order in which they were sent: Node and OpenSSL hand on their own order only. */
    readonly certificates: readonly Buffer[];
    readonly asksForClientCertificate: boolean;
}

/** @see https://www.rfc-editor.org/rfc/rfc8446#section-5.1 */
const contentType = { handshake: 22, applicationData: 23 } as const;

/** @see https://www.rfc-editor.org/rfc/rfc8446#section-4 */
const messageType = { serverHello: 2, certificate: 11, certificateRequest: 13, finished: 20 } as const;

interface Suite {
    readonly hash: "sha256" | "sha384";
    readonly cipher: "aes-128-gcm" | "aes-256-gcm" | "chacha20-poly1305";
    readonly keyLength: number;
}

/** The cipher suites of TLS 1.3 that OpenSSL and AWS IoT Core have in common. */
const suites: Readonly<Record<string, Suite>> = {
    TLS_AES_128_GCM_SHA256: { hash: "sha256", cipher: "aes-128-gcm", keyLength: 16 },
    TLS_AES_256_GCM_SHA384: { hash: "sha384", cipher: "aes-256-gcm", keyLength: 32 },
    TLS_CHACHA20_POLY1305_SHA256: { hash: "sha256", cipher: "chacha20-poly1305", keyLength: 32 },
};

interface TlsRecord {
    readonly type: number;
    readonly header: Buffer;
    readonly body: Buffer;
}

interface Message {
    readonly type: number;
    readonly body: Buffer;
}

/**
 * Reads the server's handshake messages from the bytes that it sent.
 *
 * In TLS 1.2 they are in the clear. In TLS 1.3 all but the first are encrypted, with keys that the client knows and tells in
 * its key log.
 *
 * @param keyLog Lines in the format of SSLKEYLOGFILE
 * @param cipher IANA's name of the cipher suite
 * @see https://www.rfc-editor.org/rfc/rfc8446#section-7.3
 */
export function readServerFlight(received: Buffer, keyLog: string, cipher: string): ServerFlight {
    const secret = /^SERVER_HANDSHAKE_TRAFFIC_SECRET [0-9a-f]+ ([0-9a-f]+)$/im.exec(keyLog)?.[1];
    const suite = suites[cipher];
    const isEncrypted = secret !== undefined && suite !== undefined;
    const records = recordsIn(received);
    const messages = messagesIn(
        isEncrypted
            ? decrypted(
                  records.filter(({ type }) => type === contentType.applicationData),
                  suite,
                  Buffer.from(secret, "hex"),
              )
            : Buffer.concat(records.filter(({ type }) => type === contentType.handshake).map(({ body }) => body)),
    );
    const certificate = messages.find(({ type }) => type === messageType.certificate);
    return {
        certificates: certificate === undefined ? [] : certificatesIn(certificate.body, isEncrypted),
        asksForClientCertificate: messages.some(({ type }) => type === messageType.certificateRequest),
    };
}

/** Whether the first message is a hello: what refuses begins with an alert. */
export function beginsWithHello(received: Buffer): boolean {
    const [record] = recordsIn(received);
    return record?.type === contentType.handshake && record.body[0] === messageType.serverHello;
}

function recordsIn(received: Buffer): TlsRecord[] {
    const records: TlsRecord[] = [];
    let offset = 0;
    while (offset + 5 <= received.length) {
        const end = offset + 5 + received.readUInt16BE(offset + 3);
        if (end > received.length) {
            break;
        }
        const header = received.subarray(offset, offset + 5);
        records.push({ type: header.readUInt8(0), header, body: received.subarray(offset + 5, end) });
        offset = end;
    }
    return records;
}

/** The handshake messages in encrypted records; what comes after the handshake is encrypted with other keys. */
function decrypted(records: readonly TlsRecord[], suite: Suite, secret: Buffer): Buffer {
    const key = expandLabel(suite, secret, "key", suite.keyLength);
    const iv = expandLabel(suite, secret, "iv", 12);
    const parts: Buffer[] = [];
    for (const [sequence, { header, body }] of records.entries()) {
        const nonce = Buffer.from(iv);
        nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ sequence) >>> 0, 8);
        const content = open(suite, { key, nonce, header, body });
        parts.push(content);
        if (messagesIn(Buffer.concat(parts)).some(({ type }) => type === messageType.finished)) {
            break;
        }
    }
    return Buffer.concat(parts);
}

interface Sealed {
    readonly key: Buffer;
    readonly nonce: Buffer;
    readonly header: Buffer;
    readonly body: Buffer;
}

function open({ cipher }: Suite, { key, nonce, header, body }: Sealed): Buffer {
    const tagLength = 16;
    // The types know either family of ciphers, not both at once.
    const decipher = createDecipheriv(cipher as "aes-128-gcm", key, nonce, { authTagLength: tagLength });
    decipher.setAAD(header, { plaintextLength: body.length - tagLength });
    decipher.setAuthTag(body.subarray(-tagLength));
    const inner = Buffer.concat([decipher.update(body.subarray(0, -tagLength)), decipher.final()]);
    // The content, its type, and zeros to hide its length.
    const end = inner.findLastIndex((byte) => byte !== 0);
    return inner[end] === contentType.handshake ? inner.subarray(0, end) : Buffer.alloc(0);
}

function expandLabel({ hash }: Suite, secret: Buffer, label: string, length: number): Buffer {
    const full = Buffer.from(`tls13 ${label}`);
    const info = Buffer.concat([Buffer.from([length >> 8, length & 0xff, full.length]), full, Buffer.from([0, 1])]);
    return createHmac(hash, secret).update(info).digest().subarray(0, length);
}

function messagesIn(handshake: Buffer): Message[] {
    const messages: Message[] = [];
    let offset = 0;
    while (offset + 4 <= handshake.length) {
        const end = offset + 4 + handshake.readUIntBE(offset + 1, 3);
        if (end > handshake.length) {
            break;
        }
        messages.push({ type: handshake.readUInt8(offset), body: handshake.subarray(offset + 4, end) });
        offset = end;
    }
    return messages;
}

/** The certificates of a Certificate message; in TLS 1.3 a context goes before them, and extensions follow each one. */
function certificatesIn(body: Buffer, isTls13: boolean): Buffer[] {
    const certificates: Buffer[] = [];
    let offset = isTls13 ? 1 + body.readUInt8(0) : 0;
    offset += 3;
    while (offset + 3 <= body.length) {
        const end = offset + 3 + body.readUIntBE(offset, 3);
        certificates.push(body.subarray(offset + 3, end));
        offset = isTls13 && end + 2 <= body.length ? end + 2 + body.readUInt16BE(end) : end;
    }
    return certificates;
}
