import assert from "node:assert/strict";
import { ServerCertificates } from "../../components";
import { parseConfiguration } from "../../config/parse";
import { CertificateFolder, PrivateAuthority, selfSigned } from "../end-to-end/certificateFiles";
import { Recorder, type Recorded } from "../unit/provisioning/recorder";

const regions = ["us-east-1", "eu-central-1"];
const authority = (region: string) =>
    `arn:aws:acm-pca:${region}:123456789012:certificate-authority/11111111-2222-3333-4444-555555555555`;
const validation = (region: string) =>
    `arn:aws:acm:${region}:123456789012:certificate/11111111-2222-3333-4444-555555555555`;
const byRegion = (arn: (region: string) => string) =>
    Object.fromEntries(regions.map((region) => [region, arn(region)]));

async function registered(certificate: Record<string, unknown>): Promise<readonly Recorded[]> {
    const { domains } = parseConfiguration(
        {
            environment: "development",
            hostedZone: "example.com",
            regions: Object.fromEntries(regions.map((region) => [region, {}])),
            domains: { telemetry: { domainName: "iot.example.com", certificate, routing: { policy: "latency" } } },
        },
        { isSecret: () => false, material: { secrets: {}, directory: "/nowhere" }, stack: "test", at: new Date() },
    );
    const domain = domains["telemetry"];
    assert.ok(domain);
    const recorder = new Recorder();
    new ServerCertificates(
        "telemetry-certificate",
        {
            path: "domains.telemetry.certificate",
            domain,
            domainConfigurationName: "test-telemetry",
            regions,
            protect: true,
            tags: { team: "fleet" },
        },
        recorder.options,
    );
    return (await recorder.all()).filter(({ type }) => type === "aws:acm/certificate:Certificate");
}

describe("what a source of certificates asks ACM for", () => {
    it("AWS Private CA: a certificate of each region's authority, without validation, and one that validates", async () => {
        const certificates = await registered({
            source: "awsPrivateCa",
            keyAlgorithm: "EC_prime256v1",
            certificateAuthorityArns: byRegion(authority),
        });
        assert.deepEqual(
            certificates.map(({ name }) => name),
            regions.flatMap((region) => [
                `telemetry-certificate-${region}`,
                `telemetry-certificate-${region}-validation-certificate`,
            ]),
        );
        for (const [index, region] of regions.entries()) {
            assert.deepEqual(certificates[2 * index]?.inputs, {
                region,
                domainName: "iot.example.com",
                subjectAlternativeNames: ["iot.example.com"],
                keyAlgorithm: "EC_prime256v1",
                certificateAuthorityArn: authority(region),
                tags: { team: "fleet" },
            });
            assert.equal(certificates[2 * index + 1]?.inputs["validationMethod"], "DNS");
        }
    });

    it("AWS Private CA with validation certificates that are there: nothing else", async () => {
        const certificates = await registered({
            source: "awsPrivateCa",
            certificateAuthorityArns: byRegion(authority),
            validationCertificateArns: byRegion(validation),
        });
        assert.deepEqual(
            certificates.map(({ inputs }) => inputs["certificateAuthorityArn"]),
            regions.map(authority),
        );
    });

    describe("imported: the parts one by one and with nothing around them,", () => {
        const folder = new CertificateFolder();
        after(() => folder.remove());

        const edited = (text: string) => `\ufeffBag Attributes\r\n${text.trimEnd().replaceAll("\n", " \r\n")}`;
        it("whatever their files had in common and around them", async () => {
            const issued = await new PrivateAuthority().issue(["iot.example.com"]);
            const [certificate, chain, privateKey] = [issued.certificate, issued.chain ?? "", issued.privateKey].map(
                (text) => `${text.trimEnd()}\n`,
            ) as [string, string, string];
            const plain = { certificate, chain, privateKey };
            const given = { "one by one": plain, "in one file": { certificate: certificate + chain, privateKey } };
            for (const [how, parts] of Object.entries(given)) {
                const files = Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, edited(text)]));
                const [server] = await registered({
                    source: "private",
                    ...folder.write({ ...parts, ...files }),
                    validationCertificateArns: byRegion(validation),
                });
                const { certificateBody, certificateChain, privateKeyWo } = server?.inputs ?? {};
                assert.deepEqual(
                    { certificate: certificateBody, chain: certificateChain, privateKey: privateKeyWo },
                    plain,
                    how,
                );
            }
        });

        it("and no chain where there is none", async () => {
            const [server] = await registered({
                source: "private",
                ...folder.write(await selfSigned("iot.example.com")),
                validationCertificateArns: byRegion(validation),
            });
            assert.equal(typeof server?.inputs["certificateBody"], "string");
            assert.ok(!("certificateChain" in (server?.inputs ?? {})));
        });
    });

    it("development: the key write-only, and a tag that tells what it is", async () => {
        const [server] = await registered({ source: "development" });
        assert.equal(server?.inputs["privateKey"], undefined);
        assert.equal(server?.inputs["privateKeyWo"], "private key of telemetry-certificate-us-east-1-key");
        assert.equal(typeof server?.inputs["privateKeyWoVersion"], "number");
        assert.equal(server?.inputs["tags"]["iot-domains:development-certificate"], "true");
    });

    it("every certificate: protected where the domain is", async () => {
        const certificates = await registered({ source: "acm" });
        assert.deepEqual(
            certificates.map(({ options }) => options.protect),
            [true, true],
        );
    });
});
