import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { makeSandbox, removeSandboxes, start, type Sandbox } from "./sandbox";

const day = 24 * 60 * 60 * 1000;
const hour = 60 * 60 * 1000;

describe("sandbox/cloud acm", () => {
    let sandbox: Sandbox;
    let zone: string;

    beforeEach(async () => {
        sandbox = makeSandbox();
        zone = await sandbox.zone("example.com");
    });
    afterEach(removeSandboxes);

    async function describeCertificate(CertificateArn: string, region = "us-east-1") {
        return (await sandbox.call("acm:DescribeCertificate", { CertificateArn }, { region })).Certificate;
    }

    async function request(parameters: object, region = "us-east-1"): Promise<string> {
        const all = { ValidationMethod: "DNS", ...parameters };
        return (await sandbox.call("acm:RequestCertificate", all, { region })).CertificateArn;
    }

    it("waits for the validation records, then issues a certificate that X.509 tools can read", async () => {
        const CertificateArn = await request({ DomainName: "iot.example.com" });
        const pending = await describeCertificate(CertificateArn);
        assert.equal(pending.Status, "PENDING_VALIDATION");
        assert.equal(pending.NotAfter, undefined);
        assert.match(await sandbox.refusal("acm:GetCertificate", { CertificateArn }), /^RequestInProgressException: /);

        const { Name, Type, Value } = pending.DomainValidationOptions[0].ResourceRecord;
        const record = { Name, Type, TTL: 300, ResourceRecords: [{ Value: "_wrong.acm-validations.aws." }] };
        await sandbox.change(zone, ["CREATE", record]);
        assert.equal((await describeCertificate(CertificateArn)).Status, "PENDING_VALIDATION");
        await sandbox.change(zone, ["UPSERT", { ...record, ResourceRecords: [{ Value }] }]);

        const issued = await describeCertificate(CertificateArn);
        assert.equal(issued.Status, "ISSUED");
        assert.equal(issued.KeyAlgorithm, "RSA-2048");
        assert.equal(issued.SignatureAlgorithm, "SHA256WITHRSA");
        assert.deepEqual(issued.KeyUsages, [{ Name: "DIGITAL_SIGNATURE" }, { Name: "KEY_ENCIPHERMENT" }]);
        assert.deepEqual(issued.ExtendedKeyUsages, [
            { Name: "TLS_WEB_SERVER_AUTHENTICATION", OID: "1.3.6.1.5.5.7.3.1" },
        ]);
        assert.equal(issued.NotAfter.getTime() + 1000 - issued.NotBefore.getTime(), 198 * day);
        assert.equal(issued.RenewalEligibility, "INELIGIBLE");
        assert.deepEqual(issued.InUseBy, []);

        const { Certificate, CertificateChain } = await sandbox.call("acm:GetCertificate", { CertificateArn });
        const leaf = new X509Certificate(Certificate);
        const issuer = new X509Certificate(CertificateChain);
        assert.equal(leaf.subjectAltName, "DNS:iot.example.com");
        assert.equal(leaf.serialNumber.toLowerCase(), issued.Serial.replace(/:/g, ""));
        assert.ok(leaf.checkIssued(issuer) && leaf.verify(issuer.publicKey) && issuer.ca);
        assert.deepEqual((await describeCertificate(CertificateArn)).Serial, issued.Serial);
    });

    it("asks for the same record in every region, and once for a name and its wildcard", async () => {
        const names = { DomainName: "example.com", SubjectAlternativeNames: ["*.example.com", "a.example.com"] };
        const here = await describeCertificate(await request(names));
        const there = await describeCertificate(await request(names, "eu-central-1"), "eu-central-1");
        const records = (certificate: typeof here) =>
            certificate.DomainValidationOptions.map(
                ({ ResourceRecord }: { ResourceRecord: { Name: string } }) => ResourceRecord.Name,
            );
        assert.deepEqual(records(here), records(there));
        assert.equal(records(here)[0], records(here)[1]);
        assert.notEqual(records(here)[0], records(here)[2]);
        const other = await sandbox.call(
            "acm:RequestCertificate",
            { ...names, ValidationMethod: "DNS" },
            {
                roleArn: "arn:aws:iam::210987654321:role/deploy",
            },
        );
        const foreign = await sandbox.call("acm:DescribeCertificate", other, {
            roleArn: "arn:aws:iam::210987654321:role/deploy",
        });
        assert.notDeepEqual(records(foreign.Certificate), records(here));
    });

    it("finds validation records only where DNS would: a zone that its parent does not delegate to is not asked", async () => {
        const child = await sandbox.zone("iot.example.com");
        const CertificateArn = await sandbox.certificate(child, { DomainName: "iot.example.com" });
        assert.equal((await describeCertificate(CertificateArn)).Status, "PENDING_VALIDATION");
        const { DelegationSet } = await sandbox.call("route53:GetHostedZone", { Id: child });
        const servers = DelegationSet.NameServers.map((Value: string) => ({ Value }));
        await sandbox.change(zone, [
            "CREATE",
            { Name: "iot.example.com", Type: "NS", TTL: 300, ResourceRecords: servers },
        ]);
        assert.equal((await describeCertificate(CertificateArn)).Status, "ISSUED");
    });

    it("fails where a CAA record names other authorities", async () => {
        const caa = (Value: string) => ({ Name: "example.com", Type: "CAA", TTL: 300, ResourceRecords: [{ Value }] });
        await sandbox.change(zone, ["CREATE", caa('0 issue "letsencrypt.org"')]);
        const refused = await sandbox.certificate(zone, { DomainName: "iot.example.com" });
        const { Status, FailureReason } = await describeCertificate(refused);
        assert.deepEqual([Status, FailureReason], ["FAILED", "CAA_ERROR"]);
        await sandbox.change(zone, ["UPSERT", caa('0 issue "amazon.com"')]);
        const issued = await sandbox.certificate(zone, { DomainName: "b.example.com" });
        assert.equal((await describeCertificate(issued)).Status, "ISSUED");
    });

    it("gives up after 72 hours without validation", async () => {
        const CertificateArn = await request({ DomainName: "iot.example.com" });
        sandbox.cloud.advanceClock(72 * hour + 1);
        assert.equal((await describeCertificate(CertificateArn)).Status, "VALIDATION_TIMED_OUT");
    });

    it("issues many at once, each signed by the authority in its chain", async () => {
        const domains = ["a", "b", "c", "d"].map((label) => `${label}.example.com`);
        const issued = await Promise.all(
            domains.map(async (DomainName) => {
                const arn = await sandbox.certificate(zone, { DomainName, KeyAlgorithm: "EC_prime256v1" });
                assert.equal((await describeCertificate(arn)).Status, "ISSUED");
                return sandbox.call("acm:GetCertificate", { CertificateArn: arn });
            }),
        );
        const [root] = await sandbox.cloud.publicRoots();
        for (const { Certificate, CertificateChain } of issued) {
            const issuer = new X509Certificate(CertificateChain);
            assert.ok(new X509Certificate(Certificate).verify(issuer.publicKey));
            assert.ok(issuer.verify(new X509Certificate(root ?? "").publicKey));
        }
    });

    it("expires a certificate that nothing uses, and so does not renew it", async () => {
        const CertificateArn = await sandbox.certificate(zone, { DomainName: "iot.example.com" });
        const { Serial } = await describeCertificate(CertificateArn);
        sandbox.cloud.advanceClock(199 * day);
        const expired = await describeCertificate(CertificateArn);
        assert.deepEqual([expired.Status, expired.Serial], ["EXPIRED", Serial]);
    });

    it("makes one certificate of two requests with one token, for an hour and the same names", async () => {
        const once = await request({ DomainName: "iot.example.com", IdempotencyToken: "token" });
        assert.equal(await request({ DomainName: "iot.example.com", IdempotencyToken: "token" }), once);
        assert.notEqual(await request({ DomainName: "b.example.com", IdempotencyToken: "token" }), once);
        sandbox.cloud.advanceClock(hour);
        assert.notEqual(await request({ DomainName: "iot.example.com", IdempotencyToken: "token" }), once);
    });

    it("issues the key types that it offers, with the names that ACM prints", async () => {
        for (const [algorithm, printed, curve] of [
            ["EC_prime256v1", "EC-prime256v1", "prime256v1"],
            ["EC_secp384r1", "EC-secp384r1", "secp384r1"],
        ] as const) {
            const arn = await sandbox.certificate(zone, { DomainName: "iot.example.com", KeyAlgorithm: algorithm });
            const { KeyAlgorithm, SignatureAlgorithm } = await describeCertificate(arn);
            assert.deepEqual([KeyAlgorithm, SignatureAlgorithm], [printed, "SHA256WITHECDSA"]);
            const { Certificate } = await sandbox.call("acm:GetCertificate", { CertificateArn: arn });
            const details = new X509Certificate(Certificate).publicKey.asymmetricKeyDetails;
            assert.equal(details?.namedCurve, curve);
        }
    });

    const refusals: Array<[title: string, parameters: object, expected: RegExp]> = [
        ["no domain name", { DomainName: undefined }, /^ValidationException: .*'domainName' .*must not be null/],
        ["a name with a space", { DomainName: "iot example.com" }, /^ValidationException: .*regular expression/],
        [
            "a first name of 65 characters",
            { DomainName: `${"a".repeat(53)}.example.com` },
            /^InvalidParameterException: /,
        ],
        [
            "eleven names",
            { SubjectAlternativeNames: Array.from({ length: 10 }, (_, index) => `n${index}.example.com`) },
            /^LimitExceededException: /,
        ],
        ["a key type that is for imports", { KeyAlgorithm: "RSA_4096" }, /^ValidationException: /],
        ["a key type that does not exist", { KeyAlgorithm: "EC_P256" }, /^ValidationException: .*enum value set/],
        ["a reserved tag", { Tags: [{ Key: "aws:x", Value: "" }] }, /^(InvalidTagException|ValidationException): /],
        [
            "a validation domain that is none of its domains above",
            { DomainValidationOptions: [{ DomainName: "iot.example.com", ValidationDomain: "example.org" }] },
            /^InvalidDomainValidationOptionsException: /,
        ],
    ];
    for (const [title, parameters, expected] of refusals) {
        it(`refuses a request with ${title}`, async () => {
            const all = { DomainName: "iot.example.com", ValidationMethod: "DNS", ...parameters };
            assert.match(await sandbox.refusal("acm:RequestCertificate", all), expected);
            assert.equal(sandbox.cloud.resources().filter(({ service }) => service === "acm").length, 0);
        });
    }

    it("knows no certificate of another region", async () => {
        const CertificateArn = await request({ DomainName: "iot.example.com" });
        assert.match(
            await sandbox.refusal("acm:DescribeCertificate", { CertificateArn }, { region: "eu-west-1" }),
            /^InvalidArnException: /,
        );
        assert.match(
            await sandbox.refusal("acm:DescribeCertificate", {
                CertificateArn: CertificateArn.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
            }),
            /^ResourceNotFoundException: /,
        );
    });

    it("tags, lists and deletes certificates", async () => {
        const CertificateArn = await request({ DomainName: "iot.example.com", Tags: [{ Key: "a", Value: "1" }] });
        await sandbox.call("acm:AddTagsToCertificate", { CertificateArn, Tags: [{ Key: "b", Value: "2" }] });
        await sandbox.call("acm:RemoveTagsFromCertificate", { CertificateArn, Tags: [{ Key: "a", Value: "other" }] });
        await sandbox.call("acm:RemoveTagsFromCertificate", { CertificateArn, Tags: [{ Key: "b" }] });
        const { Tags } = await sandbox.call("acm:ListTagsForCertificate", { CertificateArn });
        assert.deepEqual(Tags, [{ Key: "a", Value: "1" }]);
        const { CertificateSummaryList } = await sandbox.call("acm:ListCertificates");
        assert.deepEqual(
            CertificateSummaryList.map(({ CertificateArn }: { CertificateArn: string }) => CertificateArn),
            [CertificateArn],
        );
        await sandbox.call("acm:DeleteCertificate", { CertificateArn });
        assert.match(
            await sandbox.refusal("acm:DescribeCertificate", { CertificateArn }),
            /^ResourceNotFoundException: /,
        );
    });

    it("dates what it makes by the store's clock", async () => {
        const CertificateArn = await request({ DomainName: "iot.example.com" });
        assert.deepEqual((await describeCertificate(CertificateArn)).CreatedAt, start);
    });
});
