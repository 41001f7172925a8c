import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { certificateFile } from "./exampleFiles";
import { unknownList, unknownText, type TestResource } from "./packProcess";
import { acmCertificate, certificateArn, domainConfiguration, importedCertificate } from "./resources";
import { describeRules, type RuleTable } from "./ruleTable";

/** What every rule on imported certificates does with certificates that it cannot read yet. */
function waits(rule: RuleTable): RuleTable {
    return {
        ...rule,
        "accepts a good certificate": { resources: [importedCertificate()] },
        "waits for a certificate that is not known yet": {
            resources: [importedCertificate(undefined, undefined, { certificateBody: unknownText })],
        },
        "waits for a certificate that the state hides as a secret": {
            resources: [importedCertificate(undefined, undefined, { certificateBody: "[secret]" })],
        },
        "leaves a certificate that ACM issues alone": { resources: [acmCertificate()] },
    };
}

const intermediate = "authorities/intermediate.pem";
const root = "authorities/root.pem";
const privateKey = (file: string) => ({ privateKeyWo: certificateFile(file), privateKeyWoVersion: 1 });
const tlsKey = (properties: TestResource["properties"], stack?: string): TestResource => ({
    type: "tls:index/privateKey:PrivateKey",
    properties,
    stack,
});

/** A domain whose server certificate is `certificate`, told by its ARN or by where the ARN comes from. */
const served = (certificate: TestResource, properties: TestResource["properties"] = {}, isKnown = true) => [
    domainConfiguration(
        { ...properties, ...(isKnown ? {} : { serverCertificateArns: unknownList }) },
        isKnown ? {} : { sources: { serverCertificateArns: ["certificate"] } },
    ),
    {
        ...certificate,
        name: "certificate",
        properties: { ...certificate.properties, ...(isKnown ? { arn: certificateArn } : {}) },
    },
];
const selfSigned = importedCertificate("leaves/self-signed.pem", [], { certificateChain: undefined });

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "iot-domains-roots-"));
const rootsFile = path.join(folder, "roots.pem");
fs.writeFileSync(rootsFile, `# Two\n${certificateFile("authorities/rogue-root.pem")}${certificateFile(root)}`);
after(() => fs.rmSync(folder, { recursive: true, force: true }));

describeRules("policies on validation certificates", {
    "domain-configuration-validation-certificate": {
        "accepts a public certificate that ACM issues": { resources: served(acmCertificate()) },
        "refuses a certificate of a private CA": {
            resources: served(importedCertificate()),
            violations: [/validationCertificateArn: expected .*, got none beside certificate, a private certificate/],
        },
        "refuses a self-signed certificate": {
            resources: served(selfSigned),
            violations: [/got none beside certificate, a self-signed certificate/],
        },
        "refuses a certificate of AWS Private CA": {
            resources: served(
                acmCertificate({
                    certificateAuthorityArn: "arn:aws:acm-pca:eu-central-1:123456789012:certificate-authority/1",
                }),
            ),
            violations: [/a private certificate/],
        },
        "refuses it in the first preview, where no ARN is known": {
            resources: served(selfSigned, {}, false),
            violations: [/a self-signed certificate/],
        },
        "accepts one below a root that its setting holds for public, as text": {
            resources: served(importedCertificate()),
            settings: { publicRoots: [certificateFile(root)] },
        },
        "accepts one below a root that its setting holds for public, in a file with several": {
            resources: served(importedCertificate()),
            settings: { publicRoots: [rootsFile] },
        },
        "refuses one below another root than its setting names": {
            resources: served(importedCertificate()),
            settings: { publicRoots: [certificateFile("authorities/rogue-root.pem")] },
            violations: [/a private certificate/],
        },
        "refuses a self-signed certificate whatever roots are public": {
            resources: served(selfSigned),
            settings: { publicRoots: [certificateFile("leaves/self-signed.pem")] },
            violations: [/a self-signed certificate/],
        },
        "accepts one with a validation certificate": {
            resources: served(selfSigned, { validationCertificateArn: certificateArn.replace("1111", "2222") }),
        },
        "accepts one whose validation certificate is not known yet": {
            resources: served(selfSigned, { validationCertificateArn: unknownText }),
        },
        "waits for a chain that is not known yet": {
            resources: served(importedCertificate(undefined, undefined, { certificateChain: unknownText })),
        },
        "says nothing of what is no certificate, which another rule does": {
            resources: served(importedCertificate(undefined, undefined, { certificateBody: "none" })),
        },
    },
});

