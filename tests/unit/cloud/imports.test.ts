import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { issueCertificate, type CertificateContent, type Signer } from "../../../sandbox/cloud/authority/certificates";
import type { KeyAlgorithm } from "../../../sandbox/cloud/authority/keys";
import { at, pem } from "../certificates/fixtures";
import { makeSandbox, removeSandboxes, start, type Sandbox } from "./sandbox";

const day = 24 * 60 * 60 * 1000;
const minute = 60 * 1000;
const domainName = "iot.example.com";
const domainConfigurationName = "telemetry";
const purposes = ["1.3.6.1.5.5.7.3.1"];

interface Files {
    readonly Certificate: string;
    readonly CertificateChain?: string;
    readonly PrivateKey: string;
}

const later = (days: number): Date => new Date(start.getTime() + days * day);

function keyOf(signer: Signer, type: "pkcs8" | "sec1" | "pkcs1" = "pkcs8"): string {
    const key = createPrivateKey({ key: Buffer.from(signer.privateKey), format: "der", type: "pkcs8" });
    return key.export({ format: "pem", type } as { format: "pem"; type: "pkcs8" }).toString();
}

/** A private CA, and what it issues. */
async function privateAuthority(keyAlgorithm: KeyAlgorithm) {
    const validity = { notBefore: later(-10), notAfter: later(1000) };
    const root = await issueCertificate(
        { subject: "CN=Private Root", isAuthority: true, pathLength: 0, ...validity },
        keyAlgorithm,
    );
    return async (content: Partial<CertificateContent> = {}, leafKey: KeyAlgorithm = keyAlgorithm): Promise<Files> => {
        const whole = { subject: `CN=${domainName}`, dnsNames: [domainName], purposes, ...validity, ...content };
        const leaf = await issueCertificate(whole, leafKey, root);
        return { Certificate: leaf.certificate, CertificateChain: root.certificate, PrivateKey: keyOf(leaf) };
    };
}

