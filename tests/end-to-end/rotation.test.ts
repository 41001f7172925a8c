import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { CertificateFolder, PrivateAuthority } from "./certificateFiles";
import { settings, TestStack, type ResourceStep } from "./stack";

const domainName = "iot.example.com";
const region = "us-east-1";
const hour = 60 * 60 * 1000;

const stackSettings = (certificate: Record<string, unknown>, domain: Record<string, unknown> = {}) =>
    settings({ domains: { telemetry: { domainName, certificate, ...domain } } });

async function served(stack: TestStack): Promise<string> {
    const found = await stack.sandbox.cloud().servedCertificate(domainName, { region });
    assert.ok(found, "nothing is served");
    return new X509Certificate(found.certificate).fingerprint256;
}

const fingerprint = (pem: string) => new X509Certificate(pem).fingerprint256;

const changed = (steps: readonly ResourceStep[]) =>
    steps.filter(({ op }) => op !== "same" && op !== "read").map(({ op, type }) => `${op} ${type}`);

async function certificateArn(stack: TestStack): Promise<string> {
    return (await stack.outputs()).domains.telemetry.regions[region].certificateArn;
}

describe("rotation", function () {
    this.timeout(300_000);
    const authority = new PrivateAuthority();
    const folder = new CertificateFolder();
    const stack = new TestStack();
    let certificate: Record<string, unknown>;
    let arn: string;

    before(async () => {
        certificate = { source: "private", ...folder.write(await authority.issue([domainName])) };
        stack.configure(stackSettings(certificate));
        await stack.up();
        arn = await certificateArn(stack);
    });
    after(() => {
        stack.remove();
        folder.remove();
    });

    describe("to a certificate of the same identity", () => {
        it("changes the certificate in place, and nothing else", async () => {
            const next = await authority.issue([domainName]);
            folder.write(next);
            const { steps, completed } = await stack.preview();
            assert.equal(completed.exitCode, 0, completed.stdout);
            assert.deepEqual(changed(steps), ["update aws:acm/certificate:Certificate"]);
            assert.doesNotMatch(completed.stdout + completed.stderr, /PRIVATE KEY/);

            const before = await served(stack);
            await stack.up();
            assert.equal(await certificateArn(stack), arn);
            assert.equal(await served(stack), before, "AWS takes up to an hour");
            stack.sandbox.cloud().advanceClock(hour + 1000);
            assert.equal(await served(stack), fingerprint(next.certificate));
        });

        it("needs the key for an import alone, which then leaves the state", async () => {
            const keyless = { ...certificate };
            delete keyless["privateKey"];
            const keys = async () =>
                (
                    JSON.parse((await stack.succeed("stack", "export", "--show-secrets")).stdout) as any
                ).deployment.resources
                    .map(({ inputs }: any) => inputs?.privateKeyWo?.plaintext)
                    .filter((text: unknown) => text !== undefined)
                    .join();
            assert.match(await keys(), /PRIVATE KEY/, "what a write-only input was given last, the state keeps");

            stack.configure(stackSettings(keyless));
            assert.deepEqual(changed((await stack.preview()).steps), []);
            await stack.up();
            assert.doesNotMatch(await keys(), /PRIVATE KEY/);

            folder.write(await authority.issue([domainName]));
            const { completed } = await stack.preview();
            assert.notEqual(completed.exitCode, 0);
            assert.match(
                completed.stdout + completed.stderr,
                /domains\.telemetry\.certificate\.privateKey: expected the certificate's private key, got nothing/,
            );
            stack.configure(stackSettings(certificate));
            await stack.up();
            assert.equal(await certificateArn(stack), arn);
        });
    });

    describe("to a certificate of another identity", () => {
        const others: ReadonlyArray<readonly [string, () => ReturnType<PrivateAuthority["issue"]>, RegExp]> = [
            ["more names", () => authority.issue([domainName, `*.${domainName}`]), /the names/],
            ["another common name", () => authority.issue([`*.${domainName}`, domainName]), /the common name/],
            [
                "another type of key",
                () => new PrivateAuthority("EC_prime256v1").issue([domainName]),
                /a key of type RSA_2048/,
            ],
        ];
        for (const [what, issue, expected] of others) {
            it(`is refused in the preview with ${what}, and says the way out`, async () => {
                folder.write(await issue());
                const trail = stack.sandbox.cloud().trail().length;
                const { completed } = await stack.preview();
                const output = completed.stdout + completed.stderr;
                assert.notEqual(completed.exitCode, 0);
                assert.match(output, expected);
                assert.match(output, /docs\/rotation\.md/);
                const calls = stack.sandbox.cloud().trail().slice(trail);
                assert.deepEqual(
                    calls.filter(({ operation }) => operation === "ImportCertificate"),
                    [],
                );
            });
        }
    });
});