describeRules("policies on certificates", {
    "certificate-extended-key-usage": waits({
        "refuses a client certificate": {
            resources: [importedCertificate("leaves/client-only.pem")],
            violations: [/certificateBody.*expected .*serverAuth/],
        },
        "refuses a certificate without a purpose": {
            resources: [importedCertificate("leaves/no-extended-key-usage.pem")],
            violations: [/serverAuth/],
        },
        "refuses it while the chain is not known yet": {
            resources: [importedCertificate("leaves/client-only.pem", [], { certificateChain: unknownText })],
            violations: [/serverAuth/],
        },
    }),
    "certificate-chain-size": waits({
        "refuses six certificates": {
            resources: [importedCertificate("leaves/rsa-2048.pem", Array<string>(5).fill(intermediate))],
            violations: [/at most 5 certificates/],
        },
        "refuses more than 16 KB": {
            resources: [importedCertificate("leaves/over-16-kilobytes.pem")],
            violations: [/16/],
        },
        "waits for the chain": { resources: [importedCertificate(undefined, [], { certificateChain: unknownText })] },
    }),
    "certificate-chain-order": waits({
        "refuses a chain that begins with the root": {
            resources: [importedCertificate("leaves/rsa-2048.pem", [root, intermediate])],
            violations: [/certificateChain/],
        },
        "refuses a chain of somebody else": {
            resources: [importedCertificate("leaves/rsa-2048.pem", ["authorities/ec-root.pem"])],
            violations: [/./],
        },
        "refuses a forged signature": {
            resources: [importedCertificate("leaves/forged.pem")],
            violations: [/./],
        },
        "waits for the chain": { resources: [importedCertificate(undefined, [], { certificateChain: unknownText })] },
    }),
    "certificate-signature-hash": waits({
        "refuses SHA-1": { resources: [importedCertificate("leaves/sha1.pem")], violations: [/SHA-?1/i] },
        "refuses MD5": { resources: [importedCertificate("leaves/md5.pem")], violations: [/MD5/i] },
    }),
    "certificate-format": waits({
        "refuses what is no PEM": {
            resources: [
                importedCertificate(undefined, [], { certificateBody: "telemetry", certificateChain: undefined }),
            ],
            violations: [/certificateBody/],
        },
        "refuses the certificate of a CA": {
            resources: [importedCertificate("leaves/certificate-authority.pem")],
            violations: [/./],
        },
        "refuses a private key among the certificates": {
            resources: [
                importedCertificate(undefined, undefined, {
                    certificateBody: certificateFile("leaves/rsa-2048.pem") + certificateFile("keys/leaf.pkcs8.pem"),
                }),
            ],
            violations: [/private key/],
        },
    }),
    "certificate-key-algorithm": waits({
        "refuses an imported P-384 key": {
            resources: [importedCertificate("leaves/p384.pem", [])],
            violations: [/secp384r1/],
        },
        "refuses an imported RSA 4096 key": {
            resources: [importedCertificate("leaves/rsa-4096.pem")],
            violations: [/4096/],
        },
        "accepts an imported P-256 key": {
            resources: [importedCertificate("leaves/p256.pem", ["authorities/ec-intermediate.pem"])],
        },
    }),
    "certificate-validity": waits({
        "refuses an expired certificate": {
            resources: [importedCertificate("leaves/expired.pem")],
            violations: [/expired on/],
        },
        "refuses one that is not valid yet": {
            resources: [importedCertificate("leaves/not-yet-valid.pem")],
            violations: [/valid only from/],
        },
    }),
    "certificate-expires-soon": waits({
        "takes the days from its setting": {
            resources: [importedCertificate()],
            settings: { minimumDays: 365 },
            violations: [/expected at least 365 days left, got \d+ days left/],
        },
        "says how long ago a certificate expired": {
            resources: [importedCertificate("leaves/expired.pem")],
            violations: [/expired \d+ days ago/],
        },
    }),
    "certificate-lifetime": waits({
        "refuses ten years": {
            resources: [importedCertificate("leaves/ten-years.pem")],
            violations: [/at most 398 days/],
        },
        "takes the days from its setting": {
            resources: [importedCertificate()],
            settings: { maximumDays: 90 },
            violations: [/at most 90 days, got 181 days/],
        },
    }),
    "certificate-private-key-match": waits({
        "accepts the certificate's own key": {
            resources: [importedCertificate(undefined, undefined, privateKey("keys/leaf.pkcs8.pem"))],
        },
        "refuses another key": {
            resources: [importedCertificate(undefined, undefined, privateKey("keys/other-leaf.pkcs8.pem"))],
            violations: [/privateKeyWo/],
        },
        "refuses an encrypted key": {
            resources: [importedCertificate(undefined, undefined, privateKey("keys/leaf.encrypted-pkcs8.pem"))],
            violations: [/unencrypted/],
        },
        "refuses a key of 8192 bits": {
            resources: [importedCertificate(undefined, undefined, privateKey("keys/rsa-8192.pkcs8.pem"))],
            violations: [/5120 bytes/, /./],
        },
        "judges a key that is kept in the state too": {
            resources: [
                importedCertificate(undefined, undefined, { privateKey: certificateFile("keys/other-leaf.pkcs8.pem") }),
            ],
            violations: [/privateKey: /],
        },
        "waits for a key that is not known yet": {
            resources: [importedCertificate(undefined, undefined, { privateKeyWo: unknownText })],
        },
    }),
    "certificate-private-key-write-only": {
        "accepts a write-only key": {
            resources: [importedCertificate(undefined, undefined, privateKey("keys/leaf.pkcs8.pem"))],
        },
        "refuses a key in the state": {
            resources: [
                importedCertificate(undefined, undefined, { privateKey: certificateFile("keys/leaf.pkcs8.pem") }),
            ],
            violations: [/expected privateKeyWo/],
        },
        "refuses a key in the state before it is known": {
            resources: [importedCertificate(undefined, undefined, { privateKey: unknownText })],
            violations: [/expected privateKeyWo/],
        },
        "takes null for no key": { resources: [importedCertificate(undefined, undefined, { privateKey: null })] },
    },
    "certificate-validation-method": {
        "accepts DNS": { resources: [acmCertificate()] },
        "refuses e-mail": {
            resources: [acmCertificate({ validationMethod: "EMAIL" })],
            violations: [/expected DNS, got "EMAIL"/],
        },
        "refuses none": { resources: [acmCertificate({ validationMethod: undefined })], violations: [/got nothing/] },
        "leaves imported certificates alone": { resources: [importedCertificate()] },
        "leaves private certificates alone": {
            resources: [
                acmCertificate({
                    validationMethod: undefined,
                    certificateAuthorityArn: "arn:aws:acm-pca:eu-central-1:123456789012:certificate-authority/1",
                }),
            ],
        },
        "waits for a method that is not known yet": { resources: [acmCertificate({ validationMethod: unknownText })] },
    },
    "certificate-wildcard": {
        "accepts exact names": { resources: [acmCertificate({ subjectAlternativeNames: ["mqtt.example.com"] })] },
        "advises against a wildcard": {
            resources: [acmCertificate({ domainName: "*.example.com" })],
            violations: [/"\*\.example\.com"/],
        },
        "names each wildcard, known or not": {
            resources: [
                acmCertificate({ subjectAlternativeNames: ["*.a.example.com", unknownText, "*.b.example.com"] }),
            ],
            violations: [/\[0\].*\*\.a/, /\[2\].*\*\.b/],
        },
        "looks into imported certificates": {
            resources: [importedCertificate("leaves/wildcard.pem")],
            violations: [/certificateBody.*\*\./],
        },
        "waits for names that are not known yet": {
            resources: [acmCertificate({ domainName: unknownText, subjectAlternativeNames: unknownList })],
        },
    },
    "certificate-covers-domain": {
        "accepts a certificate for the domain": {
            resources: [domainConfiguration(), acmCertificate({ arn: certificateArn }, { name: "certificate" })],
        },
        "accepts a wildcard for one label": {
            resources: [
                domainConfiguration(),
                acmCertificate({ arn: certificateArn, domainName: "*.example.com" }, { name: "certificate" }),
            ],
        },
        "refuses a wildcard for two labels": {
            resources: [
                domainConfiguration({ domainName: "eu.iot.example.com" }),
                acmCertificate({ arn: certificateArn, domainName: "*.example.com" }, { name: "certificate" }),
            ],
            violations: [
                /expected a certificate that covers eu\.iot\.example\.com, got a certificate for "\*\.example\.com"/,
            ],
        },
        "refuses a certificate for another name before its ARN is known": {
            resources: [
                acmCertificate({ arn: unknownText, domainName: "mqtt.example.com" }, { name: "certificate" }),
                domainConfiguration(
                    { serverCertificateArns: [unknownText] },
                    { sources: { serverCertificateArns: ["certificate"] } },
                ),
            ],
            violations: [/got a certificate for "mqtt\.example\.com"/],
        },
        "reads the names of an imported certificate": {
            resources: [
                domainConfiguration({ domainName: "other.example.com" }),
                importedCertificate(undefined, undefined, { arn: certificateArn }, { name: "certificate" }),
            ],
            violations: [/covers other\.example\.com/],
        },
        "waits for a name that is not known yet": {
            resources: [
                domainConfiguration(),
                acmCertificate(
                    { arn: certificateArn, domainName: "mqtt.example.com", subjectAlternativeNames: [unknownText] },
                    { name: "certificate" },
                ),
            ],
        },
        "leaves certificates of other stacks alone": { resources: [domainConfiguration()] },
    },
    "tls-private-key-algorithm": {
        "accepts P-256": { resources: [tlsKey({ algorithm: "ECDSA", ecdsaCurve: "P256" })] },
        "accepts RSA with 2048 bits, also by default": {
            resources: [tlsKey({ algorithm: "RSA" }), tlsKey({ algorithm: "RSA", rsaBits: 2048 })],
        },
        "refuses the default curve": {
            resources: [tlsKey({ algorithm: "ECDSA" })],
            violations: [/expected "P256", got "P224"/],
        },
        "refuses RSA with 4096 bits": {
            resources: [tlsKey({ algorithm: "RSA", rsaBits: 4096 })],
            violations: [/rsaBits: expected 2048, got 4096/],
        },
        "refuses ED25519": { resources: [tlsKey({ algorithm: "ED25519" })], violations: [/expected "RSA" or "ECDSA"/] },
        "waits for what is not known yet": {
            resources: [tlsKey({ algorithm: unknownText }), tlsKey({ algorithm: "ECDSA", ecdsaCurve: unknownText })],
        },
    },
    "development-certificate": {
        "refuses the tls provider in production": {
            resources: [tlsKey({ algorithm: "RSA" }, "prod"), tlsKey({ algorithm: "RSA" }, "fleet-production")],
            violations: [/./, /./],
        },
        "leaves other stacks alone": {
            resources: [tlsKey({ algorithm: "RSA" }, "dev"), tlsKey({ algorithm: "RSA" }, "products")],
        },
        "refuses one of which nothing is known yet": {
            resources: [tlsKey({ algorithm: unknownText }, "prod")],
            violations: [/expected certificates of a CA/],
        },
        "takes production's names from its setting": {
            resources: [tlsKey({ algorithm: "RSA" }, "live-eu")],
            settings: { stacks: ["live*"] },
            violations: [/expected certificates of a CA/],
        },
    },
});
