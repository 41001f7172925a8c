import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { makeSandbox, removeSandboxes, start, type Sandbox } from "./sandbox";

const day = 24 * 60 * 60 * 1000;
const DomainName = "iot.example.com";

describe("sandbox/cloud acm, below a private CA", () => {
    let sandbox: Sandbox;

    beforeEach(() => {
        sandbox = makeSandbox();
    });
    afterEach(removeSandboxes);

    /** A root CA, ready to sign unless it is to wait for its certificate. */
    async function authority({ years = 10, ready = true, rest = {} } = {}): Promise<string> {
        const { CertificateAuthorityArn } = await sandbox.call("acm-pca:CreateCertificateAuthority", {
            CertificateAuthorityType: "ROOT",
            CertificateAuthorityConfiguration: {
                KeyAlgorithm: "EC_prime256v1",
                SigningAlgorithm: "SHA256WITHECDSA",
                Subject: { CommonName: "Fleet CA", Organization: "Example" },
            },
            ...rest,
        });
        if (ready) {
            const { Csr } = await sandbox.call("acm-pca:GetCertificateAuthorityCsr", { CertificateAuthorityArn });
            const { CertificateArn } = await sandbox.call("acm-pca:IssueCertificate", {
                CertificateAuthorityArn,
                Csr,
                SigningAlgorithm: "SHA256WITHECDSA",
                TemplateArn: "arn:aws:acm-pca:::template/RootCACertificate/V1",
                Validity: { Type: "YEARS", Value: years },
            });
            const request = { CertificateAuthorityArn, CertificateArn };
            const { Certificate } = await sandbox.call("acm-pca:GetCertificate", request);
            await sandbox.call("acm-pca:ImportCertificateAuthorityCertificate", {
                CertificateAuthorityArn,
                Certificate,
            });
        }
        return CertificateAuthorityArn as string;
    }

    async function request(CertificateAuthorityArn: string, rest: object = {}): Promise<string> {
        const parameters = { DomainName, CertificateAuthorityArn, KeyAlgorithm: "EC_prime256v1", ...rest };
        return (await sandbox.call("acm:RequestCertificate", parameters)).CertificateArn as string;
    }
    const described = async (CertificateArn: string) =>
        (await sandbox.call("acm:DescribeCertificate", { CertificateArn })).Certificate;

    it("has the CA sign at once, without any validation", async () => {
        const authorityArn = await authority();
        const arn = await request(authorityArn, { SubjectAlternativeNames: ["*.iot.example.com"] });
        const detail = await described(arn);
        assert.deepEqual([detail.Type, detail.Status], ["PRIVATE", "ISSUED"]);
        assert.equal(detail.CertificateAuthorityArn, authorityArn);
        assert.equal(detail.DomainValidationOptions, undefined);
        assert.equal(detail.NotAfter.getTime() - start.getTime(), 395 * day);

        const { Certificate, CertificateChain } = await sandbox.call("acm:GetCertificate", { CertificateArn: arn });
        const [leaf, root] = [new X509Certificate(Certificate), new X509Certificate(CertificateChain)];
        assert.ok(leaf.verify(root.publicKey) && leaf.checkIssued(root) && root.ca);
        assert.equal(leaf.subjectAltName, "DNS:iot.example.com, DNS:*.iot.example.com");
        const own = await sandbox.call("acm-pca:GetCertificateAuthorityCertificate", {
            CertificateAuthorityArn: authorityArn,
        });
        assert.equal(root.fingerprint256, new X509Certificate(own.Certificate).fingerprint256);
    });

    const absent = "arn:aws:acm-pca:us-east-1:123456789012:certificate-authority/11111111-2222-3333-4444-555555555555";
    const failures: ReadonlyArray<readonly [string, string, () => Promise<string>]> = [
        ["there is no such CA", "PCA_RESOURCE_NOT_FOUND", () => request(absent)],
        ["the CA has no certificate yet", "PCA_INVALID_STATE", async () => request(await authority({ ready: false }))],
        [
            "the CA's key is of another family",
            "PCA_INVALID_ARGS",
            async () => request(await authority(), { KeyAlgorithm: "RSA_2048" }),
        ],
        [
            "the CA ends before the certificate",
            "PCA_INVALID_DURATION",
            async () => request(await authority({ years: 1 })),
        ],
        [
            "the CA is for short lives",
            "PCA_INVALID_DURATION",
            async () => request(await authority({ rest: { UsageMode: "SHORT_LIVED_CERTIFICATE" } })),
        ],
    ];
    for (const [title, reason, requested] of failures) {
        it(`fails, with ACM's reason, where ${title}`, async () => {
            const { Status, FailureReason } = await described(await requested());
            assert.deepEqual([Status, FailureReason], ["FAILED", reason]);
        });
    }

    it("renews it under its ARN once it is in use and near its end", async () => {
        const arn = await request(await authority());
        const zone = await sandbox.zone("example.com");
        await sandbox.call("iot:CreateDomainConfiguration", {
            domainConfigurationName: "telemetry",
            domainName: DomainName,
            serverCertificateArns: [arn],
            validationCertificateArn: await sandbox.certificate(zone, { DomainName }),
        });
        const before = await described(arn);
        assert.equal(before.RenewalEligibility, "ELIGIBLE");
        sandbox.cloud.advanceClock(340 * day);
        const after = await described(arn);
        assert.notEqual(after.Serial, before.Serial);
        assert.equal(after.RenewalSummary.RenewalStatus, "SUCCESS");
        const served = await sandbox.cloud.servedCertificate(DomainName, { region: "us-east-1" });
        const key = createPrivateKey(served?.privateKey ?? "");
        assert.ok(new X509Certificate(served?.certificate ?? "").checkPrivateKey(key));
    });
});