describe("the replacement of a production domain", function () {
    this.timeout(300_000);
    const stack = new TestStack();
    const production = (domain: Record<string, unknown>) =>
        settings({ environment: "production", domains: { telemetry: { domainName, ...domain } } });
    const wider = { certificate: { source: "acm", subjectAlternativeNames: [`*.${domainName}`] } };
    after(() => stack.remove());

    before(async () => {
        stack.configure(production({}));
        await stack.up();
    });

    /** What a preview says that is refused, and why. */
    async function refusal(): Promise<string> {
        const { completed } = await stack.preview();
        assert.notEqual(completed.exitCode, 0);
        return completed.stdout + completed.stderr;
    }

    const outage =
        /This replaces what serves [^]*Each region turns devices away until AWS IoT Core serves its new domain configuration, which takes up to 60 minutes/;
    const configured: ReadonlyArray<readonly [string, Record<string, unknown>, RegExp]> = [
        [
            "another certificate",
            wider,
            /serverCertificateArns: "requested for iot\.example\.com RSA_2048" becomes "requested for \*\.iot\.example\.com and iot\.example\.com RSA_2048"/,
        ],
        ["another name", { domainConfigurationName: "other" }, /name: "test-telemetry" becomes "other"/],
        [
            "another domain name",
            { domainName: "other.example.com" },
            /domainName: "iot\.example\.com" becomes "other\.example\.com"/,
        ],
    ];
    for (const [what, change, reason] of configured) {
        it(`is refused in the preview for ${what}, with the outage that it would be`, async () => {
            stack.configure(production(change));
            const said = await refusal();
            assert.match(said, reason);
            assert.match(said, outage);
            assert.match(said, /allowReplacement[^]*docs\/rotation\.md/);
        });
    }

    // No configuration of this program leads to these, so it is the state that says otherwise.
    const elsewhere: ReadonlyArray<readonly [string, string, RegExp]> = [
        ["serviceType", "JOBS", /serviceType: "JOBS" becomes "DATA"/],
        [
            "validationCertificateArn",
            "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
            /validationCertificateArn: "arn:[^ ]+" becomes none/,
        ],
    ];
    for (const [property, value, reason] of elsewhere) {
        it(`is refused in the preview for another ${property}`, async () => {
            stack.configure(production({}));
            const before = await stack.exported();
            const state = JSON.parse(before) as any;
            for (const resource of state.deployment.resources) {
                if (resource.type === "iot-domains:index:ServerCertificates") {
                    resource.inputs.identity[property] = value;
                } else if (resource.type === "aws:iot/domainConfiguration:DomainConfiguration") {
                    Object.assign(resource.inputs, { [property]: value });
                    Object.assign(resource.outputs, { [property]: value });
                }
            }
            const write = async (input: string) =>
                assert.equal((await stack.pulumi(["stack", "import"], { input })).exitCode, 0);
            await write(JSON.stringify(state));
            const said = await refusal();
            assert.match(said, reason);
            assert.match(said, outage);
            await write(before);
        });
    }

    it("goes through where the domain says so, and tells of the outage", async () => {
        // What is protected in the state counts as well: the protection goes first, and alone.
        stack.configure(production({ allowReplacement: true }));
        assert.deepEqual(changed((await stack.preview()).steps), []);
        await stack.up();
        stack.configure(production({ ...wider, allowReplacement: true }));
        const { completed, steps } = await stack.preview();
        const output = completed.stdout + completed.stderr;
        assert.equal(completed.exitCode, 0, output);
        assert.match(output, outage);
        const operations = changed(steps);
        assert.ok(
            operations.includes("replace aws:iot/domainConfiguration:DomainConfiguration"),
            operations.join("\n"),
        );
        const up = await stack.up();
        assert.match(up.stdout + up.stderr, outage);
        assert.equal(stack.inventory().filter((each) => each.endsWith("iot/domainConfiguration")).length, 1);
        const found = await stack.sandbox.cloud().servedCertificate(domainName, { region });
        assert.match(new X509Certificate(found?.certificate ?? "").subjectAltName ?? "", /\*\.iot\.example\.com/);
    });
});

