import type { ServerCertificateInput } from "../../../rules/certificates/serverCertificate";
import { bytes, pem } from "./fixtures";

/** What is changed of the sound certificate, and the rules that then have a finding. */
export interface Case {
    readonly title: string;
    readonly changed: Partial<ServerCertificateInput>;
    readonly rules: readonly string[];
}

const noKey = { privateKey: undefined };
const ecChain = pem("authorities/ec-intermediate");

/** A leaf below the usual intermediate, without its key. */
function leaf(name: string, rules: readonly string[], changed: Partial<ServerCertificateInput> = {}): Case {
    const title = `${rules.length === 0 ? "accepts" : "reports"} ${name}`;
    return { title, changed: { ...noKey, certificate: pem(`leaves/${name}`), ...changed }, rules };
}

/** A chain for the usual leaf. */
function chain(title: string, authorities: readonly string[], rules: readonly string[], name = "rsa-2048"): Case {
    const authority = authorities.map((authorityName) => `authorities/${authorityName}`);
    const certificate = pem(`leaves/${name}`);
    return {
        title,
        changed: { ...noKey, certificate, chain: authority.length ? pem(...authority) : undefined },
        rules,
    };
}

/** A private key for the usual leaf. */
function key(title: string, privateKey: string | Buffer, rules: readonly string[]): Case {
    return { title, changed: { privateKey }, rules };
}

/** Instead of the certificate, something else. */
function text(title: string, certificate: string | Buffer, rules: readonly string[]): Case {
    return { title, changed: { ...noKey, chain: undefined, certificate }, rules };
}

/** A public certificate. */
function publicly(title: string, changed: Partial<ServerCertificateInput>, rules: readonly string[]): Case {
    return { title, changed: { ...noKey, kind: "public", ...changed }, rules };
}

const unlikeItsCa = "certificate-signer-key-algorithm";
const uncovered = ["certificate-domain-name"];
const badAlgorithm = ["certificate-key-algorithm"];

export const keyAlgorithmCases: readonly Case[] = [
    leaf("rsa-2048", []),
    leaf("p256", [], { chain: ecChain }),
    ...["rsa-1024", "rsa-3072", "rsa-4096", "rsa-pss", "ed25519"].map((name) => leaf(name, badAlgorithm)),
    ...["p384", "p521", "secp256k1", "p256-explicit"].map((name) => leaf(name, badAlgorithm, { chain: ecChain })),
    leaf("p256-below-rsa", [unlikeItsCa]),
    leaf("p256-below-rsa", [unlikeItsCa, "chain-absent"], { chain: undefined }),
    leaf("rsa-below-ec", [unlikeItsCa], { chain: ecChain }),
];

export const signatureCases: readonly Case[] = [
    leaf("sha512", []),
    leaf("pss-signature", []),
    leaf("sha1", ["certificate-signature-hash"]),
    leaf("pss-sha1", ["certificate-signature-hash"]),
    leaf("md5", ["certificate-signature-hash"]),
];

export const usageCases: readonly Case[] = [
    leaf("no-key-usage", []),
    leaf("digital-signature-only", []),
    leaf("server-and-client", []),
    leaf("with-ocsp", []),
    leaf("self-signed", [], { chain: undefined, kind: "self-signed" }),
    leaf("self-signed-authority", [], { chain: undefined, kind: "self-signed" }),
    leaf("no-extended-key-usage", ["certificate-extended-key-usage"]),
    leaf("client-only", ["certificate-extended-key-usage"]),
    leaf("any-extended-key-usage", ["certificate-extended-key-usage"]),
    leaf("key-encipherment-only", ["certificate-key-usage"]),
    leaf("certificate-authority", ["certificate-is-authority"]),
    leaf("long-ocsp", ["certificate-ocsp-url"]),
    leaf("version-1", ["certificate-common-name", "certificate-extended-key-usage", "certificate-version"]),
    leaf("empty-issuer", ["certificate-issuer"], { chain: undefined, kind: "self-signed" }),
];

