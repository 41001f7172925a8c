import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { parseCertificate } from "../../../rules/certificates/parsedCertificate";
import { isFault } from "../../../rules/finding";
import { tables } from "./cases";
import { bytes, check, pem, rulesOf, secretLines } from "./fixtures";

describe("rules/certificates", () => {
    for (const [name, cases] of Object.entries(tables)) {
        describe(name, () => {
            for (const { title, changed, rules } of cases) {
                const { domainName, at: moment } = changed;
                const circumstances = [domainName && `for ${domainName}`, moment && `at ${moment.toISOString()}`];
                it([title, ...circumstances.filter(Boolean)].join(" "), () => {
                    assert.deepEqual(rulesOf(check(changed)), [...rules].sort());
                });
            }
        });
    }

    it("accepts the sound certificate without a word", () => {
        assert.deepEqual(check().findings, []);
    });

    it("parses a certificate once, however often it comes, and forgets it after many others", () => {
        const der = (name: string) => new X509Certificate(pem(name)).raw;
        const leaf = der("leaves/rsa-2048");
        const parsed = parseCertificate(leaf);
        assert.equal(parseCertificate(Buffer.from(leaf)), parsed);
        const other = der("leaves/rsa-3072");
        for (let index = 0; index < 100; index++) {
            // The signature's last bytes: another content, which nobody verifies here.
            other.writeUInt32BE(index, other.length - 4);
            parseCertificate(Buffer.from(other));
        }
        assert.notEqual(parseCertificate(leaf), parsed);
        assert.deepEqual(parseCertificate(leaf).names, parsed.names);
    });

    it("gives every finding all its words, a public page, and no control character", () => {
        const findings = Object.values(tables)
            .flat()
            .flatMap(({ changed }) => check(changed).findings);
        assert.ok(findings.length > 100);
        for (const finding of findings) {
            const { rule, path, got, expected, remedy, reference } = finding;
            assert.match(rule, /^[a-z]+(-[a-z0-9]+)+$/);
            assert.match(reference ?? "", /^https:\/\//);
            for (const words of [path, got, expected, remedy]) {
                assert.match(words, /^[^\p{C}]+$/u, rule);
                assert.doesNotMatch(words, /undefined|\[object/, rule);
            }
            assert.doesNotMatch(remedy, /\.$/, rule);
        }
    });

    it("says in a private key's findings nothing of the key, whatever is wrong with it", () => {
        const names = [
            "leaf.pkcs1",
            "leaf.pkcs8",
            "leaf.dek-info",
            "leaf.encrypted-pkcs8",
            "p256.sec1",
            "rsa-8192.pkcs8",
        ];
        const secrets = names.flatMap((name) => secretLines(`keys/${name}`));
        assert.ok(secrets.length > 100);
        const everything = JSON.stringify(
            Object.values(tables)
                .flat()
                .map(({ changed }) => check(changed).findings),
        );
        for (const secret of secrets) {
            assert.ok(!everything.includes(secret.slice(0, 20)));
        }
    });

    it("takes advice for no fault, and everything that AWS refuses for one", () => {
        const faults = (changed: Parameters<typeof check>[0]): string[] =>
            rulesOf({ findings: check(changed).findings.filter(isFault) });
        assert.deepEqual(faults({ certificate: pem("leaves/wildcard"), privateKey: undefined }), []);
        assert.deepEqual(faults({ certificate: pem("leaves/expired"), privateKey: undefined }), [
            "certificate-validity",
        ]);
    });

    it("names the configuration's own paths, and the place in a file of several", () => {
        const paths = {
            certificate: "domains.telemetry.certificate.body",
            chain: "domains.telemetry.certificate.chain",
        };
        const chain = pem("authorities/expired-intermediate", "authorities/root");
        const [finding] = check({ paths, chain, kind: "private" }).findings;
        assert.equal(finding?.path, "domains.telemetry.certificate.chain[0]");
    });

    it("spells out the right order of a chain", () => {
        const [finding] = check({ chain: pem("authorities/root", "authorities/intermediate") }).findings;
        assert.equal(
            finding?.remedy,
            'put them in this order: 1. "O=Example, CN=iot.example.com" (certificate), ' +
                '2. "O=Example, CN=Example Issuing CA" (chain[1]), 3. "O=Example, CN=Example Root" (chain[0])',
        );
    });

    const conversions: readonly (readonly [string, Parameters<typeof check>[0], RegExp])[] = [
        [
            "a certificate in DER",
            { certificate: bytes("malformed/rsa-2048.der") },
            /DER with openssl x509 -inform DER /,
        ],
        ["PKCS#12", { certificate: bytes("malformed/bundle.p12") }, /PKCS#12 with openssl pkcs12 -in FILE -nokeys /],
        ["a key in DER", { privateKey: bytes("keys/leaf.der") }, /DER with openssl pkey -inform DER /],
        ["a key in PKCS#12", { privateKey: bytes("malformed/bundle.p12") }, /PKCS#12 with openssl pkcs12 .*-nocerts /],
        [
            "an OpenSSH key, which OpenSSL cannot read",
            { privateKey: pem("keys/leaf.pkcs8").replaceAll("PRIVATE KEY", "OPENSSH PRIVATE KEY") },
            /ssh-keygen -p -m PKCS8 /,
        ],
        [
            "two files without a line break between them",
            { certificate: pem("leaves/rsa-2048").trimEnd() + pem("authorities/intermediate"), chain: undefined },
            /^put each on a line of its own$/,
        ],
    ];
    for (const [what, changed, remedy] of conversions) {
        it(`says how to make use of ${what}`, () => {
            const [finding, ...others] = check({ privateKey: undefined, ...changed }).findings;
            assert.deepEqual(others, []);
            assert.match(finding?.remedy ?? "", remedy);
        });
    }

    it("summarizes the leaf and its chain, and gives back the PEM that ACM should get", () => {
        const verdict = check({ certificate: pem("leaves/with-bag-attributes"), chain: undefined });
        assert.equal(verdict.certificate?.pem, pem("leaves/rsa-2048"));
        assert.deepEqual(
            verdict.chain.map((authority) => authority.pem),
            [pem("authorities/intermediate")],
        );
        assert.equal(verdict.certificate?.keyAlgorithm, "RSA_2048");
        assert.deepEqual(verdict.certificate?.subjectAlternativeNames, ["iot.example.com"]);
        assert.equal(verdict.certificate?.validTo.toISOString(), "2027-03-01T00:00:00.000Z");
    });

    it("has no verdict on what it cannot read, and no exception either", () => {
        const verdict = check({ certificate: 42 as any, chain: null as any, privateKey: {} as any });
        assert.deepEqual(rulesOf(verdict), ["certificate-format", "certificate-format", "private-key-format"]);
        assert.equal(verdict.certificate, undefined);
    });
});