describe("the replacement of a development domain", function () {
    this.timeout(300_000);
    const stack = new TestStack();
    after(() => stack.remove());

    it("goes through, and tells of the outage in the preview and in the deployment", async () => {
        await stack.up();
        const quiet = await stack.preview();
        assert.doesNotMatch(quiet.completed.stdout + quiet.completed.stderr, /turns devices away/);

        stack.configure(settings({ domains: { telemetry: { domainName: "other.example.com" } } }));
        const { completed } = await stack.preview();
        assert.equal(completed.exitCode, 0, completed.stdout + completed.stderr);
        const { stdout, stderr } = await stack.up();
        for (const said of [completed.stdout + completed.stderr, stdout + stderr]) {
            assert.match(said, /This replaces what serves iot\.example\.com/);
            assert.match(said, /domainName: "iot\.example\.com" becomes "other\.example\.com"/);
            assert.match(said, /turns devices away until AWS IoT Core serves its new domain configuration/);
        }
    });
});

describe("a certificate of another source", function () {
    this.timeout(300_000);
    const folder = new CertificateFolder();
    const stack = new TestStack();
    after(() => {
        stack.remove();
        folder.remove();
    });

    it("is not imported under the ARN of one that ACM issued: the preview refuses that, and says the way out", async () => {
        await stack.up();
        const imported = { source: "private", ...folder.write(await new PrivateAuthority().issue([domainName])) };
        stack.configure(stackSettings(imported));
        const { completed } = await stack.preview();
        assert.notEqual(completed.exitCode, 0);
        assert.match(
            completed.stdout + completed.stderr,
            /domains\.telemetry\.certificate\.source: expected a certificate that ACM issues, [^]*allowReplacement/,
        );
        const arn = await certificateArn(stack);
        stack.configure(stackSettings(imported, { allowReplacement: true }));
        await stack.up();
        assert.notEqual(await certificateArn(stack), arn);
    });

    for (const keyAlgorithm of ["RSA_2048", "EC_prime256v1"]) {
        it(`goes through where the stack makes it, with a key of ${keyAlgorithm}, and tells of the outage`, async () => {
            const arn = await certificateArn(stack);
            stack.configure(stackSettings({ source: "development", keyAlgorithm }));
            const { completed } = await stack.preview();
            assert.match(
                completed.stdout + completed.stderr,
                new RegExp(`serverCertificateArns: .* becomes "made by the stack, ${keyAlgorithm}"`),
            );
            await stack.up();
            assert.notEqual(await certificateArn(stack), arn);
        });
    }

    it("is renewed where the stack makes it, with a CA that outlives it", async () => {
        const before = await served(stack);
        const cloud = stack.sandbox.cloud();
        for (const days of [90, 90]) {
            cloud.advanceClock(days * 24 * hour + hour);
            // Without the pack, whose clock is the machine's: to it, the certificate is of the future.
            await stack.succeed("up", "--yes");
            cloud.advanceClock(hour + 1000);
            const found = await cloud.servedCertificate(domainName, { region });
            const [leaf, authority] = [found?.certificate, found?.chain].map((pem) => new X509Certificate(pem ?? ""));
            assert.ok(leaf !== undefined && authority !== undefined);
            assert.notEqual(leaf.fingerprint256, before);
            assert.ok(Date.parse(authority.validTo) > Date.parse(leaf.validTo), authority.validTo);
        }
    });
});