export const nameCases: readonly Case[] = [
    leaf("common-name-only", ["certificate-common-name"]),
    leaf("common-name-only", uncovered, { domainName: "other.example.com" }),
    leaf("other-common-name", []),
    leaf("many-names", []),
    leaf("many-names", [], { domainName: "b.example.com" }),
    leaf("upper-case", []),
    leaf("rsa-2048", [], { domainName: "IOT.EXAMPLE.com" }),
    leaf("a-label", [], { domainName: "geräte.example.com" }),
    leaf("a-label", [], { domainName: "xn--gerte-ira.example.com" }),
    leaf("wildcard", ["certificate-wildcard"]),
    leaf("wildcard-and-exact", []),
    leaf("wildcard", uncovered, { domainName: "example.com" }),
    leaf("wildcard", uncovered, { domainName: "a.iot.example.com" }),
    leaf("common-name-beside-other-name", uncovered),
    leaf("ip-address-only", uncovered),
    leaf("no-names", uncovered),
    leaf("trailing-dot", uncovered),
    leaf("wildcard-too-high", uncovered),
    leaf("wildcard-in-the-middle", uncovered),
    leaf("wildcard-in-a-label", uncovered),
    leaf("comma-in-a-name", uncovered),
    leaf("rsa-2048", ["domain-name"], { domainName: "not a name" }),
];

export const validityCases: readonly Case[] = [
    leaf("expired", ["certificate-validity"]),
    leaf("not-yet-valid", ["certificate-validity"]),
    leaf("rsa-2048", [], { at: new Date("2026-09-01T00:00:00Z") }),
    leaf("rsa-2048", ["certificate-validity"], { at: new Date("2026-08-31T23:59:59Z") }),
    leaf("rsa-2048", [], { at: new Date("2027-01-29T00:00:00Z") }),
    leaf("rsa-2048", ["certificate-expires-soon"], { at: new Date("2027-01-30T00:00:00Z") }),
    leaf("rsa-2048", ["certificate-expires-soon"], { at: new Date("2027-03-01T00:00:00Z") }),
    leaf("rsa-2048", ["certificate-validity"], { at: new Date("2027-03-01T00:00:01Z") }),
    leaf("year-2055", [], { at: new Date("2035-06-01T00:00:00Z") }),
    leaf("year-2055", ["certificate-expires-soon", "chain-validity"], { at: new Date("2054-12-31T00:00:00Z") }),
];

export const chainCases: readonly Case[] = [
    chain("accepts the root at the end of a private chain", ["intermediate", "root"], []),
    chain("accepts a leaf directly below the root", ["root"], [], "directly-below-root"),
    chain("accepts five certificates", ["deep-4", "deep-3", "deep-2", "deep-1"], [], "deep"),
    chain("accepts a CA that allows no CA below it", ["constrained-intermediate"], [], "below-constrained"),
    chain("accepts an old hash under a root's own signature", ["below-sha1-root", "sha1-root"], []),
    chain("advises to give the intermediate certificates", [], ["chain-absent"]),
    chain("reports six certificates", ["deep-4", "deep-3", "deep-2", "deep-1", "root"], ["chain-count"], "deep"),
    chain("reports more than 16 KB", ["intermediate"], ["chain-size"], "over-16-kilobytes"),
    chain("reports a chain in reverse order", ["root", "intermediate"], ["chain-order"]),
    chain("reports a signature by another key under the same name", ["intermediate"], ["chain-signature"], "forged"),
    chain("reports a CA of the same name with another key", ["rogue-intermediate", "root"], ["chain-signature"]),
    chain("reports a missing link", ["root"], ["chain-link-missing"]),
    chain("reports a missing link in a longer chain", ["deep-4", "deep-2"], ["chain-link-missing"], "deep"),
    chain(
        "reports a certificate of another chain",
        ["intermediate", "root", "ec-root"],
        ["chain-unrelated-certificate"],
    ),
    chain("reports a CA twice", ["intermediate", "intermediate"], ["chain-duplicate"]),
    chain("reports a certificate without the CA flag", ["no-ca-flag"], ["chain-authority-flag"]),
    chain("reports a certificate without basic constraints", ["no-basic-constraints"], ["chain-authority-flag"]),
    chain("reports a CA that may sign no certificates", ["no-cert-sign"], ["chain-key-usage"]),
    chain("reports a CA that vouches for clients only", ["client-only-intermediate"], ["chain-extended-key-usage"]),
    chain("reports an exceeded path length", ["below-no-depth-root", "no-depth-root"], ["chain-path-length"]),
    chain("reports an expired CA", ["expired-intermediate"], ["chain-validity"]),
    chain("reports SHA-1 under a CA", ["sha1-intermediate"], ["chain-signature-hash"]),
    {
        title: "reports several faults of one chain at once",
        changed: {
            ...noKey,
            certificate: pem("leaves/expired"),
            chain: pem("authorities/root", "authorities/expired-intermediate"),
            domainName: "other.example.com",
        },
        rules: ["certificate-domain-name", "certificate-validity", "chain-order", "chain-validity"],
    },
];

