import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { ConfigurationError, parseConfiguration } from "../../../config/parse";
import { at, folder, pem } from "../certificates/fixtures";

const file = (name: string) => ({ from: "file", path: `${name}.pem` });
const secret = (name: string) => ({ from: "secret", name });

const sound = {
    source: "private",
    certificate: file("leaves/rsa-2048"),
    chain: file("authorities/intermediate"),
    privateKey: file("keys/leaf.pkcs8"),
};

interface Given {
    readonly certificate: Record<string, unknown>;
    readonly domainName?: string;
    readonly secrets?: Record<string, string>;
    readonly clock?: Date;
    readonly directory?: string;
    readonly regions?: readonly string[];
    readonly serverCertificateConfig?: Record<string, unknown>;
    readonly environment?: "development" | "production";
}

function errorOf({ certificate, domainName = "iot.example.com", secrets, clock = at, ...given }: Given) {
    const regions = given.regions ?? ["us-east-1"];
    const raw = {
        environment: given.environment ?? "development",
        hostedZone: "example.com",
        regions: Object.fromEntries(regions.map((region) => [region, {}])),
        domains: {
            telemetry: {
                domainName,
                certificate,
                serverCertificateConfig: given.serverCertificateConfig,
                ...(regions.length > 1 ? { routing: { policy: "latency" } } : {}),
            },
        },
        ...(secrets === undefined ? {} : { secrets }),
    };
    try {
        parseConfiguration(raw, {
            isSecret: (key) => key === "secrets",
            material: { secrets: secrets ?? {}, directory: given.directory ?? folder },
            stack: "test",
            at: clock,
        });
    } catch (error) {
        assert.ok(error instanceof ConfigurationError, String(error));
        return error;
    }
    return undefined;
}

const faultsOf = (given: Given): string[] =>
    [...new Set((errorOf(given)?.findings ?? []).map((finding) => `${finding.path}: ${finding.rule}`))].sort();

const own = "domains.telemetry.certificate";
const refused: ReadonlyArray<
    readonly [string, Omit<Given, "certificate">, Record<string, unknown>, readonly string[]]
> = [
    [
        "an expired certificate",
        {},
        { certificate: file("leaves/expired") },
        [`${own}.certificate: certificate-validity`],
    ],
    [
        "a certificate that was valid until yesterday",
        { clock: new Date("2027-03-02T00:00:00Z") },
        {},
        [`${own}.certificate: certificate-validity`],
    ],
    [
        "a certificate of another name",
        { domainName: "telemetry.example.com" },
        {},
        [`${own}.certificate: certificate-domain-name`],
    ],
    [
        "a key of another certificate",
        {},
        { privateKey: file("keys/other-leaf.pkcs8") },
        [`${own}.privateKey: private-key-match`],
    ],
    [
        "an encrypted key",
        {},
        { privateKey: file("keys/leaf.encrypted-pkcs8") },
        [`${own}.privateKey: private-key-encrypted`],
    ],
    [
        "a chain of another CA",
        {},
        { chain: file("authorities/ec-intermediate") },
        [`${own}.certificate: chain-link-missing`],
    ],
    [
        "a certificate of a CA without a chain, which ACM does not import",
        {},
        { chain: undefined },
        [`${own}.certificate: chain-absent`],
    ],
    ["a file that is not there", {}, { certificate: file("nowhere") }, [`${own}.certificate: configuration`]],
    [
        "a folder in a file's place",
        {},
        { certificate: { from: "file", path: "leaves" } },
        [`${own}.certificate: configuration`],
    ],
    ["a secret that is not there", {}, { privateKey: secret("key") }, [`${own}.privateKey: configuration`]],
    ["a secret that every object has", {}, { privateKey: secret("constructor") }, [`${own}.privateKey: configuration`]],
    [
        "ARNs of validation certificates of another region",
        {},
        {
            validationCertificateArns: {
                "us-east-1": "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
            },
        },
        [`${own}.validationCertificateArns.us-east-1: certificate-region`],
    ],
    [
        "regions without an ARN, and ARNs without a region",
        { regions: ["us-east-1", "eu-west-1"] },
        {
            validationCertificateArns: {
                "us-east-1": "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
                "ap-south-1": "arn:aws:acm:ap-south-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
            },
        },
        [
            `${own}.validationCertificateArns.ap-south-1: configuration`,
            `${own}.validationCertificateArns.eu-west-1: configuration`,
        ],
    ],
];