describe("rotation to a certificate of another identity, region by region", function () {
    this.timeout(300_000);
    const authority = new PrivateAuthority();
    const folder = new CertificateFolder();
    const stack = new TestStack();
    const [first, second] = ["us-east-1", "eu-central-1"] as const;
    let certificate: Record<string, unknown>;
    after(() => {
        stack.remove();
        folder.remove();
    });

    /** What a device is shown in a region. */
    const namesIn = async (place: string) => {
        const found = await stack.sandbox.cloud().servedCertificate(domainName, { region: place });
        return found && new X509Certificate(found.certificate).subjectAltName;
    };
    /** The regions that DNS sends devices to. */
    const answering = async () => {
        const cloud = stack.sandbox.cloud();
        const call = (operation: string, parameters: Record<string, unknown>) =>
            cloud.call({ service: "route53", operation, region: first, parameters });
        const { HostedZones } = await call("ListHostedZonesByName", { DNSName: "example.com" });
        const { ResourceRecordSets } = await call("ListResourceRecordSets", { HostedZoneId: HostedZones[0].Id });
        return (ResourceRecordSets as any[])
            .filter(({ Name }) => Name === `_latency.${domainName}.`)
            .map(({ Region }) => Region)
            .sort();
    };
    const configure = (drained: readonly string[], domain: Record<string, unknown> = { allowReplacement: true }) =>
        stack.configure(
            settings({
                environment: "production",
                regions: Object.fromEntries([first, second].map((each) => [each, { drained: drained.includes(each) }])),
                domains: { telemetry: { domainName, certificate, routing: { policy: "latency" }, ...domain } },
            }),
        );

    /** The arguments of the deployment that docs/rotation.md tells for this. */
    function documented(what: string): string[] {
        const text = readFileSync(path.join(__dirname, "..", "..", "docs", "rotation.md"), "utf8");
        const command = text.split("\n").find((line) => line.startsWith("pulumi up ") && line.includes(what));
        assert.ok(command, `no deployment of ${what} in docs/rotation.md`);
        return command.replaceAll("'", "").split(" ").slice(2);
    }

    /** From the smaller to the wider certificate as docs/rotation.md says, with its deployment of what is named. */
    async function rotate(widen: () => void | Promise<void>, deployed: string, wider: string): Promise<void> {
        const shown = async () => [await namesIn(second), await namesIn(first)];
        configure([], {});
        await stack.up();
        assert.deepEqual(await answering(), [second, first]);

        configure([second]);
        await stack.up();
        assert.deepEqual(await answering(), [first]);

        await widen();
        configure([second]);
        await stack.up(...documented(deployed));
        assert.deepEqual(await shown(), [wider, `DNS:${domainName}`]);

        configure([first]);
        await stack.up(...documented("telemetry-records"));
        assert.deepEqual(await answering(), [second]);
        assert.deepEqual(await shown(), [wider, `DNS:${domainName}`]);

        await stack.up();
        assert.deepEqual(await shown(), [wider, wider]);

        configure([], {});
        await stack.up();
        assert.deepEqual(await answering(), [second, first]);
        assert.deepEqual(Object.keys((await stack.preview()).changes), ["same"]);
    }

    it("replaces the domain configuration of a region that nobody is sent to, one after the other", async () => {
        certificate = { source: "private", ...folder.write(await authority.issue([domainName])) };
        const widen = async () => {
            folder.write(await authority.issue([domainName, `*.${domainName}`]));
        };
        await rotate(widen, "telemetry-certificate", `DNS:${domainName}, DNS:*.${domainName}`);
        assert.equal(stack.inventory().filter((each) => each.endsWith("acm/certificate")).length, 4);
        await stack.succeed("state", "unprotect", "--all", "--yes");
        await stack.succeed("destroy", "--yes");
    });

    it("does so with certificates of ACM's, beginning with the region that the alphabet puts first", async () => {
        certificate = { source: "acm" };
        const widen = () => {
            certificate = { source: "acm", subjectAlternativeNames: [`devices.${domainName}`] };
        };
        await rotate(widen, "validation-", `DNS:${domainName}, DNS:devices.${domainName}`);
    });
});