const [leafPem, intermediatePem, rootPem] = [
    pem("leaves/rsa-2048"),
    pem("authorities/intermediate"),
    pem("authorities/root"),
];

export const bundleCases: readonly Case[] = [
    {
        title: "accepts leaf and chain in one file",
        changed: { certificate: leafPem + intermediatePem + rootPem, chain: undefined },
        rules: [],
    },
    {
        title: "accepts leaf and chain in one file that was written from two, each with a byte-order mark",
        changed: { certificate: Buffer.from(`\ufeff${leafPem}\ufeff${intermediatePem}`), chain: undefined },
        rules: [],
    },
    {
        title: "reports one file in reverse order, and finds the leaf nevertheless",
        changed: { certificate: rootPem + intermediatePem + leafPem, chain: undefined },
        rules: ["chain-order"],
    },
    {
        title: "reports the leaf in the chain",
        changed: { chain: leafPem + intermediatePem },
        rules: ["chain-repeats-leaf"],
    },
    {
        title: "reports a chain that is given in both files",
        changed: { certificate: leafPem + intermediatePem },
        rules: ["chain-duplicate"],
    },
    {
        title: "reports an intermediate certificate in the leaf's place",
        changed: { ...noKey, certificate: intermediatePem, chain: rootPem },
        rules: [
            "certificate-domain-name",
            "certificate-extended-key-usage",
            "certificate-is-authority",
            "certificate-key-usage",
        ],
    },
    {
        title: "takes no certificate of the chain for the leaf",
        changed: { certificate: "" },
        rules: ["certificate-format"],
    },
    {
        title: "reports a chain for a self-signed certificate",
        changed: { certificate: pem("leaves/self-signed"), kind: "self-signed" },
        rules: ["chain-unrelated-certificate"],
    },
    {
        title: "reports a private key among the certificates",
        changed: { certificate: leafPem + pem("keys/leaf.pkcs8") },
        rules: ["certificate-private-key-exposed"],
    },
    {
        title: "reports a private key in the chain, even encrypted",
        changed: { chain: intermediatePem + pem("keys/leaf.encrypted-pkcs8") },
        rules: ["certificate-private-key-exposed"],
    },
    {
        title: "reports a private key without an end among the certificates",
        changed: { certificate: leafPem + pem("keys/leaf.pkcs8").slice(0, 400) },
        rules: ["certificate-private-key-exposed"],
    },
    {
        title: "reports a bundle of CAs in the chain's place by its length alone",
        changed: { chain: intermediatePem.repeat(40) },
        rules: ["chain-count", "chain-size"],
    },
];

const bom = "\ufeff";
const der = bytes("malformed/rsa-2048.der");
const unreadable = ["certificate-format"];

