import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { CertificateFolder, PrivateAuthority, selfSigned, type Bundle } from "./certificateFiles";
import { settings, TestStack } from "./stack";

const domainName = "iot.example.com";
const region = "us-east-1";

const stackSettings = (certificate: Record<string, unknown>, overrides: Record<string, unknown> = {}) =>
    settings({ domains: { telemetry: { domainName, certificate } }, ...overrides });

/** What a device is shown; the private key has to belong to it, or no device could connect. */
async function served(stack: TestStack): Promise<X509Certificate> {
    const found = await stack.sandbox.cloud().servedCertificate(domainName, { region });
    assert.ok(found, "nothing is served");
    return new X509Certificate(found.certificate);
}

const certificatesOf = (stack: TestStack) => stack.inventory().filter((what) => what.endsWith("acm/certificate"));

/** ARNs of the certificates of whose end both an alarm and a rule tell. */
async function watchedCertificates(stack: TestStack): Promise<Set<string>> {
    const { MetricAlarms } = await call(stack, "cloudwatch", "DescribeAlarms", {});
    const { Rules } = await call(stack, "events", "ListRules", {});
    const alarmed = MetricAlarms.map(({ Dimensions }: any) => Dimensions[0].Value as string);
    const told = new Set(Rules.flatMap(({ EventPattern }: any) => JSON.parse(EventPattern).resources));
    return new Set(alarmed.filter((arn: string) => told.has(arn)));
}

/** What brings a certificate to a stack: the settings, once everything that they refer to is there. */
interface Source {
    readonly what: string;
    readonly prepare: (stack: TestStack, folder: CertificateFolder) => Promise<Record<string, unknown>>;
    /** How many certificates ACM holds: a second one where the stack makes the validation certificate. */
    readonly certificates: number;
}

const ordered = (stack: TestStack): Promise<Bundle> =>
    stack.sandbox.cloud().publicCertificate({ names: [domainName, `*.${domainName}`] });

async function validationCertificate(stack: TestStack): Promise<string> {
    const cloud = stack.sandbox.cloud();
    const call = (service: string, operation: string, parameters: Record<string, unknown>) =>
        cloud.call({ service, operation, region, parameters });
    await stack.sandbox.prepareStack(stack.name);
    const { CertificateArn } = await call("acm", "RequestCertificate", {
        DomainName: domainName,
        ValidationMethod: "DNS",
    });
    const { Certificate } = await call("acm", "DescribeCertificate", { CertificateArn });
    const { Name, Type, Value } = Certificate.DomainValidationOptions[0].ResourceRecord;
    const { HostedZones } = await call("route53", "ListHostedZonesByName", { DNSName: "example.com" });
    await call("route53", "ChangeResourceRecordSets", {
        HostedZoneId: HostedZones[0].Id,
        ChangeBatch: {
            Changes: [
                {
                    Action: "CREATE",
                    ResourceRecordSet: { Name, Type, TTL: 60, ResourceRecords: [{ Value }] },
                },
            ],
        },
    });
    return CertificateArn as string;
}

const sources: readonly Source[] = [
    {
        what: "a certificate of a public CA with its chain in one file, as Windows saves it",
        certificates: 1,
        prepare: async (stack, folder) => {
            const { certificate, chain, privateKey } = await ordered(stack);
            const file = `\ufeff${certificate}\n${chain}`.replaceAll("\n", "\r\n");
            return { source: "imported", ...folder.write({ certificate: file, privateKey }) };
        },
    },
    {
        what: "a certificate of a private CA, with a validation certificate of the stack's",
        certificates: 2,
        prepare: async (_, folder) => ({
            source: "private",
            ...folder.write(await new PrivateAuthority().issue([domainName])),
        }),
    },
    {
        what: "a certificate of a private CA, with a validation certificate that is there",
        certificates: 2,
        prepare: async (stack, folder) => ({
            source: "private",
            ...folder.write(await new PrivateAuthority().issue([domainName])),
            validationCertificateArns: { [region]: await validationCertificate(stack) },
        }),
    },
    {
        what: "a self-signed certificate",
        certificates: 2,
        prepare: async (_, folder) => ({ source: "private", ...folder.write(await selfSigned(domainName)) }),
    },
    {
        what: "a development certificate with an RSA key",
        certificates: 2,
        prepare: async () => ({ source: "development", subjectAlternativeNames: [`*.${domainName}`] }),
    },
    {
        what: "a development certificate with a key on P-256",
        certificates: 2,
        prepare: async () => ({ source: "development", keyAlgorithm: "EC_prime256v1" }),
    },
];

