import { createPrivateKey, type KeyObject } from "node:crypto";
import type { Finding, Severity } from "../finding";
import { maximumPrivateKeyBytes } from "../serverCertificates";
import { asn1 } from "./asn1";
import { isPrivateKey } from "./certificateFiles";
import type { PemBlock } from "./pem";
import { readPemText, type FileContent } from "./pemText";
import { references } from "./references";

/** What a text that should hold a private key holds. The key is secret, the findings are not. */
export interface PrivateKeyFile {
    readonly key?: KeyObject;
    readonly findings: readonly Finding[];
}

/** How DER is to be read, by the label of its PEM block. */
const forms: Readonly<Record<string, "pkcs8" | "pkcs1" | "sec1">> = {
    "PRIVATE KEY": "pkcs8",
    "RSA PRIVATE KEY": "pkcs1",
    "EC PRIVATE KEY": "sec1",
};

/** Throws for another structure: OpenSSL takes other private keys for these, newer versions more than older ones. */
const structures: Readonly<Partial<Record<string, (der: Uint8Array) => unknown>>> = {
    pkcs1: (der) => asn1.schema.AsnConvert.parse(der, asn1.rsa.RSAPrivateKey),
    sec1: (der) => asn1.schema.AsnConvert.parse(der, asn1.ecc.ECPrivateKey),
};

/** Blocks that OpenSSL writes beside a key and that do no harm. */
const harmless: readonly string[] = ["EC PARAMETERS"];

const converters = {
    DER: "openssl pkey -inform DER -in FILE -out FILE.pem",
    "PKCS#12": "openssl pkcs12 -in FILE -nocerts -nodes -out FILE.pem",
};

/** What turns a form that ACM does not know into PKCS#8, by the label of its PEM block; OpenSSL cannot read OpenSSH's. */
const otherForms: Readonly<Record<string, string>> = {
    "OPENSSH PRIVATE KEY": "ssh-keygen -p -m PKCS8 -N '' -f FILE, which overwrites FILE",
};

const decryption = "decrypt it with openssl pkey -in FILE -out FILE.pem, and keep the result secret";

/**
 * Reads the one private key of a PEM text: PKCS#8, PKCS#1 or SEC1, unencrypted, at most 5 KB, as ACM takes it.
 *
 * Never throws, and says nothing of the content: no byte of it, and no message of the parser, reaches a finding.
 */
export function readPrivateKey(content: FileContent, path: string): PrivateKeyFile {
    const pem = readPemText(content, converters);
    if ("got" in pem) {
        return { findings: [malformed(path, pem.got, pem.remedy)] };
    }
    const keys = pem.blocks.filter(({ label }) => isPrivateKey(label));
    const others = pem.blocks.filter(({ label }) => !isPrivateKey(label) && !harmless.includes(label));
    const findings = pem.faults.map(({ got, remedy }) => malformed(path, got, remedy));
    const [block, ...further] = keys;
    if (block === undefined) {
        return { findings: findings.length > 0 ? findings : [noKey(path, others)] };
    }
    if (further.length > 0) {
        return {
            findings: [...findings, malformed(path, `${keys.length} private keys`, "leave the matching one alone")],
        };
    }
    const read = readKey(block, path);
    const advice = others.length > 0 ? [company(path, others)] : [];
    return { key: read.key, findings: [...findings, ...read.findings, ...advice] };
}

function readKey(block: PemBlock, path: string): PrivateKeyFile {
    if (block.encrypted || block.label === "ENCRYPTED PRIVATE KEY") {
        return {
            findings: [
                keyFinding("private-key-encrypted", "high", path, {
                    got: "a key protected by a passphrase",
                    expected: "an unencrypted private key",
                    remedy: decryption,
                    reference: references.importPrerequisites,
                }),
            ],
        };
    }
    const size = block.bytes > maximumPrivateKeyBytes ? [tooLarge(path, block.bytes)] : [];
    const type = forms[block.label];
    if (type === undefined) {
        const got = `a block of type ${block.label}`;
        const converter = otherForms[block.label] ?? "openssl pkcs8 -topk8 -nocrypt -in FILE -out FILE.pem";
        return { findings: [...size, malformed(path, got, `convert it to PKCS#8 with ${converter}`)] };
    }
    try {
        structures[type]?.(block.content);
        return { key: createPrivateKey({ key: block.content, format: "der", type }), findings: size };
    } catch {
        const got = `a ${block.label} block whose content is no such key`;
        return { findings: [...size, malformed(path, got, "copy the whole file again")] };
    }
}

function tooLarge(path: string, bytes: number): Finding {
    return keyFinding("private-key-size", "high", path, {
        got: `${bytes} bytes`,
        expected: `at most ${maximumPrivateKeyBytes} bytes`,
        remedy: "use an RSA 2048 or P-256 key; AWS IoT Core serves no other",
        reference: references.importPrerequisites,
    });
}

function noKey(path: string, others: readonly PemBlock[]): Finding {
    const got = others.map(({ label }) => `a block of type ${label}`).join(", ") || "parameters without a key";
    return malformed(path, got, "give the private key of the certificate");
}

function company(path: string, others: readonly PemBlock[]): Finding {
    return keyFinding("private-key-alone", "low", path, {
        got: `the key and ${others.map(({ label }) => `a block of type ${label}`).join(", ")}`,
        expected: "the private key alone",
        remedy: "keep certificates in a file of their own; ACM takes the three parts one by one",
        reference: references.importFormat,
    });
}

function malformed(path: string, got: string, remedy: string): Finding {
    return keyFinding("private-key-format", "high", path, {
        got,
        expected: "one PEM block with an unencrypted PKCS#8, PKCS#1 or SEC1 private key",
        remedy,
        reference: references.importFormat,
    });
}

function keyFinding(
    rule: string,
    severity: Severity,
    path: string,
    words: Pick<Finding, "got" | "expected" | "remedy" | "reference">,
): Finding {
    return { rule, severity, path, ...words };
}