export const formatCases: readonly Case[] = [
    ...Object.entries({
        "CRLF line ends": leafPem.replaceAll("\n", "\r\n"),
        "CR line ends": leafPem.replaceAll("\n", "\r"),
        "a byte-order mark": bom + leafPem,
        "a byte-order mark in bytes": Buffer.from(bom + leafPem, "utf8"),
        "text around the block": `Subject: a comment\n${leafPem}\nthe end, äöü\n`,
        "OpenSSL's bag attributes": leafPem.replace(
            /^/,
            "Bag Attributes\n    friendlyName: telemetry\nsubject=CN = x\n",
        ),
        indentation: leafPem.replaceAll("\n", "\n    ").replace(/^/, "    "),
        "no line break at the end": leafPem.trimEnd(),
        bytes: Buffer.from(leafPem),
    }).map(([title, certificate]): Case => ({
        title: `reads a certificate with ${title}`,
        changed: { certificate },
        rules: [],
    })),
    {
        title: "reads what OpenSSL exports from PKCS#12",
        changed: { certificate: pem("leaves/with-bag-attributes"), chain: undefined },
        rules: [],
    },
    text("reports DER", der, unreadable),
    text("reports DER in a text", der.toString("latin1"), unreadable),
    text("reports PKCS#12", bytes("malformed/bundle.p12"), unreadable),
    text("reports PKCS#7", pem("malformed/pkcs7"), unreadable),
    text("reports a signing request", pem("malformed/request"), unreadable),
    text("reports OpenSSL's trusted form", pem("malformed/trusted"), unreadable),
    text("reports a public key", pem("keys/leaf.public"), unreadable),
    text("reports an empty text", "", unreadable),
    text("reports white space", " \r\n\t\n", unreadable),
    text("reports NULs", "\0".repeat(1000), unreadable),
    text("reports NULs in bytes", Buffer.alloc(1000), unreadable),
    text("reports a text without PEM", "[secret]", unreadable),
    text("reports UTF-16", Buffer.from(bom + leafPem, "utf16le"), unreadable),
    text("reports written line breaks", leafPem.replaceAll("\n", "\\n"), unreadable),
    text("reports lost line breaks", leafPem.replaceAll("\n", " "), unreadable),
    text("reports a missing END line", leafPem.slice(0, 600), unreadable),
    text(
        "reports files written one behind the other without a line break",
        leafPem.trimEnd() + intermediatePem,
        unreadable,
    ),
    text("reports a missing BEGIN line", leafPem.slice(100), unreadable),
    text("reports lines that are missing", leafPem.split("\n").toSpliced(5, 3).join("\n"), unreadable),
    text("reports letters that are no Base64", leafPem.replace("MII", "M!I"), unreadable),
    text("reports an END of another kind", leafPem.replace("END CERTIFICATE", "END PUBLIC KEY"), unreadable),
    text("reports bytes behind the certificate", wrap(Buffer.concat([der, Buffer.from("more")])), unreadable),
    text("reports 10 MB", "A".repeat(10 * 1024 * 1024), unreadable),
    text("reports 10 MB of certificates", leafPem.repeat(8000), unreadable),
];