describe("sandbox/cloud acm imports", () => {
    let sandbox: Sandbox;

    beforeEach(() => {
        sandbox = makeSandbox();
    });
    afterEach(removeSandboxes);

    async function publicFiles(order: object = {}): Promise<Files> {
        const names: [string] = [domainName];
        const made = await sandbox.cloud.publicCertificate({ names, keyAlgorithm: "EC_prime256v1", ...order });
        return { Certificate: made.certificate, CertificateChain: made.chain, PrivateKey: made.privateKey };
    }

    const importCertificate = async (files: object): Promise<string> =>
        (await sandbox.call("acm:ImportCertificate", files)).CertificateArn;
    const describeCertificate = async (CertificateArn: string) =>
        (await sandbox.call("acm:DescribeCertificate", { CertificateArn })).Certificate;
    const createDomain = (serverCertificateArn: string, rest: object = {}) => ({
        domainConfigurationName,
        domainName,
        serverCertificateArns: [serverCertificateArn],
        ...rest,
    });
    const serial = (pem = ""): string => new X509Certificate(pem).serialNumber;
    const servedSerial = async (): Promise<string> =>
        serial((await sandbox.cloud.servedCertificate(domainName, { region: "us-east-1" }))?.certificate);
    const serverCertificate = async () =>
        (await sandbox.call("iot:DescribeDomainConfiguration", { domainConfigurationName })).serverCertificates[0];

    it("imports a certificate, as bytes or as text, and tells what it says", async () => {
        const files = await publicFiles();
        const bytes = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]));
        const arn = await importCertificate(bytes);
        const {
            Type,
            Status,
            DomainName,
            KeyAlgorithm,
            RenewalEligibility,
            Serial,
            ImportedAt,
            DomainValidationOptions,
        } = await describeCertificate(arn);
        assert.deepEqual(
            [Type, Status, DomainName, KeyAlgorithm, RenewalEligibility],
            ["IMPORTED", "ISSUED", domainName, "EC-prime256v1", "INELIGIBLE"],
        );
        assert.equal(Serial.replace(/:/g, "").toUpperCase(), serial(files.Certificate));
        assert.deepEqual(ImportedAt, start);
        assert.equal(DomainValidationOptions, undefined);
        const { Certificate, CertificateChain } = await sandbox.call("acm:GetCertificate", { CertificateArn: arn });
        assert.deepEqual([serial(Certificate), CertificateChain], [serial(files.Certificate), files.CertificateChain]);
    });

    describe("refuse", () => {
        let files: Files;
        let other: Files;

        beforeEach(async () => {
            files = await publicFiles();
            other = await publicFiles();
        });

        const cases: Array<[title: string, change: (files: Files, other: Files) => Partial<Files>, expected: RegExp]> =
            [
                [
                    "another certificate's key",
                    (_, { PrivateKey }) => ({ PrivateKey }),
                    /private key of another certificate/,
                ],
                [
                    "the chain in the certificate",
                    ({ Certificate, CertificateChain }) => ({ Certificate: `${Certificate}\n${CertificateChain}` }),
                    /contains more than one certificate/,
                ],
                [
                    "no chain under a CA's certificate",
                    () => ({ CertificateChain: undefined }),
                    /not a valid self signed/,
                ],
                [
                    "the leaf in the chain",
                    ({ Certificate, CertificateChain }) => ({
                        CertificateChain: `${Certificate}\n${CertificateChain}`,
                    }),
                    /Could not validate the certificate with the certificate chain.*leaf once more/s,
                ],
                [
                    "text that is no certificate",
                    () => ({ Certificate: "hello" }),
                    /Certificate: expected one or more PEM/,
                ],
                ["text that is no key", () => ({ PrivateKey: "hello" }), /PrivateKey: expected one PEM block/],
                [
                    "an encrypted key",
                    ({ PrivateKey }) => ({
                        PrivateKey: createPrivateKey(PrivateKey)
                            .export({ format: "pem", type: "pkcs8", cipher: "aes-256-cbc", passphrase: "secret" })
                            .toString(),
                    }),
                    /PrivateKey: expected an unencrypted private key/,
                ],
                [
                    "a key above 5 KB",
                    ({ PrivateKey }) => ({ PrivateKey: `${"#".repeat(5300)}\n${PrivateKey}` }),
                    /at 'privateKey' failed to satisfy constraint: Member must have length less than or equal to 5120/,
                ],
            ];
        for (const [title, change, expected] of cases) {
            it(title, async () => {
                const message = await sandbox.refusal("acm:ImportCertificate", { ...files, ...change(files, other) });
                assert.match(message, /^ValidationException: /);
                assert.match(message, expected);
                const secrets = [files, other].flatMap(({ PrivateKey }) => PrivateKey.split("\n").slice(1, 3));
                assert.ok(secrets.every((line) => !message.includes(line)));
                assert.deepEqual(sandbox.cloud.resources(), []);
            });
        }

        it("a certificate before and after its time, and one whose CA has another kind of key", async () => {
            const early = await publicFiles({ notBefore: later(1) });
            const late = await publicFiles({ notBefore: later(-10), days: 9 });
            const mixed = await (await privateAuthority("RSA_2048"))({}, "EC_prime256v1");
            assert.match(await sandbox.refusal("acm:ImportCertificate", early), /valid only from/);
            assert.match(await sandbox.refusal("acm:ImportCertificate", late), /expired on/);
            assert.match(await sandbox.refusal("acm:ImportCertificate", mixed), /signature by a CA with an EC key/);
        });
    });

    const refusedLeaves: readonly (readonly [leaf: string, CertificateChain: string | undefined, expected: RegExp])[] =
        [
            ["empty-issuer", undefined, /expected an issuer, got an empty issuer/],
            ["long-ocsp", pem("authorities/intermediate"), /expected OCSP addresses of at most 1000 characters/],
        ];
    for (const [leaf, CertificateChain, expected] of refusedLeaves) {
        it(`refuses OpenSSL's ${leaf}`, async () => {
            sandbox.cloud.advanceClock(at.getTime() - start.getTime());
            const PrivateKey = pem("keys/leaf.pkcs8");
            const sound = { Certificate: pem("leaves/rsa-2048"), CertificateChain: pem("authorities/intermediate") };
            await importCertificate({ ...sound, PrivateKey });
            const files = { Certificate: pem(`leaves/${leaf}`), CertificateChain, PrivateKey };
            assert.match(await sandbox.refusal("acm:ImportCertificate", files), /^ValidationException: /);
            assert.match(await sandbox.refusal("acm:ImportCertificate", files), expected);
        });
    }

    it("imports anew under the same ARN: the same kind of key, no tags, and no certificate that ACM issued", async () => {
        const CertificateArn = await importCertificate({ ...(await publicFiles()), Tags: [{ Key: "a", Value: "1" }] });
        const next = await publicFiles();
        assert.equal(await importCertificate({ ...next, CertificateArn }), CertificateArn);
        assert.equal(
            (await describeCertificate(CertificateArn)).Serial.replace(/:/g, "").toUpperCase(),
            serial(next.Certificate),
        );
        assert.match(
            await sandbox.refusal("acm:ImportCertificate", {
                ...next,
                CertificateArn,
                Tags: [{ Key: "b", Value: "2" }],
            }),
            /^ValidationException: Tagging is not permitted/,
        );
        assert.match(
            await sandbox.refusal("acm:ImportCertificate", {
                ...(await publicFiles({ keyAlgorithm: "RSA_2048" })),
                CertificateArn,
            }),
            /^ValidationException: .*a key of type EC_prime256v1, as before/,
        );
        const issued = await sandbox.call("acm:RequestCertificate", { DomainName: domainName });
        assert.match(
            await sandbox.refusal("acm:ImportCertificate", { ...next, ...issued }),
            /^ValidationException: .*was not imported/,
        );
    });

    it("serves a certificate that was imported anew after 60 minutes", async () => {
        const first = await publicFiles();
        const CertificateArn = await importCertificate(first);
        await sandbox.call("iot:CreateDomainConfiguration", createDomain(CertificateArn));
        assert.equal(await servedSerial(), serial(first.Certificate));
        sandbox.cloud.advanceClock(day);
        const second = await publicFiles();
        await importCertificate({ ...second, CertificateArn });
        assert.deepEqual(await serverCertificate(), {
            serverCertificateArn: CertificateArn,
            serverCertificateStatus: "VALID",
        });
        assert.equal(await servedSerial(), serial(first.Certificate));
        sandbox.cloud.advanceClock(59 * minute);
        assert.equal(await servedSerial(), serial(first.Certificate));
        sandbox.cloud.advanceClock(minute);
        assert.equal(await servedSerial(), serial(second.Certificate));
        const served = await sandbox.cloud.servedCertificate(domainName, { region: "us-east-1" });
        assert.ok(new X509Certificate(second.Certificate).checkPrivateKey(createPrivateKey(served?.privateKey ?? "")));
    });

    it("goes on serving the old certificate where names, common name or signing algorithm differ", async () => {
        const authority = await privateAuthority("EC_prime256v1");
        const first = await publicFiles();
        const CertificateArn = await importCertificate(first);
        await sandbox.call("iot:CreateDomainConfiguration", createDomain(CertificateArn));
        const others: Array<[files: Files, detail: RegExp]> = [
            [await publicFiles({ names: [domainName, "b.example.com"] }), /the names/],
            [await publicFiles({ names: ["b.example.com", domainName] }), /the common name/],
            [await publicFiles({ names: ["b.example.com"] }), /b\.example\.com/],
            [await authority(), /a private server certificate needs a validation certificate/],
        ];
        for (const [files, detail] of others) {
            await importCertificate({ ...files, CertificateArn });
            const { serverCertificateStatus, serverCertificateStatusDetail } = await serverCertificate();
            assert.equal(serverCertificateStatus, "INVALID");
            assert.match(serverCertificateStatusDetail, detail);
            sandbox.cloud.advanceClock(day);
            assert.equal(await servedSerial(), serial(first.Certificate));
        }
        const second = await publicFiles();
        await importCertificate({ ...second, CertificateArn });
        assert.equal((await serverCertificate()).serverCertificateStatus, "VALID");
        sandbox.cloud.advanceClock(60 * minute);
        assert.equal(await servedSerial(), serial(second.Certificate));
    });

    it("wants a public certificate of ACM that proves the name, for a private or self-signed one", async () => {
        const zone = await sandbox.zone("example.com");
        const authority = await privateAuthority("EC_prime256v1");
        const content = {
            subject: `CN=${domainName}`,
            dnsNames: [domainName],
            purposes,
            notBefore: later(-1),
            notAfter: later(90),
        };
        const selfSigned = await issueCertificate(content, "EC_prime256v1");
        const files = { Certificate: selfSigned.certificate, PrivateKey: keyOf(selfSigned) };
        const selfSignedArn = await importCertificate(files);
        const arns = [await importCertificate(await authority()), selfSignedArn];
        const proof = await sandbox.certificate(zone, { DomainName: domainName });
        const elsewhere = await sandbox.certificate(zone, { DomainName: "b.example.com" });
        const publicImport = await importCertificate(await publicFiles());
        for (const arn of arns) {
            const refused = (validationCertificateArn?: string) =>
                sandbox.refusal("iot:CreateDomainConfiguration", createDomain(arn, { validationCertificateArn }));
            assert.match(await refused(), /^CertificateValidationException: .*needs a validation certificate/);
            assert.match(
                await refused(elsewhere),
                /^CertificateValidationException: .*does not cover iot\.example\.com/,
            );
            assert.match(await refused(publicImport), /^CertificateValidationException: .*not signed by a public/);
            assert.match(await refused(arn), /^CertificateValidationException: /);
            const proven = createDomain(arn, { validationCertificateArn: proof });
            const stapling = { serverCertificateConfig: { enableOCSPCheck: true } };
            await sandbox.call("iot:CreateDomainConfiguration", proven);
            const stapled = sandbox.call("iot:UpdateDomainConfiguration", { domainConfigurationName, ...stapling });
            await (arn === selfSignedArn ? assert.rejects(stapled, { name: "InvalidRequestException" }) : stapled);
            assert.equal((await serverCertificate()).serverCertificateStatus, "VALID");
            const disabled = { domainConfigurationName, domainConfigurationStatus: "DISABLED" };
            await sandbox.call("iot:UpdateDomainConfiguration", disabled);
            assert.equal(await sandbox.cloud.servedCertificate(domainName, { region: "us-east-1" }), undefined);
            await sandbox.call("iot:DeleteDomainConfiguration", { domainConfigurationName });
        }
    });

    it("takes a certificate with a key that IoT does not serve into ACM, and not into a domain configuration", async () => {
        const arn = await importCertificate(await (await privateAuthority("EC_secp384r1"))());
        assert.equal((await describeCertificate(arn)).KeyAlgorithm, "EC-secp384r1");
        assert.match(
            await sandbox.refusal("iot:CreateDomainConfiguration", createDomain(arn)),
            /^CertificateValidationException: .*EC_secp384r1/,
        );
    });

    it("trusts the sandbox's public CA in every region of every account, and names its roots", async () => {
        const [first, second] = [await publicFiles(), await publicFiles({ keyAlgorithm: "RSA_2048" })];
        const roots = await sandbox.cloud.publicRoots();
        assert.equal(roots.length, 2);
        for (const { Certificate, CertificateChain = "" } of [first, second]) {
            const issuer = new X509Certificate(CertificateChain);
            assert.ok(new X509Certificate(Certificate).verify(issuer.publicKey));
            assert.ok(roots.some((root) => issuer.verify(new X509Certificate(root).publicKey)));
        }
    });
});