describe("a stack with", function () {
    this.timeout(300_000);

    for (const { what, prepare, certificates } of sources) {
        it(`${what} comes up, changes, and goes down`, async () => {
            const stack = new TestStack();
            const folder = new CertificateFolder();
            try {
                const before = new Set(stack.inventory());
                const certificate = await prepare(stack, folder);
                stack.configure(stackSettings(certificate));
                await stack.up();
                assert.equal((await served(stack)).checkHost(domainName), domainName);
                assert.equal(certificatesOf(stack).length, certificates);
                const given = "validationCertificateArns" in certificate;
                // What the stack did not make is for others to watch.
                assert.equal((await watchedCertificates(stack)).size, given ? certificates - 1 : certificates);

                stack.configure(stackSettings(certificate, { tags: { team: "fleet" } }));
                const { changes } = await stack.look("preview");
                assert.equal(changes.replace ?? 0, 0);
                assert.equal(changes.delete ?? 0, 0);
                assert.ok((changes.update ?? 0) >= 3, JSON.stringify(changes));
                await stack.up();
                assert.deepEqual(Object.keys((await stack.look("preview")).changes), ["same"]);
                assert.doesNotMatch(await stack.exported(), /PRIVATE KEY/);

                await stack.succeed("destroy", "--yes");
                // What the test itself brought into the account is not the stack's to remove.
                const left = stack.inventory().filter((each) => !before.has(each));
                const others = ["aws-global route53/resourceRecordSet", `${region} acm/certificate`];
                assert.deepEqual(left, given ? others : []);
            } finally {
                stack.remove();
                folder.remove();
            }
        });
    }
});

const call = (stack: TestStack, service: string, operation: string, parameters: Record<string, unknown>) =>
    stack.sandbox.cloud().call({ service, operation, region, parameters });

describe("keys that come as secrets", function () {
    this.timeout(300_000);
    const keysOf = async (stack: TestStack): Promise<string[]> => {
        const { deployment } = JSON.parse((await stack.succeed("stack", "export", "--show-secrets")).stdout);
        return deployment.resources.flatMap(({ inputs, outputs }: any) => [
            inputs?.privateKeyWo,
            outputs?.privateKeyWo,
        ]);
    };

    it("come from the stack's encrypted configuration", async () => {
        const stack = new TestStack();
        try {
            const bundle = await ordered(stack);
            const texts = { certificate: bundle.certificate, chain: bundle.chain ?? "", privateKey: bundle.privateKey };
            const references = Object.keys(texts).map((name) => [name, { from: "secret", name }]);
            stack.configure(
                stackSettings(
                    { source: "imported", ...Object.fromEntries(references) },
                    { secrets: Object.fromEntries(Object.keys(texts).map((name) => [name, { secure: "elsewhere" }])) },
                ),
            );
            await stack.succeed("stack", "init", stack.name);
            for (const [name, input] of Object.entries(texts)) {
                const args = ["config", "set", "--secret", "--path", `iot-domains:secrets.${name}`];
                const completed = await stack.pulumi(args, { input });
                assert.equal(completed.exitCode, 0, completed.stderr);
            }
            const { completed } = await stack.look("preview");
            assert.equal(completed.exitCode, 0, completed.stdout + completed.stderr);
            assert.doesNotMatch(completed.stdout + completed.stderr, /PRIVATE KEY/);
            await stack.up();
            assert.equal((await served(stack)).fingerprint256, new X509Certificate(bundle.certificate).fingerprint256);
            assert.doesNotMatch(await stack.exported(), /PRIVATE KEY/);
            assert.equal((await keysOf(stack)).filter((key: any) => key?.plaintext?.includes("PRIVATE KEY")).length, 1);
        } finally {
            stack.remove();
        }
    });

    it("come from AWS Secrets Manager, whose certificates are judged when the stack runs", async () => {
        const stack = new TestStack();
        try {
            const { certificate, chain = "", privateKey } = await ordered(stack);
            for (const [Name, SecretString] of Object.entries({ certificate, chain, privateKey })) {
                await call(stack, "secretsmanager", "CreateSecret", { Name, SecretString });
            }
            const from = (secretId: string) => ({ from: "secretsManager", secretId });
            const source = {
                source: "imported",
                certificate: from("certificate"),
                chain: from("chain"),
                privateKey: from("privateKey"),
            };
            stack.configure(stackSettings(source));
            await stack.up();
            assert.equal((await served(stack)).fingerprint256, new X509Certificate(certificate).fingerprint256);
            assert.doesNotMatch(await stack.exported(), /PRIVATE KEY/);

            const other = await stack.sandbox.cloud().publicCertificate({ names: ["other.example.com"] });
            await call(stack, "secretsmanager", "PutSecretValue", {
                SecretId: "certificate",
                SecretString: other.certificate,
            });
            const { completed } = await stack.preview();
            const output = completed.stdout + completed.stderr;
            assert.notEqual(completed.exitCode, 0);
            assert.match(output, /The certificate of iot\.example\.com in us-east-1 has faults/);
            assert.match(output, /certificate\.privateKey/);
            assert.doesNotMatch(output, /BEGIN/);
        } finally {
            stack.remove();
        }
    });

    it("are refused where the configuration holds them for everybody to read", async () => {
        const stack = new TestStack();
        const folder = new CertificateFolder();
        try {
            const bundle = await new PrivateAuthority().issue([domainName]);
            const certificate = {
                source: "private",
                ...folder.write(bundle),
                privateKey: { from: "secret", name: "key" },
            };
            stack.configure(stackSettings(certificate, { secrets: { key: bundle.privateKey } }));
            const { completed } = await stack.preview();
            assert.notEqual(completed.exitCode, 0);
            assert.match(
                completed.stdout + completed.stderr,
                /secrets\.key: expected a secret, got a private key in plain text/,
            );
        } finally {
            stack.remove();
            folder.remove();
        }
    });
});
