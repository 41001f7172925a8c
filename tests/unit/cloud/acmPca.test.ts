import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { makeSigningRequest } from "../../../sandbox/cloud/authority/certificates";
import { makeSandbox, removeSandboxes, start, type Sandbox } from "./sandbox";

const day = 24 * 60 * 60 * 1000;
const template = (name: string) => `arn:aws:acm-pca:::template/${name}/V1`;

describe("sandbox/cloud acm-pca", () => {
    let sandbox: Sandbox;

    beforeEach(() => {
        sandbox = makeSandbox();
    });
    afterEach(removeSandboxes);

    const configuration = (CommonName: string) => ({
        KeyAlgorithm: "EC_prime256v1",
        SigningAlgorithm: "SHA256WITHECDSA",
        Subject: { CommonName, Organization: "Example", Country: "DE" },
    });

    async function create(CertificateAuthorityType: "ROOT" | "SUBORDINATE", rest: object = {}): Promise<string> {
        const CertificateAuthorityConfiguration = configuration(`${CertificateAuthorityType} CA`);
        const answer = await sandbox.call("acm-pca:CreateCertificateAuthority", {
            CertificateAuthorityType,
            CertificateAuthorityConfiguration,
            ...rest,
        });
        return answer.CertificateAuthorityArn;
    }

    const requestOf = async (CertificateAuthorityArn: string): Promise<string> =>
        (await sandbox.call("acm-pca:GetCertificateAuthorityCsr", { CertificateAuthorityArn })).Csr;

    const issuing = (CertificateAuthorityArn: string, Csr: string, rest: object = {}) => ({
        CertificateAuthorityArn,
        Csr,
        SigningAlgorithm: "SHA256WITHECDSA",
        Validity: { Type: "DAYS", Value: 90 },
        ...rest,
    });

    async function issue(arn: string, request: string, rest: object = {}) {
        const { CertificateArn } = await sandbox.call("acm-pca:IssueCertificate", issuing(arn, request, rest));
        return sandbox.call("acm-pca:GetCertificate", { CertificateAuthorityArn: arn, CertificateArn });
    }

    /** A root CA that is ready to sign. */
    async function root(rest: object = {}): Promise<string> {
        const arn = await create("ROOT", rest);
        const own = { TemplateArn: template("RootCACertificate"), Validity: { Type: "YEARS", Value: 10 } };
        const { Certificate } = await issue(arn, await requestOf(arn), own);
        await sandbox.call("acm-pca:ImportCertificateAuthorityCertificate", {
            CertificateAuthorityArn: arn,
            Certificate,
        });
        return arn;
    }

    async function deviceRequest() {
        const { request, privateKey } = await makeSigningRequest([{ CN: ["iot.example.com"] }], "EC_prime256v1");
        const key = createPrivateKey({ key: privateKey, format: "der", type: "pkcs8" });
        return { request, PrivateKey: key.export({ format: "pem", type: "pkcs8" }).toString() };
    }

    const status = async (CertificateAuthorityArn: string) =>
        (await sandbox.call("acm-pca:DescribeCertificateAuthority", { CertificateAuthorityArn })).CertificateAuthority;

    it("waits for its certificate before it signs for others", async () => {
        const arn = await create("ROOT");
        assert.equal((await status(arn)).Status, "PENDING_CERTIFICATE");
        const { request } = await deviceRequest();
        assert.match(
            await sandbox.refusal("acm-pca:IssueCertificate", issuing(arn, request)),
            /^InvalidStateException: /,
        );
        assert.match(
            await sandbox.refusal("acm-pca:GetCertificateAuthorityCertificate", { CertificateAuthorityArn: arn }),
            /^InvalidStateException: /,
        );
    });

    it("signs its own certificate, and those of a subordinate and its devices", async () => {
        const rootArn = await root();
        const rootCertificate = (
            await sandbox.call("acm-pca:GetCertificateAuthorityCertificate", { CertificateAuthorityArn: rootArn })
        ).Certificate;
        const subordinateArn = await create("SUBORDINATE");
        const subordinate = await issue(rootArn, await requestOf(subordinateArn), {
            TemplateArn: template("SubordinateCACertificate_PathLen0"),
            Validity: { Type: "YEARS", Value: 5 },
        });
        await sandbox.call("acm-pca:ImportCertificateAuthorityCertificate", {
            CertificateAuthorityArn: subordinateArn,
            ...subordinate,
        });
        assert.equal((await status(subordinateArn)).Status, "ACTIVE");
        const { request, PrivateKey } = await deviceRequest();
        const issued = await issue(subordinateArn, request);
        const leaf = new X509Certificate(issued.Certificate);
        const [middle, top] = issued.CertificateChain.split(/(?<=-----END CERTIFICATE-----)\s*(?=-----BEGIN)/).map(
            (pem: string) => new X509Certificate(pem),
        );
        assert.ok(leaf.verify(middle.publicKey) && middle.verify(top.publicKey));
        assert.equal(top.serialNumber, new X509Certificate(rootCertificate).serialNumber);
        assert.equal(leaf.subject, "CN=iot.example.com");
        assert.deepEqual(leaf.keyUsage, ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
        assert.deepEqual(new Date(leaf.validTo), new Date(start.getTime() + 90 * day));
        assert.ok(leaf.checkPrivateKey(createPrivateKey(PrivateKey)));
    });

    it("puts the caller's names into a certificate, with a template that takes them", async () => {
        const arn = await root();
        const { request } = await deviceRequest();
        const ApiPassthrough = {
            Subject: { CommonName: "other.example.com" },
            Extensions: { SubjectAlternativeNames: [{ DnsName: "iot.example.com" }] },
        };
        assert.match(
            await sandbox.refusal("acm-pca:IssueCertificate", issuing(arn, request, { ApiPassthrough })),
            /^InvalidArgsException: .*APIPassthrough/,
        );
        const { Certificate, CertificateChain } = await issue(arn, request, {
            ApiPassthrough,
            TemplateArn: template("EndEntityServerAuthCertificate_APIPassthrough"),
        });
        const leaf = new X509Certificate(Certificate);
        assert.deepEqual(
            [leaf.subject, leaf.subjectAltName, leaf.keyUsage],
            ["CN=other.example.com", "DNS:iot.example.com", ["1.3.6.1.5.5.7.3.1"]],
        );
        assert.ok(leaf.verify(new X509Certificate(CertificateChain).publicKey));
    });

    const refusals: Array<[title: string, change: object, expected: RegExp]> = [
        ["a request that is none", { Csr: "hello" }, /^MalformedCSRException: /],
        ["a life beyond its own", { Validity: { Type: "YEARS", Value: 11 } }, /^ValidationException: .*exceeds/],
        ["an end in the past", { Validity: { Type: "END_DATE", Value: 20250101000000 } }, /^InvalidArgsException: /],
        ["a template that does not exist", { TemplateArn: template("Nothing") }, /^InvalidArgsException: .*EndEntity/],
        [
            "another's request by the root's template",
            { TemplateArn: template("RootCACertificate") },
            /^InvalidArgsException: /,
        ],
        ["a signature of another kind of key", { SigningAlgorithm: "SHA256WITHRSA" }, /^InvalidArgsException: /],
    ];
    for (const [title, change, expected] of refusals) {
        it(`refuses ${title}`, async () => {
            const arn = await root();
            const { request } = await deviceRequest();
            assert.match(await sandbox.refusal("acm-pca:IssueCertificate", issuing(arn, request, change)), expected);
        });
    }

    it("reads the end of a validity in all of AWS's ways", async () => {
        const arn = await root();
        const { request } = await deviceRequest();
        const ends: Array<[Validity: { Type: string; Value: number }, end: string]> = [
            [{ Type: "END_DATE", Value: 20270304050607 }, "2027-03-04T05:06:07.000Z"],
            [{ Type: "END_DATE", Value: 270304050607 }, "2027-03-04T05:06:07.000Z"],
            [{ Type: "ABSOLUTE", Value: 1_804_136_767 }, "2027-03-04T05:06:07.000Z"],
            [{ Type: "MONTHS", Value: 13 }, "2027-04-02T10:00:00.000Z"],
        ];
        for (const [Validity, end] of ends) {
            const { Certificate } = await issue(arn, request, { Validity });
            assert.equal(new Date(new X509Certificate(Certificate).validTo).toISOString(), end);
        }
    });

    it("takes no certificate of another key, and revokes what it has issued once", async () => {
        const arn = await root();
        const other = await create("ROOT");
        const { request } = await deviceRequest();
        const { Certificate } = await issue(arn, request);
        assert.match(
            await sandbox.refusal("acm-pca:ImportCertificateAuthorityCertificate", {
                CertificateAuthorityArn: other,
                Certificate,
            }),
            /^CertificateMismatchException: /,
        );
        const revocation = {
            CertificateAuthorityArn: arn,
            CertificateSerial: new X509Certificate(Certificate).serialNumber.replace(/..(?=.)/g, "$&:"),
            RevocationReason: "SUPERSEDED",
        };
        await sandbox.call("acm-pca:RevokeCertificate", revocation);
        assert.match(
            await sandbox.refusal("acm-pca:RevokeCertificate", revocation),
            /^RequestAlreadyProcessedException: /,
        );
    });

    it("must be disabled to be deleted, and leaves nothing but a record that fades", async () => {
        const arn = await root({ Tags: [{ Key: "a", Value: "1" }] });
        const deletion = { CertificateAuthorityArn: arn, PermanentDeletionTimeInDays: 7 };
        assert.match(await sandbox.refusal("acm-pca:DeleteCertificateAuthority", deletion), /^InvalidStateException: /);
        await sandbox.call("acm-pca:UpdateCertificateAuthority", { CertificateAuthorityArn: arn, Status: "DISABLED" });
        await sandbox.call("acm-pca:DeleteCertificateAuthority", deletion);
        assert.deepEqual(sandbox.cloud.resources(), []);
        assert.equal((await status(arn)).Status, "DELETED");
        sandbox.cloud.advanceClock(7 * day);
        assert.match(
            await sandbox.refusal("acm-pca:DescribeCertificateAuthority", { CertificateAuthorityArn: arn }),
            /^ResourceNotFoundException: /,
        );
    });

    it("issues what ACM imports and IoT serves beside a public certificate of the name", async () => {
        const zone = await sandbox.zone("example.com");
        const proof = await sandbox.certificate(zone, { DomainName: "iot.example.com" });
        const arn = await root();
        const { request, PrivateKey } = await deviceRequest();
        const issued = await issue(arn, request, {
            TemplateArn: template("EndEntityServerAuthCertificate_APIPassthrough"),
            ApiPassthrough: { Extensions: { SubjectAlternativeNames: [{ DnsName: "iot.example.com" }] } },
        });
        const { CertificateArn } = await sandbox.call("acm:ImportCertificate", { ...issued, PrivateKey });
        await sandbox.call("iot:CreateDomainConfiguration", {
            domainConfigurationName: "telemetry",
            domainName: "iot.example.com",
            serverCertificateArns: [CertificateArn],
            validationCertificateArn: proof,
        });
        const served = await sandbox.cloud.servedCertificate("iot.example.com", { region: "us-east-1" });
        assert.equal(new X509Certificate(served?.certificate ?? "").issuer.includes("CN=ROOT CA"), true);
    });
});