describe("certificates in the configuration", () => {
    it("takes sound material from files and from secrets", () => {
        assert.deepEqual(faultsOf({ certificate: sound }), []);
        const secrets = {
            leaf: pem("leaves/rsa-2048"),
            chain: pem("authorities/intermediate"),
            key: pem("keys/leaf.pkcs8"),
        };
        const certificate = {
            source: "private",
            certificate: secret("leaf"),
            chain: secret("chain"),
            privateKey: secret("key"),
        };
        assert.deepEqual(faultsOf({ certificate, secrets }), []);
    });

    it("leaves what is in AWS Secrets Manager to the deployment", () => {
        const stored = { from: "secretsManager", secretId: "telemetry" };
        assert.deepEqual(faultsOf({ certificate: { source: "private", certificate: stored, privateKey: stored } }), []);
        assert.deepEqual(faultsOf({ certificate: { ...sound, chain: stored } }), []);
    });

    it("refuses certificates that the stack makes where the stack is production", () => {
        const certificate = { source: "development" };
        assert.deepEqual(faultsOf({ certificate, environment: "production" }), [`${own}.source: configuration`]);
        assert.deepEqual(faultsOf({ certificate, environment: "development" }), []);
    });

    it("refuses OCSP stapling for a self-signed certificate, and for no other that is brought along", () => {
        const selfSigned = { source: "private", certificate: file("leaves/self-signed") };
        const faults = (certificate: Record<string, unknown>, enableOCSPCheck: boolean) =>
            faultsOf({ certificate, serverCertificateConfig: { enableOCSPCheck } });
        assert.deepEqual(faults(selfSigned, true), [
            "domains.telemetry.serverCertificateConfig.enableOCSPCheck: ocsp-stapling-certificate",
        ]);
        assert.deepEqual(faults(selfSigned, false), []);
        assert.deepEqual(faults(sound, true), []);
    });

    it("takes a certificate whose key was handed over before", () => {
        const keyless: Record<string, unknown> = { ...sound };
        delete keyless["privateKey"];
        assert.deepEqual(faultsOf({ certificate: keyless }), []);
    });

    for (const [what, given, change, faults] of refused) {
        it(`refuses ${what}`, () =>
            assert.deepEqual(faultsOf({ ...given, certificate: { ...sound, ...change } }), faults));
    }

    it("tells all faults of certificate, chain and key at once", () => {
        const paths = faultsOf({
            domainName: "telemetry.example.com",
            certificate: {
                source: "private",
                certificate: file("leaves/expired"),
                chain: file("malformed/request"),
                privateKey: file("keys/other-leaf.pkcs8"),
            },
        }).map((fault) => fault.split(": ")[0]);
        assert.deepEqual([...new Set(paths)].sort(), [`${own}.certificate`, `${own}.chain`, `${own}.privateKey`]);
    });

    it("quotes nothing of a key, whatever is wrong with it", () => {
        const key = pem("keys/leaf.pkcs8");
        const body = key.split("\n")[1] ?? "";
        for (const broken of [key, key.replace("PRIVATE KEY", "SECRET"), body, `${body}\n${key}`]) {
            const error = errorOf({
                certificate: { ...sound, certificate: file("leaves/p256"), privateKey: secret("key") },
                secrets: { key: broken },
            });
            assert.ok(error !== undefined && !error.message.includes(body.slice(0, 20)), error?.message);
        }
    });

    it("reads no file that is far too large for a certificate, be it endless", () => {
        const directory = fs.mkdtempSync(path.join(os.tmpdir(), "iot-domains-material-"));
        try {
            fs.writeFileSync(path.join(directory, "large.pem"), Buffer.alloc(128 * 1024 + 1, "-"));
            for (const file of ["large.pem", "/dev/zero"]) {
                const error = errorOf({
                    certificate: { ...sound, certificate: { from: "file", path: file } },
                    directory,
                });
                assert.match(error?.message ?? "", /certificate: .*more than 131072 bytes/);
            }
        } finally {
            fs.rmSync(directory, { recursive: true });
        }
    });

    it("lets a domain name exceed a common name's length where ACM issues nothing", () => {
        const domainName = `${"a".repeat(60)}.example.com`;
        const arn = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";
        const paths = (certificate: Record<string, unknown>) => faultsOf({ certificate, domainName });
        assert.ok(paths(sound).includes("domains.telemetry.domainName: configuration"));
        const given = { ...sound, validationCertificateArns: { "us-east-1": arn } };
        assert.ok(!paths(given).includes("domains.telemetry.domainName: configuration"));
    });

    it("wants a certificate authority of AWS Private CA in each region", () => {
        const authority = (arn: string) => ({ source: "awsPrivateCa", certificateAuthorityArns: { "us-east-1": arn } });
        const resource = "certificate-authority/11111111-2222-3333-4444-555555555555";
        assert.deepEqual(
            faultsOf({ certificate: authority(`arn:aws:acm-pca:us-east-1:123456789012:${resource}`) }),
            [],
        );
        for (const arn of [
            "x",
            `arn:aws:acm-pca:eu-west-1:123456789012:${resource}`,
            "arn:aws:acm:us-east-1:1:certificate/1",
        ]) {
            assert.deepEqual(faultsOf({ certificate: authority(arn) }), [
                `${own}.certificateAuthorityArns.us-east-1: configuration`,
            ]);
        }
    });
});
