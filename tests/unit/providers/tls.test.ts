import assert from "node:assert/strict";
import { createHash, createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import {
    BasicConstraints,
    Certificate,
    id_ce_authorityKeyIdentifier,
    id_ce_basicConstraints,
    id_ce_subjectKeyIdentifier,
} from "@peculiar/asn1-x509";
import { Secret, type Bag } from "../../../sandbox/providers/framework/values";
import { tls } from "../../../sandbox/providers/tls";
import { serialNumberBytes } from "../../../sandbox/providers/tls/certificates/serialNumber";
import { ProviderClient } from "./providerClient";

const privateKey = { type: "tls:index/privateKey:PrivateKey" };
const selfSigned = { type: "tls:index/selfSignedCert:SelfSignedCert" };
const request = { type: "tls:index/certRequest:CertRequest" };
const locallySigned = { type: "tls:index/locallySignedCert:LocallySignedCert" };

const open = (value: unknown): string => (value instanceof Secret ? String(value.value) : String(value));

function extensionOf(pem: string, id: string): ArrayBuffer | undefined {
    const { tbsCertificate } = AsnConvert.parse(new X509Certificate(pem).raw, Certificate);
    return tbsCertificate.extensions?.find(({ extnID }) => extnID === id)?.extnValue.buffer;
}

describe("the sandbox's provider for TLS", () => {
    let client: ProviderClient;

    before(async () => {
        client = await ProviderClient.start(tls);
        await client.configure();
    });
    after(() => client.stop());

    const makeKey = async (inputs: Bag = { algorithm: "ECDSA", ecdsaCurve: "P256" }) =>
        (await client.deploy(privateKey, inputs)).outputs;

    const keys: Array<[string, Bag, string, object]> = [
        ["RSA of 2048 bits", { algorithm: "RSA" }, "rsa", { modulusLength: 2048 }],
        ["RSA of 3072 bits", { algorithm: "RSA", rsaBits: 3072 }, "rsa", { modulusLength: 3072 }],
        ["P-224", { algorithm: "ECDSA" }, "ec", { namedCurve: "secp224r1" }],
        ["P-256", { algorithm: "ECDSA", ecdsaCurve: "P256" }, "ec", { namedCurve: "prime256v1" }],
        ["P-384", { algorithm: "ECDSA", ecdsaCurve: "P384" }, "ec", { namedCurve: "secp384r1" }],
        ["P-521", { algorithm: "ECDSA", ecdsaCurve: "P521" }, "ec", { namedCurve: "secp521r1" }],
        ["Ed25519", { algorithm: "ED25519" }, "ed25519", {}],
    ];
    for (const [title, inputs, type, details] of keys) {
        it(`makes a key: ${title}`, async () => {
            const outputs = await makeKey(inputs);
            assert.ok(outputs.privateKeyPem instanceof Secret && outputs.privateKeyPemPkcs8 instanceof Secret);
            const key = createPrivateKey(open(outputs.privateKeyPem));
            assert.equal(key.asymmetricKeyType, type);
            for (const [name, value] of Object.entries(details)) {
                assert.equal(key.asymmetricKeyDetails?.[name as "namedCurve"], value);
            }
            const spki = { type: "spki", format: "pem" } as const;
            assert.equal(createPublicKey(key).export(spki), outputs.publicKeyPem);
            assert.ok(key.equals(createPrivateKey(open(outputs.privateKeyPemPkcs8))));
        });
    }

    it("writes keys for OpenSSH, whose public half stands in the private one", async () => {
        for (const [, inputs] of keys.filter(([title]) => title !== "P-224")) {
            const outputs = await makeKey(inputs);
            const [type = "", blob = ""] = String(outputs.publicKeyOpenssh).trim().split(" ");
            const bytes = Buffer.from(blob, "base64");
            assert.equal(bytes.subarray(4, 4 + bytes.readUInt32BE()).toString(), type);
            const body = open(outputs.privateKeyOpenssh).replace(/-----[^-]+-----|\n/g, "");
            assert.ok(Buffer.from(body, "base64").includes(bytes), type);
            const digest = createHash("sha256").update(bytes).digest("base64").replace(/=+$/, "");
            assert.equal(outputs.publicKeyFingerprintSha256, `SHA256:${digest}`);
            assert.match(String(outputs.publicKeyFingerprintMd5), /^([0-9a-f]{2}:){15}[0-9a-f]{2}$/);
        }
    });

    it("writes no P-224 key for OpenSSH, which does not know them", async () => {
        const { publicKeyOpenssh, privateKeyOpenssh } = await makeKey({ algorithm: "ECDSA" });
        assert.deepEqual([publicKeyOpenssh, open(privateKeyOpenssh)], ["", ""]);
    });

    it("refuses an algorithm and a curve that it does not know", async () => {
        const { failures } = await client.check(privateKey, { algorithm: "DSA", ecdsaCurve: "P257" });
        assert.deepEqual(failures.map(({ property }) => property).sort(), ["algorithm", "ecdsaCurve"]);
    });

    it("signs a certificate with its own key, of every kind", async () => {
        for (const [title, inputs] of keys) {
            const key = await makeKey(inputs);
            const { id, outputs } = await client.deploy(selfSigned, {
                privateKeyPem: key.privateKeyPem ?? "",
                allowedUses: ["digital_signature", "key_encipherment", "server_auth"],
                validityPeriodHours: 48,
                subject: { commonName: "iot.example.com", organization: "Exämple" },
                dnsNames: ["iot.example.com", "*.example.com"],
                ipAddresses: ["10.0.0.1", "2001:db8::1"],
                uris: ["urn:thing"],
            });
            const certificate = new X509Certificate(String(outputs.certPem));
            assert.ok(certificate.verify(certificate.publicKey), title);
            assert.ok(certificate.checkPrivateKey(createPrivateKey(open(key.privateKeyPem))), title);
            assert.equal(certificate.subject, "O=Exämple\nCN=iot.example.com");
            assert.match(
                certificate.subjectAltName ?? "",
                /^DNS:iot\.example\.com, DNS:\*\.example\.com, IP Address:10\.0\.0\.1/,
            );
            assert.match(certificate.subjectAltName ?? "", /IP Address:2001:DB8:0:0:0:0:0:1, URI:urn:thing$/);
            assert.deepEqual(certificate.keyUsage, ["1.3.6.1.5.5.7.3.1"]);
            assert.equal(certificate.ca, false);
            assert.equal(BigInt(`0x${certificate.serialNumber}`).toString(), id);
            const hours = (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / 3_600_000;
            assert.equal(hours, 48);
            assert.equal(Date.parse(String(outputs.validityEndTime)), Date.parse(certificate.validTo));
            assert.equal(outputs.readyForRenewal, false);
            assert.ok(outputs.privateKeyPem instanceof Secret);
        }
    });

    it("writes every serial number as certificates have it, whatever its first bytes are", () => {
        for (const [serialNumber, written] of [
            [0x7fn, "7f"],
            [0x80n, "0080"],
            [0xff01n, "00ff01"],
            [0x0102n, "0102"],
            [BigInt(`0x007f${"ab".repeat(14)}`), `7f${"ab".repeat(14)}`],
            [BigInt(`0x0080${"ab".repeat(14)}`), `0080${"ab".repeat(14)}`],
        ] as const) {
            assert.equal(Buffer.from(serialNumberBytes(serialNumber)).toString("hex"), written);
        }
    });

    it("signs a request with an authority's key", async () => {
        const authorityKey = await makeKey({ algorithm: "RSA" });
        const authority = await client.deploy(selfSigned, {
            privateKeyPem: authorityKey.privateKeyPem ?? "",
            allowedUses: ["cert_signing"],
            validityPeriodHours: 87600,
            isCaCertificate: true,
            subject: { commonName: "Example CA", country: "DE" },
        });
        const leafKey = await makeKey();
        const asked = await client.deploy(request, {
            privateKeyPem: leafKey.privateKeyPem ?? "",
            subject: { commonName: "iot.example.com" },
            dnsNames: ["iot.example.com"],
        });
        const inputs: Bag = {
            caCertPem: authority.outputs.certPem ?? "",
            caPrivateKeyPem: authorityKey.privateKeyPem ?? "",
            certRequestPem: asked.outputs.certRequestPem ?? "",
            allowedUses: ["server_auth"],
            validityPeriodHours: 24,
        };
        const { outputs } = await client.deploy(locallySigned, inputs);
        const [leaf, root] = [outputs.certPem, authority.outputs.certPem].map(
            (pem) => new X509Certificate(String(pem)),
        );
        assert.ok(leaf && root && root.ca);
        assert.ok(leaf.checkIssued(root) && leaf.verify(root.publicKey));
        assert.equal(leaf.subjectAltName, "DNS:iot.example.com");
        assert.deepEqual([outputs.caKeyAlgorithm, asked.outputs.keyAlgorithm], ["RSA", "ECDSA"]);
        const wrongKey: Bag = { ...inputs, caPrivateKeyPem: leafKey.privateKeyPem ?? "" };
        await assert.rejects(client.deploy(locallySigned, wrongKey), /caPrivateKeyPem is not the key of caCertPem/);
        const broken: Bag = { ...inputs, certRequestPem: "nonsense" };
        await assert.rejects(client.deploy(locallySigned, broken), /certRequestPem holds no certificate request/);
    });

    it("bounds an authority's path where asked to, and not otherwise", async () => {
        const { privateKeyPem } = await makeKey();
        const inputs: Bag = {
            privateKeyPem: privateKeyPem ?? "",
            allowedUses: ["cert_signing"],
            validityPeriodHours: 1,
            isCaCertificate: true,
            subject: { commonName: "Example CA" },
        };
        const pathLength = async (given: Bag) => {
            const { outputs } = await client.deploy(selfSigned, given);
            const extension = extensionOf(String(outputs.certPem), id_ce_basicConstraints);
            return AsnConvert.parse(extension ?? new ArrayBuffer(0), BasicConstraints).pathLenConstraint;
        };
        assert.equal(await pathLength(inputs), undefined);
        assert.equal(await pathLength({ ...inputs, maxPathLength: 0 }), 0);
        assert.equal(await pathLength({ ...inputs, maxPathLength: 2 }), 2);
    });

    it("names the keys of a certificate and of its authority where asked to", async () => {
        const { privateKeyPem } = await makeKey();
        const inputs: Bag = { privateKeyPem: privateKeyPem ?? "", allowedUses: [], validityPeriodHours: 1 };
        const identifiers = async (given: Bag) => {
            const pem = String((await client.deploy(selfSigned, given)).outputs.certPem);
            return [id_ce_subjectKeyIdentifier, id_ce_authorityKeyIdentifier].map((id) => extensionOf(pem, id));
        };
        assert.deepEqual(await identifiers(inputs), [undefined, undefined]);
        const [subject, authority] = await identifiers({ ...inputs, setSubjectKeyId: true, setAuthorityKeyId: true });
        // Both hold the same twenty bytes, the authority's in one more wrapping.
        const last = (der: ArrayBuffer | undefined) => new Uint8Array(der ?? new ArrayBuffer(0)).slice(-20);
        assert.equal(last(subject).length, 20);
        assert.deepEqual(last(authority), last(subject));
        const unnamed = client.deploy(selfSigned, { ...inputs, setAuthorityKeyId: true });
        await assert.rejects(unnamed, /Could not determine Authority Key Identifier/);
    });

    it("refuses an authority without a name", async () => {
        const { privateKeyPem } = await makeKey();
        const inputs: Bag = { privateKeyPem: privateKeyPem ?? "", allowedUses: [], validityPeriodHours: 1 };
        const nameless = client.deploy(selfSigned, { ...inputs, isCaCertificate: true });
        await assert.rejects(nameless, /at least one Distinguished Name/);
    });

    it("never repeats a key that it cannot read", async () => {
        const inputs: Bag = { privateKeyPem: new Secret("MIIsecret"), allowedUses: [], validityPeriodHours: 1 };
        const failure = await client.deploy(selfSigned, inputs).catch(String);
        assert.match(String(failure), /privateKeyPem holds no private key/);
        assert.ok(!String(failure).includes("MIIsecret"));
    });

    it("keeps a write-only key out of the state", async () => {
        const { privateKeyPem } = await makeKey();
        const inputs: Bag = { privateKeyPemWo: privateKeyPem ?? "", privateKeyPemWoVersion: 1, allowedUses: [] };
        const { outputs } = await client.deploy(selfSigned, { ...inputs, validityPeriodHours: 1 });
        assert.deepEqual([outputs.privateKeyPemWo, outputs.privateKeyPem], [undefined, undefined]);
    });

    it("replaces a certificate when its renewal is due, and not before", async () => {
        const { privateKeyPem } = await makeKey();
        const inputs: Bag = { privateKeyPem: privateKeyPem ?? "", allowedUses: [], validityPeriodHours: 5 };
        const fresh = await client.deploy(selfSigned, { ...inputs, earlyRenewalHours: 4 });
        assert.deepEqual((await client.diff(selfSigned, fresh.id, fresh.outputs, fresh.inputs)).changes, {});
        const due = { ...fresh.inputs, earlyRenewalHours: 5 };
        const outputs = await client.update(selfSigned, fresh.id, fresh.outputs, due);
        const { changes } = await client.diff(selfSigned, fresh.id, outputs, due);
        assert.deepEqual(changes, { readyForRenewal: "update_replace" });
        assert.equal((await client.find(selfSigned, fresh.id, outputs, due)).outputs.readyForRenewal, true);
    });

    it("tells the public half of a key", async () => {
        const key = await makeKey();
        const { result } = await client.invoke("tls:index/getPublicKey:getPublicKey", {
            privateKeyPem: key.privateKeyPem ?? "",
        });
        assert.deepEqual([result.publicKeyPem, result.algorithm], [key.publicKeyPem, "ECDSA"]);
    });
});