function wrap(content: Buffer): string {
    const lines = content.toString("base64").replace(/.{64}/g, "$&\n");
    return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

const [pkcs8, sec1] = [pem("keys/leaf.pkcs8"), pem("keys/p256.sec1")];
const malformedKey = ["private-key-format"];
const ecLeaf = { certificate: pem("leaves/p256"), chain: ecChain };

export const privateKeyCases: readonly Case[] = [
    key("accepts PKCS#8", pkcs8, []),
    key("accepts PKCS#1", pem("keys/leaf.pkcs1"), []),
    { title: "accepts SEC1", changed: { ...ecLeaf, privateKey: sec1 }, rules: [] },
    { title: "accepts PKCS#8 of a curve", changed: { ...ecLeaf, privateKey: pem("keys/p256.pkcs8") }, rules: [] },
    {
        title: "accepts SEC1 behind its parameters",
        changed: { ...ecLeaf, privateKey: pem("keys/p256.with-parameters") },
        rules: [],
    },
    key("accepts CRLF, a byte-order mark and bag attributes", crlf(bom + pem("keys/leaf.with-bag-attributes")), []),
    key("accepts bytes", Buffer.from(pkcs8), []),
    key("advises to keep certificates apart", leafPem + pkcs8, ["private-key-alone"]),
    key("reports the key of another certificate", pem("keys/other-leaf.pkcs8"), ["private-key-match"]),
    key("reports a key of another kind", sec1, ["private-key-match"]),
    key("reports a key over 5 KB", pem("keys/rsa-8192.pkcs8"), ["private-key-match", "private-key-size"]),
    key("reports an encrypted PKCS#8 key", pem("keys/leaf.encrypted-pkcs8"), ["private-key-encrypted"]),
    key("reports an encrypted traditional key", pem("keys/leaf.dek-info"), ["private-key-encrypted"]),
    key("reports a public key", pem("keys/leaf.public"), malformedKey),
    key("reports a certificate", leafPem, malformedKey),
    key("reports DER", bytes("keys/leaf.der"), malformedKey),
    key("reports two keys", pkcs8 + sec1, malformedKey),
    key(
        "reports parameters alone",
        pem("keys/p256.with-parameters").split(/(?=-----BEGIN EC PRIV)/)[0] ?? "",
        malformedKey,
    ),
    key("reports a missing END line", pkcs8.slice(0, 600), malformedKey),
    key("reports lines that are missing", pkcs8.split("\n").toSpliced(5, 3).join("\n"), malformedKey),
    key("reports letters that are no Base64", pkcs8.replace("MII", "M!I"), malformedKey),
    key("reports written line breaks", pkcs8.replaceAll("\n", "\\n"), malformedKey),
    ...["EC PRIVATE KEY", "RSA PRIVATE KEY"].map((label) =>
        key(`reports a PKCS#8 key that is called ${label}`, pkcs8.replaceAll("PRIVATE KEY", label), malformedKey),
    ),
    {
        title: "reports a PKCS#8 key of a curve that is called EC PRIVATE KEY",
        changed: { ...ecLeaf, privateKey: pem("keys/p256.pkcs8").replaceAll("PRIVATE KEY", "EC PRIVATE KEY") },
        rules: ["private-key-format"],
    },
    key("reports an OpenSSH key", pkcs8.replaceAll("PRIVATE KEY", "OPENSSH PRIVATE KEY"), malformedKey),
    key("reports an empty text", "", malformedKey),
    key("reports 10 MB", "A".repeat(10 * 1024 * 1024), malformedKey),
    key("reports what Pulumi shows in a secret's place", "[secret]", malformedKey),
];

function crlf(lines: string): string {
    return lines.replaceAll("\n", "\r\n");
}

export const kindCases: readonly Case[] = [
    publicly("says of a public chain that it was compared with no bundle", {}, ["certificate-public-trust"]),
    publicly("advises to leave out a public root", { chain: intermediatePem + rootPem }, [
        "certificate-public-trust",
        "chain-root-included",
    ]),
    publicly(
        "reports a self-signed certificate called public",
        { certificate: pem("leaves/self-signed"), chain: undefined },
        ["certificate-kind"],
    ),
    {
        title: "advises to call a certificate self-signed only where it is",
        changed: { kind: "self-signed" },
        rules: ["certificate-not-self-signed"],
    },
    publicly("advises of a public certificate that lives too long", { certificate: pem("leaves/ten-years") }, [
        "certificate-lifetime",
        "certificate-public-trust",
    ]),
    {
        title: "advises to make a validation certificate for a private one",
        changed: { hasValidationCertificate: false },
        rules: ["certificate-validation-certificate"],
    },
    {
        title: "advises to make a validation certificate for a self-signed one",
        changed: {
            certificate: pem("leaves/self-signed"),
            chain: undefined,
            kind: "self-signed",
            hasValidationCertificate: false,
        },
        rules: ["certificate-validation-certificate"],
    },
];

/** Every table under the name of what it is about. */
export const tables: Readonly<Record<string, readonly Case[]>> = {
    "key algorithms": keyAlgorithmCases,
    signatures: signatureCases,
    usage: usageCases,
    names: nameCases,
    validity: validityCases,
    chains: chainCases,
    bundles: bundleCases,
    "certificate formats": formatCases,
    "private keys": privateKeyCases,
    kinds: kindCases,
};
